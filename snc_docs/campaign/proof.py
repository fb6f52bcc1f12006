"""Nobody gets another's data: each file made is read back, and must hold its own client's name and reference, and no other row's.

What the baseline itself says (a third party may be a client too), and what stands within the row's own data, is nobody's secret there.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from snc_docs.campaign.columns import DIGITS
from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.patterns import regex

_TAG: Final = regex(r"<[^>]*>")
# What ends a word, beside a space; other elements may stand inside one.
_ENDS: Final = ("</w:p>", "<w:tab/>", "<w:br/>", "</p>", "</td>", "</th>", "</li>", "</h1>", "</h2>", "</h3>", "</h4>", "<br>")
# The parts of a Word file that say something: its text, page heads, properties and record.
_SPEAKING: Final = regex(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml|docProps/.*\.xml|customXml/item\d*\.xml")
_WORD: Final = regex(r"[^\W_]+")
_GROUPS: Final = regex(r"\b\d+(?: \d+)+\b")
_REMEDY: Final = Wording(
    "les fichiers ont été retirés ; relancer, et signaler ce cas : le programme a mêlé deux clients",
    "the files were removed; run again, and report this: the program mixed two clients",
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one client from the others, its name, number and reference (``marks``), and all that its data says (``own``), as texts are searched."""

    marks: tuple[str, ...]
    own: str = ""


def identity_of(marks: Iterable[str], own: str) -> Identity:
    """Return the identity that values make; marks of a few letters would be found in any text."""
    return Identity(tuple(dict.fromkeys(mark for each in marks if len(mark := _mark(each)) >= _LEAST)), plain(own))


_LEAST: Final = 4


def _mark(text: str) -> str:
    """Return a value as it is searched; a number of a register with its digits together, however it is written."""
    return re.sub(r"\s", "", text) if re.fullmatch(r"[\d\s]+", text) else " ".join(_WORD.findall(text.casefold()))


def plain(text: str) -> str:
    """Return a text as it is searched: its words alone, whatever typography does between them, then the numbers that its groups of digits make."""
    words = " ".join(_WORD.findall(text.casefold()))
    numbers = (number for groups in _GROUPS.findall(words) for number in _numbers(groups.split()))
    return f"{words} {' '.join(dict.fromkeys(numbers))}"


def _numbers(groups: list[str]) -> Iterator[str]:
    """Yield each number of a register's length that neighbouring groups of digits make."""
    for start in range(len(groups)):
        number = ""
        for group in groups[start : start + _MOST_GROUPS]:
            number += group
            if len(number) in _LENGTHS:
                yield number


_LENGTHS: Final = frozenset(DIGITS.values())
_MOST_GROUPS: Final = 6


@dataclass(frozen=True)
class Identities:
    """The identities of all rows, looked for at once: each by its rarest word."""

    marks: Mapping[str, frozenset[str]]
    _by_word: dict[str, list[str]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, identities: Mapping[str, Identity], known: str) -> Identities:
        """Return the identities of rows by their keys; ``known`` is the text of an agreement with no client at all."""
        marks: dict[str, set[str]] = defaultdict(set)
        for key, identity in identities.items():
            for mark in identity.marks:
                marks[mark].add(key)
        often = Counter(word for mark in marks for word in set(_WORD.findall(mark)))
        by_word: dict[str, list[str]] = defaultdict(list)
        for mark in marks:
            words = _WORD.findall(mark)
            if words and not _holds(known, mark):
                by_word[min(words, key=lambda word: (often[word], -len(word)))].append(mark)
        return cls({mark: frozenset(keys) for mark, keys in marks.items()}, dict(by_word))

    def strangers(self, text: str, key: str, own: Identity) -> Iterator[str]:
        """Yield each mark of another row that a text holds, where it stands alone and is no part of the row's own."""
        for word in self._by_word.keys() & set(text.split()):
            for mark in self._by_word[word]:
                if key not in self.marks[mark] and not _holds(own.own, mark) and _holds(text, mark):
                    yield mark


def _holds(text: str, mark: str) -> bool:
    """Return whether the words of a mark stand in a text, in their order."""
    return f" {mark} " in f" {text} "


def text_of(name: str, content: bytes) -> str:
    """Return all that a file says, its record included, as it is searched; what is no text of ours gives none."""
    suffix = PurePosixPath(name).suffix
    if suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(each).decode("utf-8", "replace") for each in archive.namelist() if _SPEAKING.fullmatch(each)]
        return plain(" ".join(_said(part) for part in parts))
    if suffix == ".html":
        return plain(_said(content.decode("utf-8", "replace")))
    if suffix == ".pdf":
        return plain(_printed(content))
    return plain(content.decode("utf-8", "replace"))


def _said(markup: str) -> str:
    for end in _ENDS:
        if end in markup:
            markup = markup.replace(end, f" {end}")
    return html.unescape(_TAG.sub("", markup))


def _printed(content: bytes) -> str:
    from snc_docs.writers.layout import page_texts

    return " ".join(page_texts(content))


def proved(key: str, own: Identity, others: Identities, files: Mapping[str, bytes], whole: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield an error for each file that lacks its own client, of those that are of the ``whole`` agreement, and for each that holds another's."""
    asked = set(whole)
    for name, content in files.items():
        text = text_of(name, content)
        lacking = [mark for mark in own.marks if not _holds(text, mark)] if name in asked else []
        if lacking:
            message = Wording(f"{name} : « {lacking[0]} » n'y est pas", f"{name}: '{lacking[0]}' isn't in it")
            yield Diagnostic.error("campaign.proof", message, _REMEDY, file=name)
        stranger = next(others.strangers(text, key, own), None)
        if stranger is not None:
            message = Wording(f"{name} : « {stranger} », d'une autre ligne, y est", f"{name}: '{stranger}', of another row, is in it")
            yield Diagnostic.error("campaign.proof", message, _REMEDY, file=name)
