"""Our redlines against python-redlines (docxodus) and rdocx, fed the same pairs of Word files, in one run: ``make bench``.

- every named kind of edit of the tests: whether accepting and rejecting give back the text, and everything (formatting, links, fields,
  controls, headers), by the independent accept and reject that the tests have; how much is tracked; what untouched parts look like;
- two versions of about 20 and 110 pages: the same, with time and memory of a cold process.

Errors of the Open XML SDK are counted where ``SNC_OOXML_VALIDATOR`` names it. Nothing passes or fails by the clock.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from benchmarks.redline_once import ENGINES
from snc_docs import load_agreement, record_of, write
from snc_docs.document.nodes import Document
from snc_docs.model.agreement import Agreement
from tests.edits import KINDS
from tests.long import long_pair
from tests.tools import EXAMPLES, TODAY, W, paragraph_texts, parts
from tests.writers.marked import least_characters, tracked_characters
from tests.writers.revisions import bookmarks, said, version
from tests.writers.revisions import parts as text_parts

ROOT = Path(__file__).parent.parent
REVISIONS = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange")


@dataclass(slots=True)
class Tally:
    """What one engine did on all pairs."""

    text: int = 0
    everything: int = 0
    refused: int = 0
    invalid: int = 0
    tracked: int = 0
    revisions: int = 0
    kept: list[float] = field(default_factory=list)
    other_parts: int = 0
    wrong: list[str] = field(default_factory=list)


def measure(tally: Tally, name: str, engine: str, old: bytes, new: bytes) -> None:
    """Add what an engine makes of one pair."""
    try:
        made = ENGINES[engine](old, new)
    except Exception as error:  # noqa: BLE001  # an engine may refuse a pair in any way
        tally.refused += 1
        tally.wrong.append(f"{name} ({type(error).__name__})")
        return
    text, everything = comes_back(made, old, new)
    tally.text += text
    tally.everything += everything
    if not everything:
        tally.wrong.append(name)
    body = etree.fromstring(parts(made)["word/document.xml"])
    tally.tracked += tracked_characters(body)
    tally.revisions += sum(1 for each in REVISIONS for _ in body.iter(W + each))
    tally.kept.append(untouched(made, new))
    tally.other_parts += other_parts_kept(made, new)
    tally.invalid += errors(made)


def comes_back(made: bytes, old: bytes, new: bytes) -> tuple[bool, bool]:
    """Return whether both versions come back in their text, and in everything."""
    text = everything = True
    for how, expected in (("accept", new), ("reject", old)):
        try:
            found = version(made, how)
        except (AssertionError, KeyError, IndexError, AttributeError, etree.LxmlError):
            return False, False
        wanted = text_parts(expected)
        text = text and _texts(found["word/document.xml"]) == _texts(wanted["word/document.xml"])
        try:
            everything = everything and said(found, bookmarks(wanted)) == said(wanted)
        except (KeyError, AttributeError):
            everything = False
    return text, text and everything


def _texts(document: Any) -> list[str]:
    return [text for text in paragraph_texts(document) if text]


_PARAGRAPH = re.compile(rb"<w:p[ >].*?</w:p>|<w:p/>", re.DOTALL)


def untouched(made: bytes, new: bytes) -> float:
    """Return the share of the paragraphs without a revision that are the same bytes as in the new file."""
    there = Counter(_PARAGRAPH.findall(parts(new)["word/document.xml"]))
    plain = [each for each in _PARAGRAPH.findall(parts(made)["word/document.xml"]) if not re.search(rb"<w:(ins|del|move\w+|\w+Change)[ >]", each)]
    return sum((Counter(plain) & there).values()) / len(plain) if plain else 1.0


def other_parts_kept(made: bytes, new: bytes) -> bool:
    """Return whether all parts but the document, the headers, relationships and the record are the new file's bytes."""
    files, wanted = parts(made), parts(new)
    names = [name for name in wanted if not re.match(r"word/(document|header|footer)|customXml|.*\.rels|\[Content", name)]
    return all(files.get(name) == wanted[name] for name in names)


def errors(made: bytes) -> int:
    """Return how many errors the Open XML SDK finds, 0 where it isn't there."""
    validator = os.environ.get("SNC_OOXML_VALIDATOR")
    if not validator:
        return 0
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(made)
        file.flush()
        done = subprocess.run([validator, file.name], capture_output=True, check=False)
    return len(json.loads(done.stdout)["errors"])


def carrying(document: Document, agreement: Agreement) -> bytes:
    """Return the Word file of a document that carries its tree."""
    return write(document, "docx", record=record_of(agreement, document))


def cold(engine: str, old: Path, new: Path, out: Path) -> tuple[float, float]:
    """Return the seconds and the peak MiB of one redline in a process of its own, with what it starts."""
    command = [sys.executable, "-m", "benchmarks.redline_once", engine, str(old), str(new), str(out)]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        return float("inf"), 0.0
    return time.perf_counter() - start, float(done.stdout)


def singles(agreement: Agreement) -> None:
    """Print what each engine makes of every kind of edit."""
    pairs = {kind: tuple(carrying(document, agreement) for document in documents) for kind, documents in KINDS.items()}
    least = sum(least_characters(*pair) for pair in pairs.values())
    print(f"{len(pairs)} kinds of edit; at least {least} characters of whole words to track")
    for engine in ENGINES:
        tally = Tally()
        for kind, (old, new) in pairs.items():
            measure(tally, kind, engine, old, new)
        done = len(pairs) - tally.refused
        print(
            f"{engine:9} text {tally.text:2}, everything {tally.everything:2}, refused {tally.refused}; {tally.tracked / least:.2f} times the least tracked, "
            f"{tally.revisions} revisions; untouched paragraphs the same bytes {sum(tally.kept) / max(done, 1):.1%}, other parts in {tally.other_parts} of {done}; "
            f"{tally.invalid} errors\n          not right: {', '.join(tally.wrong) or 'none'}"
        )


def long_documents(agreement: Agreement) -> None:
    """Print what each engine makes of two long pairs, cold."""
    for copies, pages in ((1, 20), (6, 110)):
        old, new = (carrying(document, agreement) for document in long_pair(agreement, copies))
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder, name) for name in ("old.docx", "new.docx", "out.docx")]
            paths[0].write_bytes(old)
            paths[1].write_bytes(new)
            times: dict[str, list[tuple[float, float]]] = {engine: [] for engine in ENGINES}
            for _ in range(3):
                for engine in ENGINES:
                    times[engine].append(cold(engine, *paths))
            print(f"about {pages} pages, cold process; at least {least_characters(old, new)} characters to track")
            for engine, found in times.items():
                seconds, memory = min(found)
                tally = Tally()
                measure(tally, f"{pages} pages", engine, old, new)
                print(
                    f"{engine:9} {seconds:6.2f} s, {memory:4.0f} MiB; text {'right' if tally.text else 'wrong'}, everything {'right' if tally.everything else 'wrong'}; "
                    f"{tally.tracked} characters in {tally.revisions} revisions; untouched {sum(tally.kept):.1%}, {tally.invalid} errors"
                )


def main() -> None:
    """Run both comparisons."""
    singles(load_agreement(EXAMPLES / "outscale" / "client.yaml", today=TODAY))
    long_documents(load_agreement(EXAMPLES / "complete" / "client.yaml", today=TODAY))


if __name__ == "__main__":
    main()
