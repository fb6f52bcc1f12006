"""Terms for one client: fields of the baseline that a client file gives another value, within what the baseline lets be negotiated.

``negotiable`` in the baseline lists the fields, each with its limits; ``deviations`` in the client file gives values by the fields' paths. Both are of the
house: how far a provider would have gone is in no document and in no record of one. That an agreement deviates, and where, is.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError, create_model

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.kept import Kept
from snc_docs.model.agreement import Agreement, Baseline
from snc_docs.model.base import Model, described, is_part, kind_of
from snc_docs.model.facts import Declared, GivenBy, given_facts
from snc_docs.model.field_names import kind_at, written_as
from snc_docs.model.kinds import LocalizedText, LocalizedUrl, Money
from snc_docs.model.nearest import meant, nearest
from snc_docs.model.periods import Period
from snc_docs.model.proposals import plain
from snc_docs.model.source import Source
from snc_docs.paths import DataPath, pointer_to

NEGOTIABLE: Final = "negotiable"
DEVIATIONS: Final = "deviations"
FACTS: Final = "facts"
# What says who the provider is, and that it is qualified, isn't a term.
_NEVER: Final = ("baseline", "provider", "certificate", "attestations")


@dataclass(frozen=True, slots=True)
class Term:
    """A field that may be negotiated: its path, the least and the most that it may be, or the choices; None where nothing limits it."""

    path: DataPath
    adapter: TypeAdapter[Any]
    least: Any = None
    most: Any = None
    choices: tuple[Any, ...] | None = None

    def refuses(self, value: Any) -> Wording | None:
        """Return why a value is out of the limits, None where it isn't."""
        if self.least is not None and _is_less(value, self.least):
            return Wording(f"au moins {_shown(self.least)}", f"at least {_shown(self.least)}")
        if self.most is not None and _is_less(self.most, value):
            return Wording(f"au plus {_shown(self.most)}", f"at most {_shown(self.most)}")
        if self.choices is not None and value not in self.choices:
            listed = ", ".join(map(_shown, self.choices))
            return Wording(f"l'un de ceux-ci : {listed}", f"one of these: {listed}")
        return None


def _is_less(value: Any, other: Any) -> bool:
    """Return whether a value is surely less than another of its kind."""
    if isinstance(value, Period) and isinstance(other, Period):
        return value.is_surely_shorter(other)
    if isinstance(value, Money) and isinstance(other, Money):
        return value.currency != other.currency or value.amount < other.amount
    return bool(value < other)


def _shown(value: Any) -> str:
    if isinstance(value, Money):
        return f"{{amount: {value.amount}, currency: {value.currency}}}"
    if isinstance(value, Model):
        given = value.model_dump(mode="json", exclude_defaults=True)
        return f"{{{', '.join(f'{name}: {each}' for name, each in given.items())}}}"
    return str(value)


# What each baseline lets be negotiated, with the findings on it: its clients share it.
_terms: Final[Kept[tuple[Mapping[str, Term], Sequence[Diagnostic]]]] = Kept(4)


@lru_cache(maxsize=16)
def _model_of(declared: Declared) -> type[Model]:
    """Return the model of what a baseline holds: its own fields, and the facts that layers declare and the provider gives."""
    if not declared:
        return Baseline
    return create_model("BaselineWithFacts", __base__=Baseline, facts=(given_facts(declared, GivenBy.PROVIDER), described(*_OWN_FACTS)))


_OWN_FACTS: Final = Wording("faits propres", "own facts")


def _terms_of(baseline: Source, model: type[Model]) -> tuple[Mapping[str, Term], Sequence[Diagnostic]]:
    """Return the fields of a baseline that may be negotiated, by their paths, with a finding for each that can't be one."""
    terms: dict[str, Term] = {}
    findings = []
    given = baseline.data.get(NEGOTIABLE) or []
    for index, each in enumerate(given if isinstance(given, list) else [given]):
        found = _term(each, model)
        if isinstance(found, Term):
            terms[found.path] = found
        else:
            line = baseline.known_line((NEGOTIABLE, index))
            findings.append(Diagnostic.error("deviation.negotiable", found, _TERM_HINT, file=baseline.file, line=line, path=f"{NEGOTIABLE}[{index}]"))
    return terms, findings


_TERM_HINT: Final = Wording(
    "écrire « - {field: notices.change, least: {days: 15}, most: {days: 60}} », ou « choices: […] »",
    "write '- {field: notices.change, least: {days: 15}, most: {days: 60}}', or 'choices: […]'",
)
_MEASURED: Final = (Period, Money, int, Decimal, date)
# Kinds that are one value, with whatever fields of their own.
_VALUES: Final = (Period, Money, LocalizedText, LocalizedUrl)


