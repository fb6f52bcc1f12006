"""Fixtures: the example agreements, LibreOffice and the Open XML SDK validator where they are."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from snc_docs import Agreement, load_agreement
from snc_docs.writers.office import office_program
from tests.tools import EXAMPLES, TODAY

# In "make check" the same examples each time, so that a run says of the change only; in "make fuzz" others, and many more.
settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("random", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh-golden", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session")
def outscale() -> Agreement:
    return load_agreement(EXAMPLES / "outscale" / "client.yaml", today=TODAY)


@pytest.fixture(scope="session")
def unknown_client() -> Agreement:
    return load_agreement(EXAMPLES / "outscale" / "client-unknown.yaml", today=TODAY)


def required(what: str) -> None:
    """Skip for lack of an outside tool, or fail where CI says that it must be there."""
    if os.environ.get("SNC_REQUIRE_OFFICE") == "1":
        pytest.fail(f"{what} is absent, and SNC_REQUIRE_OFFICE=1 says it must be here")
    pytest.skip(f"{what} is absent")


@pytest.fixture(scope="session")
def office() -> str:
    program = office_program()
    if program is None:
        required("LibreOffice")
    assert program is not None
    return program


@pytest.fixture(scope="session")
def chromium() -> str:
    program = shutil.which("chromium")
    if program is None:
        required("Chromium")
    assert program is not None
    return program


@pytest.fixture(scope="session")
def validator() -> Path:
    named = os.environ.get("SNC_OOXML_VALIDATOR", "")
    if not named or not Path(named).exists():
        required("the Open XML SDK validator (SNC_OOXML_VALIDATOR)")
    return Path(named)


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Return the folder of the packages from npm that tests run: ajv and axe-core."""
    named = Path(os.environ.get("SNC_NODE_MODULES", ""))
    if not (named / "ajv").is_dir() or shutil.which("node") is None:
        required("Node with ajv and axe-core (SNC_NODE_MODULES)")
    return named
