"""Every field of the data files, for people: its path, what it is called, what it holds, and whether it must be given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from snc_docs.errors import NOTHING_TO_SAY, Wording
from snc_docs.model.agreement import Baseline, ClientFile
from snc_docs.model.base import LabelledEnum, Model, kind_of
from snc_docs.model.facts import Declared, GivenBy, facts_model
from snc_docs.model.kinds import LocalizedText, LocalizedUrl, Money
from snc_docs.model.periods import Delay, Period


@dataclass(frozen=True, slots=True)
class ListedField:
    """One field: ``path`` has ``[*]`` for any item of a list; ``required`` within the part that it is in."""

    path: str
    label: Wording
    kind: Wording
    required: bool
    choices: tuple[tuple[str, Wording], ...] = ()
    # A value such as the shipped examples give, "" where none does.
    example: Wording = NOTHING_TO_SAY


_KINDS: Final[dict[type, Wording]] = {
    LocalizedText: Wording("texte {fr, en}", "text {fr, en}"),
    LocalizedUrl: Wording("adresses web {fr, en}", "web addresses {fr, en}"),
    Money: Wording("montant {amount, currency}", "amount {amount, currency}"),
    Delay: Wording("durée {days: …}, ou autre délai", "period {days: …}, or another time"),
    Period: Wording("durée {days: …}", "period {days: …}"),
    str: Wording("texte", "text"),
    bool: Wording("oui ou non", "yes or no"),
    int: Wording("nombre entier", "whole number"),
    Decimal: Wording("nombre", "number"),
    date: Wording("date", "date"),
}
_PART: Final = Wording("partie", "part")
_CHOICE: Final = Wording("choix", "choice")
_LIST: Final = Wording("liste : {what}", "list: {what}")


def listed_fields(of: str, declared: Declared = ()) -> tuple[ListedField, ...]:
    """Return the fields of a ``baseline`` or of a ``client`` file, with the own facts that layers declare, in the model's order."""
    model, given_by = (Baseline, GivenBy.PROVIDER) if of == "baseline" else (ClientFile, GivenBy.CLIENT)
    own = facts_model(tuple(each for each in declared if each.given_by is given_by))
    return (*_fields(model, ""), *(each for each in _fields(own, "facts") if each.path != "facts.without"))


def _fields(model: type[Model], path: str) -> Iterator[ListedField]:
    for name, field in model.model_fields.items():
        kind, is_list = kind_of(field.annotation)
        where = f"{path}.{name}" if path else name
        choices = tuple((each.value, each.wording) for each in kind) if issubclass(kind, LabelledEnum) else ()
        yield ListedField(where, model.label_of(name), kind_wording(kind, is_list=is_list), field.is_required(), choices)
        if issubclass(kind, Model) and kind not in _KINDS:
            yield from _fields(kind, f"{where}[*]" if is_list else where)


def kind_wording(kind: type, *, is_list: bool) -> Wording:
    """Return what people call a type of values, or a list of them."""
    plain = next((wording for known, wording in _KINDS.items() if issubclass(kind, known)), None)
    what = _CHOICE if issubclass(kind, LabelledEnum) else plain or _PART
    return Wording(_LIST.fr.format(what=what.fr), _LIST.en.format(what=what.en)) if is_list else what
