"""What pydantic refuses, as findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.model.base import LabelledEnum, Model, is_part
from snc_docs.model.field_names import hint_for_choice, hint_for_missing, hint_for_name, kind_at, to_write
from snc_docs.model.legal_forms import KIND_OF_A_PERSON, is_of_a_person
from snc_docs.model.party import NOT_APPLICABLE, TRAIT_OF
from snc_docs.model.proposals import (
    example_of,
    identifier_meant,
    in_both,
    last_of_month,
    says_none,
    unspaced,
    value_meant,
    why_no_siren,
    yaml_text,
)
from snc_docs.model.slips import NO_DASH
from snc_docs.model.telephones import telephone_in, why_no_telephone
from snc_docs.model.wordings import ENTRIES, shortened, wording_of
from snc_docs.paths import Step, path_of

Location = tuple[int | str, ...]


def findings_of(error: ValidationError, model: type[Model], *besides: str, country: str = "") -> list[tuple[Location, Diagnostic]]:
    """Return the findings of a validation with their places, without those that only follow from others: a list isn't short of an item that is wrong.

    ``besides`` are names that the file knows beside the fields of its model: an unknown one is answered with the nearest. ``country`` is that of
    the party whose file it is, "" where it isn't known: its telephone numbers may be dialled as there.
    """
    details = error.errors(include_url=False)
    wrong = [detail["loc"] for detail in details]
    cut = {loc[:-1]: str(loc[-1]) for detail in details if (loc := detail["loc"]) and detail["input"] is None and str(loc[-1]).isdecimal()}
    return [
        (detail["loc"], _of_country(_with_decimals(_asking(finding_of(detail), detail, model, besides), detail, cut), detail, country))
        for detail in details
        if not (detail["type"] == "too_short" and any(_is_inside(loc, detail["loc"]) for loc in wrong))
    ]


def _with_decimals(finding: Diagnostic, detail: ErrorDetails, cut: Mapping[Location, str]) -> Diagnostic:
    """Return a finding on a number with the decimals that its comma cut off in what it proposes; any other as it is."""
    decimals = cut.get(detail["loc"][:-1]) if detail["loc"] else None
    number = value_meant("decimal_parsing", detail["input"], Decimal, "") if decimals is not None else None
    return replace(finding, hint=to_write(detail["loc"][-1], f"{number}.{decimals}")) if number is not None else finding


def _of_country(finding: Diagnostic, detail: ErrorDetails, country: str) -> Diagnostic:
    """Return a finding on a telephone number with the one that is meant in a country other than France; any other as it is."""
    if detail["type"] != "telephone_invalid" or country in ("", "FR"):
        return finding
    written = str(detail["input"])
    number = telephone_in(written, country)
    return replace(finding, hint=why_no_telephone(written) if number is None else to_write(detail["loc"][-1], number))


def _asking(finding: Diagnostic, detail: ErrorDetails, model: type[Model], besides: Sequence[str]) -> Diagnostic:
    """Return a finding with what was meant, where the model and the value that was written tell it."""
    place, name = detail["loc"][:-1], detail["loc"][-1] if detail["loc"] else ""
    kind, is_list = kind_at(model, detail["loc"])
    absent = _of_what_there_is_none(detail, name)
    if absent is not None:
        return replace(finding, hint=absent)
    match detail["type"]:
        case "extra_forbidden" if isinstance(name, str) and finding.rule == "data.extra-forbidden" and " " not in name and not name.isdecimal():
            return replace(finding, hint=hint_for_name(name, detail["input"], model, place, () if place else besides))
        case "missing" if place and name == "en" and (known := in_both(str(place[-1]), str(detail["input"].get("fr", "")))) is not None:
            return replace(finding, hint=to_write(name, yaml_text(known.en)))
        case "missing" if isinstance(name, str):
            return replace(finding, hint=hint_for_missing(name, model, place))
        case "enum" if isinstance(kind, type) and issubclass(kind, LabelledEnum):
            return _of_choice(finding, detail, name, kind)
        case "model_type" | "model_attributes_type" if detail["input"] is None and is_part(kind):
            return replace(finding, message=_EMPTY, hint=_fill_in(name, kind))
        case "model_type" | "model_attributes_type" if is_part(kind) and (field := unspaced(detail["input"], kind)) is not None:
            return replace(finding, message=_NO_SPACE, hint=to_write("", field))
        case "string_pattern_mismatch" if (named := identifier_meant(str(detail["input"]), detail.get("ctx", {}).get("pattern", ""))) is not None:
            return replace(finding, hint=to_write(name, named))
        case "tuple_type" | "list_type":
            return _of_list(finding, detail["input"], name, kind)
        case _:
            return _meant(finding, detail, name, kind if not is_list else None)


def _of_what_there_is_none(detail: ErrorDetails, name: Step) -> Wording | None:
    """Return what to do about a value that says that there is none, or about the legal form of somebody who has none; None for any other."""
    written = detail["input"]
    if name in TRAIT_OF and says_none(written):
        return to_write(name, NOT_APPLICABLE)
    if says_none(written) and detail["type"].endswith(("_invalid", "_unknown")):
        return _NO_SUCH_THING
    return KIND_OF_A_PERSON if name == "legal_form" and isinstance(written, str) and is_of_a_person(written) else None


def _meant(finding: Diagnostic, detail: ErrorDetails, name: Step, kind: Any) -> Diagnostic:
    value = value_meant(detail["type"], detail["input"], kind, str(name))
    if value is not None:
        return replace(finding, hint=to_write(name, value))
    kind_of_error = "telephone_invalid" if name == "telephone" else detail["type"]
    why = _WHY[kind_of_error](str(getattr(detail["input"], "written", detail["input"]))) if kind_of_error in _WHY else None
    return finding if why is None else replace(finding, hint=why)


def _of_list(finding: Diagnostic, written: object, name: Step, kind: Any) -> Diagnostic:
    told = _of_items(finding, written, name, kind)
    if written is not None:
        return told
    return replace(told, hint=Wording(f"{told.hint.fr} ; sinon retirer « {name}: »", f"{told.hint.en}; else remove '{name}:'"))


def _of_items(finding: Diagnostic, written: object, name: Step, kind: Any) -> Diagnostic:
    if isinstance(written, str) and not is_part(kind):
        return replace(finding, hint=to_write(name, f"[{written}]"))
    if isinstance(written, dict) and any(str(each).startswith("-") for each in written):
        return replace(finding, message=NO_DASH.message, hint=NO_DASH.hint)
    if not is_part(kind):
        return finding
    item = f"{{{kind.key}: {written}}}" if kind.key is not None and isinstance(written, str) else example_of(kind)
    return replace(finding, hint=_as_list(name, item))


# What is wrong with a value that nothing else was meant by.
_WHY: Final[dict[str, Callable[[str], Wording | None]]] = {
    "siren_invalid": why_no_siren,
    "telephone_invalid": why_no_telephone,
    "date_from_datetime_parsing": last_of_month,
    "date_parsing": last_of_month,
}
_NO_SUCH_THING: Final = Wording("retirer ce champ : il n'y en a pas, ou il n'est pas connu", "remove this field: there is none, or it isn't known")
_NO_SPACE: Final = Wording("il manque une espace après le deux-points", "a space is missing behind the colon")
_EMPTY: Final = Wording("rien n'est écrit sous ce nom", "nothing is written below this name")


def _of_choice(finding: Diagnostic, detail: ErrorDetails, name: Step, kind: type[LabelledEnum]) -> Diagnostic:
    written = shortened(str(detail["input"]))
    said = replace(finding, message=Wording(f"« {written} » n'est pas un choix", f"'{written}' isn't a choice"))
    value = value_meant("enum", detail["input"], kind, str(name))
    return replace(said, hint=hint_for_choice(written, kind) if value is None else to_write(name, value))


def _fill_in(name: Step, kind: type[Model]) -> Wording:
    fields = ", ".join(kind.model_fields)
    return Wording(
        f"indenter sous « {name} » l'un de ses champs ({fields}), ou retirer ce nom",
        f"indent one of its fields below '{name}' ({fields}), or remove that name",
    )


def _as_list(name: Step, example: str) -> Wording:
    return Wording(
        f"faire précéder chaque élément de « - » : « {name}: » puis « - {example} »", f"put '- ' before each item: '{name}:', then '- {example}'"
    )


def _is_inside(loc: Location, outer: Location) -> bool:
    return len(loc) > len(outer) and loc[: len(outer)] == outer


def is_rule_of_form(rule: str) -> bool:
    """Return whether a rule is one of those on the form of a value: pydantic's own kinds of error, or ours."""
    from pydantic_core.core_schema import ErrorType  # few ask

    kind = rule.removeprefix("data.").replace("-", "_")
    return rule.startswith("data.") and (kind in ENTRIES or kind in get_args(ErrorType))


def finding_of(detail: ErrorDetails) -> Diagnostic:
    """Return the finding of one error, at its data path."""
    context: dict[str, Any] = detail.get("ctx", {})
    kind = detail["type"]
    if kind == "extra_forbidden" and detail["input"] is None and " " in str(detail["loc"][-1]):
        # In {fr: société anonyme, de droit français} YAML takes what stands behind the comma for a field without a value.
        kind, context = "cut_at_comma", {"value": detail["loc"][-1]}
    elif kind == "extra_forbidden" and detail["input"] is None and str(detail["loc"][-1]).isdecimal():
        kind = "decimal_comma"  # likewise in {amount: 8000,50}
    message, hint = wording_of(kind, context, detail["msg"])
    return Diagnostic(f"data.{detail['type'].replace('_', '-')}", Severity.ERROR, message, hint, path=path_of(detail["loc"]))
