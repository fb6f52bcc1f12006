"""From a cell to a value of the client file: what a spreadsheet made of it is undone and said, or refused.

Excel drops zeros at the front of numbers, takes ``+33 1 …`` for a number and ``2-3`` for a day, writes long numbers as ``1,23E+13``, days as numbers
without a format, and decimals with a comma; copies bring no-break spaces and characters without width.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from snc_docs.campaign.columns import DIGITS, TELEPHONE, Column
from snc_docs.campaign.tables import Cell
from snc_docs.diagnostics import Severity
from snc_docs.errors import Wording
from snc_docs.model.base import LabelledEnum, Model
from snc_docs.patterns import regex

_WIDTHLESS: Final = regex("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_SPACES: Final = regex("[\u00a0\u202f\u2007\u2009\t]")
_SCIENTIFIC: Final = regex(r"[+-]?\d+(?:[.,]\d+)?[Ee][+-]?\d{1,3}")
_ISO: Final = regex(r"\d{4}-\d{2}-\d{2}")
_WRITTEN_DAY: Final = regex(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_EXACT: Final = 10**15
# Days that a spreadsheet counts from 1899-12-30: 1982 to 2119.
_EPOCH: Final = date(1899, 12, 30)
_SERIALS: Final = range(30_000, 80_000)
_LEAST_TELEPHONE: Final = 11
_YES: Final = frozenset(("x", "oui", "yes", "true", "vrai", "1"))
_NO: Final = frozenset(("non", "no", "false", "faux", "0"))
AS_TEXT: Final = Wording("mettre la cellule au format texte et la saisir à nouveau", "make the cell a text and type it again")


class CellError(Exception):
    """A cell that can't be taken for a value of its column."""

    def __init__(self, message: Wording, hint: Wording = AS_TEXT) -> None:
        super().__init__(message.en)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Note:
    """What was mended in a cell; the same note on many cells of a column is told once."""

    rule: str
    message: Wording
    severity: Severity = Severity.INFO


Notes = list[Note]


def value_of(cell: Cell, column: Column, order: str | None, notes: Notes) -> object:
    """Return the value of a cell as a client file would have it; ``order`` is that of days written with slashes: "dmy", "mdy" or None where it isn't known.

    CellError for what can't be taken; what was mended is added to ``notes``.
    """
    if cell.trouble is not None:
        raise CellError(cell.trouble)
    value = cell.value
    if isinstance(value, str):
        value = _clean(value, notes)
    if column.is_list:
        return [each.strip() for each in re.split(r"[,;\n]", str(value)) if each.strip()] if isinstance(value, str) else value
    return _READERS.get(_kind(column), _text)(value, column, order, notes)


def _kind(column: Column) -> type:
    kind = column.kind if isinstance(column.kind, type) else str
    if issubclass(kind, LabelledEnum):
        return LabelledEnum
    if issubclass(kind, Model):
        return Model
    return next((each for each in (bool, int, Decimal, date) if issubclass(kind, each)), str)


def _clean(text: str, notes: Notes) -> str:
    """Return a text without what has no width, and without white space around it."""
    plain = _WIDTHLESS.sub("", text)
    if plain != text:
        notes.append(Note("table.characters", Wording("caractères invisibles retirés", "characters without width removed")))
    return plain.strip()


def _text(value: object, column: Column, _: str | None, notes: Notes) -> object:
    match value:
        case bool():
            raise CellError(Wording("oui ou non, où un texte est attendu", "yes or no, where a text is expected"))
        case date() | time() | timedelta():
            raise CellError(Wording("le tableur en a fait une date ou une heure", "the spreadsheet made a date or a time of it"))
        case int() | float():
            return _number_as_text(value, column, notes)
        case str() if _SCIENTIFIC.fullmatch(value):
            raise CellError(Wording(f"« {value} » : le tableur a perdu des chiffres", f"'{value}': the spreadsheet lost digits"))
        case str() if column.name == TELEPHONE and value.isdecimal() and not value.startswith("0"):
            return _number_as_text(int(value), column, notes)  # in a CSV file a spreadsheet leaves the "+" out as well
        case str() if column.name in DIGITS or column.name == TELEPHONE:
            return _SPACES.sub(" ", value)
        case _:
            return value


