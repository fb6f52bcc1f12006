"""Own facts read with an agreement: what its layers declare, and what its files give of it, each finding with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from snc_docs.diagnostics import Diagnostic, FindingsError, Severity
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.facts import Declared, FactDeclaration, FactsFile, GivenBy, OwnFacts, facts_of, given_facts, with_not_applicable
from snc_docs.model.findings import finding_of, findings_of
from snc_docs.model.nearest import meant, nearest
from snc_docs.model.source import Source, read_source

FACTS: Final = "facts"
FILE: Final = "facts.yaml"
_EXTRA: Final = "extra_forbidden"


def declared_in(layers: Sequence[Path]) -> Declared:
    """Return the facts that layers declare, the lowest layer first; one that is declared again higher up is as declared there.

    FindingsError with everything that is wrong in their files.
    """
    declared: dict[str, FactDeclaration] = {}
    findings: list[Diagnostic] = []
    for folder in layers:
        if (folder / FILE).is_file():
            declared |= _declared(read_source(folder / FILE), findings)
    if findings:
        raise FindingsError(findings)
    return tuple(declared.values())


def _declared(source: Source, findings: list[Diagnostic]) -> dict[str, FactDeclaration]:
    try:
        facts = FactsFile.model_validate(source.data).facts
    except ValidationError as error:
        findings += [replace(finding, file=source.file, line=source.known_line(place)) for place, finding in findings_of(error, FactsFile)]
        return {}
    for index, fact in enumerate(facts):
        if any(other.id == fact.id for other in facts[:index]):
            message = Wording(f"le fait « {fact.id} » est déclaré deux fois", f"fact '{fact.id}' is declared twice")
            hint = Wording("n'en garder qu'une déclaration", "keep one declaration")
            findings.append(Diagnostic.error("fact.doubled", message, hint, file=source.file, line=source.known_line((FACTS, index))))
    return {fact.id: fact for fact in facts}


def with_own_facts(agreement: Agreement, sources: Sequence[Source], layers: Sequence[Path], findings: list[Diagnostic]) -> Agreement:
    """Return the agreement with the facts that its layers declare and its files give; what is wrong is added to ``findings``."""
    try:
        declared = declared_in(layers)
    except FindingsError as error:
        findings += error.diagnostics
        return agreement
    values: dict[str, Any] = {}
    without: tuple[str, ...] = ()
    for source, given_by in zip(sources, GivenBy, strict=False):
        part = _given(source, declared, given_by, findings)
        if part is not None:
            values |= {name: value for name, value in part if name != "without"}
            without += part.without
    findings += _missing(declared, values, without, sources[0])
    facts = facts_of(declared, values).model_copy(update={"without": without})
    return agreement.model_copy(update={"declared": declared, FACTS: facts}) if declared else agreement


def _given(source: Source, declared: Declared, given_by: GivenBy, findings: list[Diagnostic]) -> OwnFacts | None:
    if FACTS not in source.data:
        return given_facts(declared, given_by).model_construct()  # validating nothing would still build a validator
    values = source.data[FACTS]
    given = with_not_applicable(values) if isinstance(values, dict) else values
    try:
        return given_facts(declared, given_by).model_validate(given)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            found = _finding(each, declared, given_by)
            findings.append(replace(found, file=source.file, line=source.known_line((FACTS, *each["loc"]))))
        return None


def _finding(detail: ErrorDetails, declared: Declared, given_by: GivenBy) -> Diagnostic:
    found = finding_of({**detail, "loc": (FACTS, *detail["loc"])})
    if detail["type"] != _EXTRA or len(detail["loc"]) > 1:
        return found
    name = str(detail["loc"][0])
    if any(each.id == name for each in declared):
        other = next(each for each in GivenBy if each is not given_by)
        message = Wording(f"« {name} » est donné par {other.wording.fr}", f"'{name}' is given by {other.wording.en}")
        return replace(found, rule="fact.elsewhere", message=message, hint=Wording("le mettre dans cet autre fichier", "put it into that other file"))
    message = Wording(f"aucune couche ne déclare le fait « {name} »", f"no layer declares the fact '{name}'")
    hint = Wording(
        "le déclarer dans le facts.yaml d'une couche (docs/data.md), nommer cette couche (« templates: », --templates), ou corriger le nom",
        "declare it in a layer's facts.yaml (docs/data.md), name that layer ('templates:', --templates), or mend the name",
    )
    near = nearest(name, (each.id for each in declared if each.given_by is given_by))
    return replace(found, rule="fact.undeclared", message=message, hint=meant(near, hint) if near else hint)


def _missing(declared: Declared, values: dict[str, Any], without: Sequence[str], baseline: Source) -> Iterator[Diagnostic]:
    """Yield a finding for each fact that the provider must give and doesn't: a client may not know yet."""
    for fact in declared:
        if fact.required and fact.given_by is GivenBy.PROVIDER and values.get(fact.id) in (None, ()) and fact.id not in without:
            yield Diagnostic(
                "fact.missing",
                Severity.ERROR,
                Wording(f"le socle doit donner : {fact.label.fr}", f"the baseline must give: {fact.label.en}"),
                Wording(f"ajouter « facts: {{{fact.id}: …}} »", f"add 'facts: {{{fact.id}: …}}'"),
                baseline.file,
                baseline.known_line((FACTS,)),
                f"{FACTS}.{fact.id}",
            )
