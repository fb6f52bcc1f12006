"""What is counted over a whole file, put in last: until then a token stands in its place.

So a clause is the same text whatever stands before it, and can be kept. No text holds a token, since its angles are escaped there. In the
order in which they are met, bookmarks, pictures, relationships, lists and the data of fields to fill in get the next number; content
controls are numbered from a million, as Word does.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import partial
from typing import Final, NamedTuple

from snc_docs.kept import Kept
from snc_docs.patterns import regex
from snc_docs.writers.docx.markup import escaped
from snc_docs.writers.docx.numbering import Numbering
from snc_docs.writers.docx.package import Relationships
from snc_docs.writers.docx.written import OLD

_TOKEN: Final = regex("<#(.)([^>]*)>")
_FIRST_CONTROL: Final = 1_000_000
_MOST_CHARACTERS: Final = 8_000_000

CONTROL: Final = "<#c>"
PICTURE: Final = "<#p>"
SAME_PICTURE: Final = "<#q>"  # the number of the picture before


def bookmark_token(name: str) -> str:
    """Return the token of a bookmark's number: the same for its start and its end."""
    return f"<#b{name}>"


def link_token(href: str) -> str:
    """Return the token of the relationship to an address."""
    return f"<#l{escaped(href)}>"


def image_token(resource: str) -> str:
    """Return the token of the relationship to a picture's part."""
    return f"<#i{escaped(resource)}>"


def list_token(key: str) -> str:
    """Return the token of a list of its own; ``key`` names it."""
    return f"<#n{key}>"


class FieldKey(NamedTuple):
    """What controls that are bound together share: the path of their datum, its language where it has one of its own, and whether it is a box."""

    path: str
    language: str = ""
    is_box: bool = False


def field_token(key: FieldKey) -> str:
    """Return the token of the place of a datum among those to fill in."""
    return f"<#f{int(key.is_box)} {key.language} {escaped(key.path)}>"


def prompt_token(prompt: str) -> str:
    """Return the token of the building block that holds a prompt."""
    return f"<#g{escaped(prompt)}>"


def section_token(number: int) -> str:
    """Return the token of the properties of page group ``number``, which stays until they are known."""
    return f"<#s{number}>"


def gone(text: str) -> str:
    """Return text with the tokens of what only the old version of a redline has."""
    return text.replace(CONTROL, f"<#c{OLD}>").replace(PICTURE, f"<#p{OLD}>")


@dataclass(slots=True)
class _Apart:
    """A text's own words, the tokens between them, and what it was last time: its numbers and the whole."""

    words: list[str]
    kinds: list[str]
    whats: list[str]
    latest: tuple[list[str], str]


def _taken_apart(text: str) -> _Apart:
    pieces = _TOKEN.split(text)
    return _Apart(pieces[::3], pieces[1::3], pieces[2::3], ([], text))


# Most texts are kept, and come again.
_apart: Final[Kept[_Apart]] = Kept(_MOST_CHARACTERS, len)


@dataclass(slots=True)
class Numbers:
    """Counts; what a redline's old version has alone comes behind all that was ``counted`` of the new one."""

    relationships: Relationships
    numbering: Numbering
    # What controls are bound to, each with its place from 1; the prompts that they show, by the names of their building blocks.
    fields: dict[FieldKey, int] = field(default_factory=dict)
    prompts: dict[str, str] = field(default_factory=dict)
    _bookmarks: dict[str, int] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _gone: dict[str, int] = field(default_factory=dict)
    _last_picture: int = 0

    def resolved(self, text: str) -> str:
        """Return text with its numbers: the same object as before for a text that is kept, where they are the same."""
        known = _apart.get(text, None, partial(_taken_apart, text))
        numbers = [*map(self._number, known.kinds, known.whats)]
        before, numbered = known.latest
        if numbers != before:
            numbered = "".join([known.words[0], *(part for pair in zip(numbers, known.words[1:], strict=True) for part in pair)])
            known.latest = numbers, numbered
        return numbered

    def count(self, text: str) -> None:
        """Count what a text has, so that it has the same numbers when it comes again, and what is gone has others."""
        self.resolved(text)
        self._gone, self._counts = self._counts, {}

    def _number(self, kind: str, what: str) -> str:
        match kind:
            case "s":
                return f"<#s{what}>"
            case "b":
                return str(self._bookmarks.setdefault(what, len(self._bookmarks) + 1))
            case "l":
                return self.relationships.id_for("hyperlink", _unescaped(what), external=True)
            case "i":
                return self.relationships.id_for("image", f"media/{_unescaped(what)}")
            case "n":
                return str(self.numbering.list_id(what))
            case "f":
                return str(self.fields.setdefault(_field_key(what), len(self.fields) + 1))
            case "g":
                name = hashlib.sha256(what.encode("utf-8", "surrogatepass")).hexdigest()[:32].upper()
                self.prompts[name] = _unescaped(what)
                return name
            case "c":
                return str(_FIRST_CONTROL + self._next(kind, what))
            case "p":
                self._last_picture = self._next(kind, what)
            case _:
                pass  # the same picture
        return str(self._last_picture)

    def _next(self, kind: str, state: str) -> int:
        counts = self._gone if state == OLD else self._counts
        counts[kind] = counts.get(kind, 0) + 1
        return counts[kind]


def _field_key(what: str) -> FieldKey:
    is_box, language, path = what.split(" ", 2)
    return FieldKey(_unescaped(path), language, is_box == "1")


def _unescaped(text: str) -> str:
    return text.replace("&#13;", "\r").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def unnumbered(text: str) -> str:
    """Return text without numbers, in which two things are the same that are so but for them; where links lead is kept."""
    return _TOKEN.sub(lambda match: match[2] if match[1] in "lin" else "0", text)