def _term(given: Any, model: type[Model]) -> Term | Wording:
    """Return a field that may be negotiated, or why it can't be one."""
    if not isinstance(given, Mapping) or not isinstance(given.get("field"), str) or not given.keys() <= {"field", "least", "most", "choices"}:
        return Wording("un champ négociable a « field », et des limites", "a negotiable field has 'field', and limits")
    path = DataPath(given["field"])
    adapter = _adapter(path, model)
    if adapter is None:
        near = nearest(path, _paths(model))
        asked = f" ; vouliez-vous dire « {near} » ?" if near else "", f"; did you mean '{near}'?" if near else ""
        if "[" in path or near == path:
            asked = " : ni une liste, ni une ligne de l'une d'elles", ": neither is a list, nor a row of one"
        return Wording(f"« {path} » n'est pas un champ seul du socle{asked[0]}", f"'{path}' is no single field of the baseline{asked[1]}")
    kind, _ = kind_at(model, path.steps)
    if ("least" in given or "most" in given) and not (isinstance(kind, type) and issubclass(kind, _MEASURED)):
        return Wording(f"« {path} » ne se mesure pas : donner « choices »", f"'{path}' can't be measured: give 'choices'")
    try:
        limits = {name: adapter.validate_python(given[name]) for name in ("least", "most") if name in given}
        choices = tuple(adapter.validate_python(each) for each in given["choices"]) if "choices" in given else None
    except (ValidationError, TypeError):
        return Wording(f"« {path} » : une limite n'est pas de la forme du champ", f"'{path}': a limit isn't of the field's form")
    return Term(path, adapter, **limits, choices=choices)


def _adapter(path: DataPath, model: type[Model]) -> TypeAdapter[Any] | None:
    """Return what reads values of a single field of the baseline, None for anything else."""
    *place, name = path.steps or ("",)
    part, is_list = kind_at(model, place)
    if is_list or not is_part(part) or name not in part.model_fields or "[" in path or path.steps[0] in _NEVER:
        return None
    field = part.model_fields[name]
    kind, is_list = kind_of(field.annotation)
    if is_list or (is_part(kind) and not issubclass(kind, _VALUES)):
        return None
    return TypeAdapter[Any](field.annotation or Any)


def _paths(root: type[Model]) -> Iterator[str]:
    """Yield the paths of the single fields of a baseline."""
    waiting: list[tuple[DataPath, type[Model]]] = [(DataPath(), root)]
    while waiting:
        at, model = waiting.pop()
        for name, field in model.model_fields.items():
            kind, is_list = kind_of(field.annotation)
            if is_part(kind) and not is_list and not issubclass(kind, _VALUES):
                waiting.append((at.field(name), kind))
            elif not is_list:
                yield at.field(name)


def speak_of_facts(sources: Sequence[Source]) -> bool:
    """Return whether own facts are among what a baseline lets be negotiated, or a client deviates from."""
    return any(FACTS in repr(source.data.get(name, "")) for source in sources for name in (NEGOTIABLE, DEVIATIONS))


def with_deviations(sources: Sequence[Source], findings: list[Diagnostic], declared: Declared = ()) -> tuple[Source, tuple[str, ...]]:
    """Return the baseline's source with the values that the client's deviations give, and their paths; findings for those that can't be.

    ``declared`` are the own facts of its layers, where either file speaks of one.
    """
    baseline, model = sources[0], _model_of(declared)
    terms, wrong = _terms.get(baseline, declared, partial(_terms_of, baseline, model))
    findings += wrong
    given = sources[1].data.get(DEVIATIONS) if len(sources) > 1 else None
    if not given:
        return baseline, ()
    client = sources[1]
    if not isinstance(given, Mapping):
        findings.append(_wrong(client, "", Wording("des champs « chemin: valeur » sont attendus", "fields 'path: value' are expected"), _HOW))
        return baseline, ()
    data = copy.deepcopy({name: value for name, value in baseline.data.items() if name != NEGOTIABLE})
    agreed = []
    for path, value in given.items():
        trouble = _trouble(path, value, terms, model)
        if trouble is not None:
            findings.append(_wrong(client, path, *trouble))
        else:
            _set(data, DataPath(path).steps, value)
            agreed.append(path)
    return replace(baseline, data=data), tuple(agreed)


