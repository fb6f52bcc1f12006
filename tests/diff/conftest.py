"""Versions that the tests of comparisons share."""

from __future__ import annotations

import pytest

from snc_docs import Version, load_agreement, version_of
from tests.tools import EXAMPLES, LANGUAGES, TODAY


@pytest.fixture(scope="module")
def versions() -> dict[str, Version]:
    names = ("outscale/client", "outscale/client-unknown", "complete/client", "choices/first")
    return {name: version_of(load_agreement(EXAMPLES / f"{name}.yaml", today=TODAY), LANGUAGES) for name in names}