def _number_as_text(value: float, column: Column, notes: Notes) -> str:
    """Return a number that stands for a text: only what it can't have lost."""
    if value != int(value) or abs(value) >= _EXACT or value < 0:
        raise CellError(Wording(f"un nombre ({value}), où un texte est attendu", f"a number ({value}), where a text is expected"))
    digits = str(int(value))
    if column.name in DIGITS:
        length = DIGITS[column.name]
        if len(digits) < length:
            notes.append(Note("table.zeros", Wording("zéros de tête rétablis", "zeros put back at the front"), Severity.WARNING))
        return digits.zfill(length)
    if column.name == TELEPHONE:
        if len(digits) < _LEAST_TELEPHONE:
            raise CellError(
                Wording(f"un nombre ({digits}) : le zéro ou l'indicatif est perdu", f"a number ({digits}): its zero or its country's code is lost"),
                Wording("l'écrire en texte, avec l'indicatif : +33 1 53 27 52 70", "write it as text, with the country's code: +33 1 53 27 52 70"),
            )
        notes.append(Note("table.telephone", Wording("« + » rétabli devant des numéros de téléphone", "'+' put back before telephone numbers")))
        return f"+{digits}"
    if column.name == "version":
        raise CellError(
            Wording(
                f"un nombre ({digits}) : « {digits}.0 » et « {digits} » s'y confondent",
                f"a number ({digits}): '{digits}.0' and '{digits}' are the same in it",
            )
        )
    message = Wording("un nombre pris pour un texte : des zéros de tête seraient perdus", "a number taken as text: zeros at its front would be lost")
    notes.append(Note("table.number", message, Severity.WARNING))
    return digits


def _day(value: object, _: Column, order: str | None, __: Notes) -> object:
    match value:
        case datetime() if value.time() == time():
            return value.date()
        case datetime():
            raise CellError(Wording("un jour avec une heure", "a day with a time"), Wording("n'en garder que le jour", "keep the day alone"))
        case date():
            return value
        case str() if match := _WRITTEN_DAY.fullmatch(value):
            return _written_day(value, match, order)
        case str() if value.isdecimal() and int(value) in _SERIALS:
            raise _serial(int(value))
        case bool():
            raise CellError(Wording("un jour est attendu", "a day is expected"))
        case int() | float() if value == int(value) and int(value) in _SERIALS:
            raise _serial(int(value))
        case str():
            return value
        case _:
            raise CellError(Wording("un jour est attendu", "a day is expected"), Wording("l'écrire comme 2026-09-01", "write it as 2026-09-01"))


def _serial(number: int) -> CellError:
    day = (_EPOCH + timedelta(days=number)).isoformat()
    return CellError(
        Wording(f"un nombre ({number}), qui est peut-être le {day}", f"a number ({number}), which may be {day}"),
        Wording("mettre la colonne au format date, ou écrire les jours comme 2026-09-01", "make the column a date, or write days as 2026-09-01"),
    )


def _written_day(text: str, match: re.Match[str], order: str | None) -> date:
    first, second, year = (int(each) for each in match.groups())
    if order is None:
        raise CellError(
            Wording(f"« {text} » : jour ou mois d'abord ?", f"'{text}': day or month first?"),
            Wording("ajouter --dates dmy ou --dates mdy, ou écrire 2026-09-01", "add --dates dmy or --dates mdy, or write 2026-09-01"),
        )
    day, month = (first, second) if order == "dmy" else (second, first)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise CellError(
            Wording(f"« {text} » n'est pas un jour du calendrier", f"'{text}' isn't a day of the calendar"),
            Wording("l'écrire comme 2026-09-01", "write it as 2026-09-01"),
        ) from error