_HOW: Final = Wording("écrire « notices.change: {days: 45} » sous « deviations: »", "write 'notices.change: {days: 45}' below 'deviations:'")


def _trouble(path: str, value: Any, terms: Mapping[str, Term], model: type[Model]) -> tuple[Wording, Wording] | None:
    """Return why a deviation can't be agreed and what to do, None where it can."""
    term = terms.get(path)
    if term is None:
        hint = Wording(
            "retirer cette dérogation, ou demander au juridique de l'ajouter à « negotiable » dans le socle",
            "remove this deviation, or ask legal to add it to 'negotiable' in the baseline",
        )
        near = nearest(path, terms) or _called(path, terms, model)
        message = Wording(f"« {path} » n'est pas négociable", f"'{path}' isn't negotiable")
        return message, meant(near, hint) if near else hint
    try:
        read = term.adapter.validate_python(value)
    except ValidationError:
        return None  # said with its place when the baseline is validated with it
    limit = term.refuses(read) if read is not None else Wording("une valeur", "a value")
    if limit is None:
        return None
    return Wording(f"« {path} » est hors des limites du socle", f"'{path}' is beyond the baseline's limits"), Wording(
        f"prendre {limit.fr}", f"take {limit.en}"
    )


def _called(name: str, terms: Mapping[str, Term], model: type[Model]) -> str | None:
    """Return the only term that people call so: some words of its field's label, in either language."""
    wanted = plain(name)
    found = [path for path in terms if any(f" {wanted} " in f" {plain(label)} " for each in _labels(DataPath(path), model) for label in each)]
    return found[0] if wanted and len(found) == 1 else None


def _wrong(client: Source, path: str, message: Wording, hint: Wording) -> Diagnostic:
    place = (DEVIATIONS, path) if path else (DEVIATIONS,)
    found = Diagnostic.error("deviation.refused", message, hint, file=client.file, line=client.known_line(place), path=DEVIATIONS)
    return _at(found, place)


def _at(finding: Diagnostic, place: Sequence[str]) -> Diagnostic:
    """Return a finding with its place in the client's data, where a deviation is under its whole path."""
    return replace(finding, pointer=pointer_to(place), source="client")


def _set(data: dict[str, Any], steps: Sequence[str], value: Any) -> None:
    """Put a value into nested mappings, made where they aren't there."""
    *before, last = steps
    for step in before:
        inner = data.get(step)
        data[step] = data = inner if isinstance(inner, dict) else {}
    data[last] = value


def moved_to_client(finding: Diagnostic, agreed: Sequence[str], client: Source) -> Diagnostic:
    """Return a finding on a value that a deviation gave, at its line in the client file; any other one as it is."""
    for path in agreed:
        if finding.path is not None and (finding.path == path or finding.path.startswith(f"{path}.")):
            hint = written_as(finding.hint, DataPath(path).steps[-1], path)
            inside = DataPath(finding.path).steps[len(DataPath(path).steps) :]
            moved = replace(finding, file=client.file, line=client.known_line((DEVIATIONS, path)), hint=hint)
            return _at(moved, (DEVIATIONS, path, *inside))
    return finding


def told(agreement: Agreement, client: Source) -> Iterator[Diagnostic]:
    """Yield, for information, each term that an agreement has of its own."""
    for path in agreement.deviations:
        labels = _labels(DataPath(path), _model_of(agreement.declared))
        named = Wording(" › ".join(each.fr for each in labels), " › ".join(each.en for each in labels))
        found = Diagnostic(
            "deviation.agreed",
            Severity.INFO,
            Wording(f"clause propre à ce client : {named.fr}", f"a term of this client's own: {named.en}"),
            Wording("le vérifier avec ce qui a été convenu", "check it against what was agreed"),
            file=client.file,
            line=client.known_line((DEVIATIONS, path)),
            path=path,
        )
        yield _at(found, (DEVIATIONS, path))


def _labels(path: DataPath, model: type[Model]) -> list[Wording]:
    """Return what people call the fields on the way to a path of the baseline."""
    labels = []
    kind: Any = model
    for step in path.steps:
        labels.append(kind.label_of(step))
        kind, _ = kind_of(kind.model_fields[step].annotation)
    return labels


def given_again(agreement: Agreement) -> dict[str, Any]:
    """Return the deviations of an agreement as a client file gives them, with the values that the agreement has."""
    found = {}
    for path in agreement.deviations:
        value: Any = agreement
        for step in DataPath(path).steps:
            value = getattr(value, step)
        found[path] = value.model_dump(mode="json", exclude_defaults=True) if isinstance(value, Model) else _plain(value)
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
