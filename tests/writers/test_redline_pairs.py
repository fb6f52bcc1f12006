"""Pairs of versions made by chance (``tests/redline_pairs.py``): both come back, in every office, and little more than what changed is marked.

``make redlines-full`` tries 300 pairs, and LibreOffice on all of them; here it is a sample of each kind.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from statistics import median

import pytest
from lxml import etree

from snc_docs import redline, write
from snc_docs.diff.limits import office_limits
from snc_docs.document.nodes import Redline
from snc_docs.writers.docx.verify import faults
from tests.redline_pairs import DATA, WORDING, Pair, pairs
from tests.tools import given_back, run_in_office, sdk_errors
from tests.tools import parts as files_of
from tests.writers.marked import least_characters, tracked_characters
from tests.writers.revisions import bookmarks, parts, said, version

_SEED = int(os.environ.get("SNC_REDLINES_SEED", "1"))
_IS_FULL = "SNC_REDLINES" in os.environ
_COUNT = int(os.environ.get("SNC_REDLINES", "70"))
_IN_OFFICE = slice(None, None, None if _IS_FULL else 10)
# How many files one run of the office is given.
_BATCH = 40
# Rows in another order are moves, whatever words they share; a bookmark has one name in both versions of a section that was renamed.
_ROWS_MOVED = ("contacts in another order", "row moved")
_RENAMED = "identifier changed"
# What LibreOffice gets wrong whatever is written is a finding of such a redline; in a row with a field it is the field alone.
_BEYOND_OFFICE = {"redline.section", "redline.contents", "redline.columns", "redline.table"}


@pytest.fixture(scope="module")
def made() -> list[tuple[Pair, Redline, bytes, bytes, bytes]]:
    """Return the pairs with their redline, its file and both plain files."""
    redlines = ((pair, redline(pair.old, pair.new, "Counsel", date(2026, 11, 26))) for pair in pairs(_SEED, _COUNT))
    return [(pair, merged, write(merged, "docx"), write(pair.old, "docx"), write(pair.new, "docx")) for pair, merged in redlines]


def test_both_versions_come_back_in_everything(made: list[tuple[Pair, Redline, bytes, bytes, bytes]]) -> None:
    assert [fault for pair, _, content, old, new in made for fault in _differences(pair, content, old, new)] == []


def _differences(pair: Pair, content: bytes, old: bytes, new: bytes) -> Iterator[str]:
    yield from (f"{pair.name}: {fault}" for fault in faults(content))
    for how, expected in (("accept", new), ("reject", old)):
        plain = parts(expected)
        known = bookmarks(plain)
        found, wanted = said(version(content, how), known), said(plain)
        if _RENAMED in pair.name:
            found, wanted = ([line.replace("-x", "").replace("_x", "") for line in each if "bookmark" not in line] for each in (found, wanted))
        if found != wanted:
            yield f"{pair.name}, {how}: {next(pair for pair in zip(found, wanted, strict=False) if pair[0] != pair[1])}"


def test_little_more_than_what_changed_is_marked(made: list[tuple[Pair, Redline, bytes, bytes, bytes]]) -> None:
    ratios = []
    for pair, _, content, old, new in made:
        tracked, least = tracked_characters(etree.fromstring(files_of(content)["word/document.xml"])), least_characters(old, new)
        assert least or not tracked, pair.name
        ratios += [tracked / least] if least and not any(name in pair.name for name in _ROWS_MOVED) else []
    ratios.sort()
    assert median(ratios) == 1.0
    assert ratios[int(0.95 * len(ratios))] <= 1.10
    assert ratios[-1] <= 1.5


def test_every_pair_is_valid_word(made: list[tuple[Pair, Redline, bytes, bytes, bytes]], validator: Path, tmp_path: Path) -> None:
    def errors(number: int) -> list[str]:
        pair, _, content, *_ = made[number]
        path = tmp_path / f"{number}.docx"
        path.write_bytes(content)
        found = sdk_errors(validator, path)
        return [f"{pair.name}: {each['description']}" for each in found]

    with ThreadPoolExecutor(2) as pool:
        assert [error for found in pool.map(errors, range(len(made))) for error in found] == []


def test_libreoffice_gives_back_both_versions_where_no_finding_says_otherwise(
    made: list[tuple[Pair, Redline, bytes, bytes, bytes]], office: str, tmp_path: Path
) -> None:
    chosen = [each for each in made if _BEYOND_OFFICE.isdisjoint(finding.rule for finding in office_limits(each[1]))][_IN_OFFICE]
    jobs: list[tuple[str, str]] = []
    for number, (_, _, content, old, new) in enumerate(chosen):
        for name, file, how in (("new", new, ""), ("redline", content, "accept"), ("old", old, ""), ("redline", content, "reject")):
            path = tmp_path / f"{number}-{name}.docx"
            path.write_bytes(file)
            jobs.append((str(path), how))
    batches = (jobs[start : start + _BATCH] for start in range(0, len(jobs), _BATCH))
    found = [each for batch in batches for each in run_in_office("office_revisions.py", office, tmp_path / "profile", batch)]
    wrong = [
        f"{pair.name}, {how}"
        for number, (pair, merged, *_) in enumerate(chosen)
        for place, how in ((4 * number, "accept"), (4 * number + 2, "reject"))
        if not given_back(found[place + 1], found[place], merged)
    ]
    assert wrong == []


def test_every_kind_of_edit_is_tried() -> None:
    alone = {pair.name.partition(": ")[2] for pair in pairs(_SEED, len(WORDING) + len(DATA))}
    assert alone == {*WORDING, *DATA}