def order_of(texts: list[str]) -> str | None:
    """Return in what order the days of a column are written: as one of them shows by a number over twelve, if none shows the other."""
    found = {
        "dmy" if first > _MONTHS else "mdy"
        for match in map(_WRITTEN_DAY.fullmatch, texts)
        if match is not None
        for first, second in ((int(match[1]), int(match[2])),)
        if (first > _MONTHS) != (second > _MONTHS)
    }
    return found.pop() if len(found) == 1 else None


_MONTHS: Final = 12


def _number(value: object, _: Column, __: str | None, notes: Notes) -> object:
    match value:
        case bool():
            raise CellError(Wording("un nombre est attendu", "a number is expected"))
        case int() | float() | Decimal():
            if not -_EXACT < value < _EXACT:
                raise CellError(Wording(f"{value} : plus de quinze chiffres", f"{value}: over fifteen digits"))
            return int(value) if value == int(value) else Decimal(str(value))
        case str():
            return _written_number(value, notes)
        case _:
            raise CellError(Wording("un nombre est attendu", "a number is expected"))


def _written_number(value: str, notes: Notes) -> Decimal:
    if _SCIENTIFIC.fullmatch(value):
        raise CellError(Wording(f"« {value} » : le tableur a perdu des chiffres", f"'{value}': the spreadsheet lost digits"))
    text = re.sub(r"[\s\u00a0\u202f'’]|€|EUR", "", value)
    exact = _exact(text, value)
    if str(exact) != value:
        notes.append(
            Note("table.decimals", Wording("nombres lus sans espaces, avec virgule décimale", "numbers read without spaces, with a decimal comma"))
        )
    return exact


def _exact(text: str, shown: str) -> Decimal:
    """Return a number written with a comma or a point; CellError where either may separate thousands."""
    last = max(text.rfind(","), text.rfind("."))
    separators = [each for each in text if each in ",."]
    if len(separators) == 1 and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", text):
        raise CellError(
            Wording(f"« {shown} » : milliers ou décimales ?", f"'{shown}': thousands or decimals?"),
            Wording("l'écrire sans séparateur", "write it without separators"),
        )
    whole, decimals = (text[:last], text[last + 1 :]) if len(set(separators)) == 2 or len(separators) == 1 else (text, "")  # noqa: PLR2004  # both
    try:
        return Decimal(f"{re.sub('[.,]', '', whole)}{f'.{decimals}' if decimals else ''}")
    except InvalidOperation as error:
        raise CellError(
            Wording(f"« {shown} » n'est pas un nombre", f"'{shown}' isn't a number"),
            Wording(
                "n'écrire que les chiffres ; la monnaie a sa propre colonne (share_capital.currency)",
                "write the figures alone; the currency has a column of its own (share_capital.currency)",
            ),
        ) from error


def _yes_or_no(value: object, _: Column, __: str | None, ___: Notes) -> object:
    if isinstance(value, bool):
        return value
    text = str(value).strip().casefold()
    if text not in _YES | _NO:
        raise CellError(Wording(f"« {value} » : oui ou non ?", f"'{value}': yes or no?"), Wording("écrire oui ou non", "write yes or no"))
    return text in _YES


def _choice(value: object, column: Column, _: str | None, __: Notes) -> object:
    """Return the value of a choice, by its name in either language too; anything else as it is, for the model to refuse."""
    if not isinstance(value, str):
        raise CellError(Wording("un choix de la liste est attendu", "a choice of the list is expected"))
    wanted = " ".join(value.casefold().replace("’", "'").split())
    for each in column.choices:
        if wanted in (each.value, *(" ".join(name.casefold().replace("’", "'").split()) for name in each.wording)):
            return each.value
    return value


_READERS: Final[dict[type, Callable[[object, Column, str | None, Notes], object]]] = {
    LabelledEnum: _choice,
    Model: _yes_or_no,
    bool: _yes_or_no,
    int: _number,
    Decimal: _number,
    date: _day,
}
