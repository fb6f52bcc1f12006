"""Texts of the data: what isn't one is refused, and what stands inside a sentence is one line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from pydantic_core import PydanticCustomError

from snc_docs.characters import NOT_IN_XML, VISIBLE, composed
from snc_docs.errors import Wording


def checked_text(value: object) -> object:
    """Refuse numbers where text is meant (YAML reads an unquoted 06000 as 6000), text with nothing in it, and what XML can't hold.

    Text comes in Unicode's normal form C, so that two ways to type an accent are the same words.
    """
    if isinstance(value, (bool, int, float, Decimal, date)):
        context = {"value": getattr(value, "written", str(value)), **_read_as(value)}
        raise PydanticCustomError("text_unquoted", "text is expected, not {value}", context)
    if not isinstance(value, str):
        return value
    bad = NOT_IN_XML.search(value)
    if bad:
        raise PydanticCustomError("text_not_xml", "character U+{code} can't stand in a Word file", {"code": f"{ord(bad.group()):04X}"})
    if not VISIBLE.search(value):
        raise PydanticCustomError("text_empty", "the text is empty")
    return composed(value).replace("\r\n", "\n").replace("\r", "\n")


def _read_as(value: object) -> dict[str, str]:
    """Return what a value that isn't text reads as, for its finding."""
    what = _DAY if isinstance(value, date) else _YES_OR_NO if isinstance(value, bool) else _NUMBER
    return {"as_fr": what.fr, "as_en": what.en}


_DAY: Final = Wording("une date", "a date")
_YES_OR_NO: Final = Wording("un oui ou non", "a yes or no")
_NUMBER: Final = Wording("un nombre", "a number")


def one_line(value: str) -> str:
    """Return a text that stands inside a sentence: a break between its lines is a space."""
    return " ".join(line for each in value.split("\n") if (line := each.strip()))


def address_line(value: str) -> str:
    """Return an address as it stands inside a sentence: its lines are joined with commas."""
    lines = (line.strip().rstrip(",").rstrip() for line in value.split("\n"))
    return ", ".join(line for line in lines if line)
