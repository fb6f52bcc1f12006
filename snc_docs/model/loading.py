"""From files, or what a program holds, to an Agreement: read, validate, join, judge; every finding of a run at once, each with file and line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from snc_docs.days import this_day
from snc_docs.diagnostics import Diagnostic, FindingsError, Severity, has_errors
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.inputs import exists, found
from snc_docs.kept import Kept
from snc_docs.model.agreement import Agreement, Baseline, ClientFile
from snc_docs.model.attachments import attached_files, files_of
from snc_docs.model.base import Model
from snc_docs.model.deviations import DEVIATIONS, NEGOTIABLE, moved_to_client, speak_of_facts, told, with_deviations
from snc_docs.model.fact_loading import FACTS, declared_in, with_own_facts
from snc_docs.model.findings import Location, finding_of, findings_of
from snc_docs.model.given import Files, Given, source_of
from snc_docs.model.judging import judge
from snc_docs.model.layer_folders import LAYERS, Templates, given_layers, named_layers
from snc_docs.model.matrix_files import read_matrix
from snc_docs.model.named_files import named_path
from snc_docs.model.packing import MODEL
from snc_docs.model.parts import AccountDeletion
from snc_docs.model.party import TRAIT_OF
from snc_docs.model.pointers import keyed, pointer_of
from snc_docs.model.sharing import alike
from snc_docs.model.source import Source
from snc_docs.paths import DataPath, path_of
from snc_docs.shelf import shelved

M = TypeVar("M", bound=Model)
# Baselines by their sources: the clients of one provider share the objects, and all that is made of them.
_baselines: Final[Kept[tuple[Baseline | None, list[Diagnostic]]]] = Kept(4)


@dataclass(frozen=True)
class Loaded:
    """An agreement with the warnings met on the way."""

    agreement: Agreement
    findings: tuple[Diagnostic, ...]
    _sources: tuple[Source, ...] = ()

    @classmethod
    def of(cls, agreement: Agreement | Loaded) -> Loaded:
        """Return an agreement as one that was loaded, of which nothing else is known."""
        return agreement if isinstance(agreement, Loaded) else cls(agreement, ())

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the files that were read: nothing may be written in their place."""
        named = [found(self._sources[0].folder, each.name) for each in files_of(self.agreement)] if self.folder is not None else []
        return (*(Path(source.name) for source in self._sources if source.is_file), *named)

    @property
    def is_baseline_alone(self) -> bool:
        """Return whether no client was given."""
        return len(self._sources) == 1

    @property
    def folder(self) -> Path | None:
        """Return the folder of the baseline and of the files that it names; None where they are in none."""
        return self._sources[0].folder if self._sources and self._sources[0].is_file and self._sources[0].files is None else None

    def located(self, finding: Diagnostic) -> Diagnostic:
        """Return a finding on a data path with the file and line of that path; any other one as it is."""
        return finding if finding.file or not finding.path or not self._sources else _located(finding, self._sources)


@dataclass(frozen=True, eq=False)
class LoadedBaseline:
    """A baseline read once, for all its clients, with layers for all of them: what ``load_baseline`` returns."""

    source: Source
    templates: tuple[Path, ...] = ()


def read_baseline(baseline: Given, *, files: Files | None = None, templates: Templates = None) -> LoadedBaseline:
    """Return a baseline whose values have their forms; FindingsError lists those that don't."""
    source = source_of(baseline, "baseline", files, kept=True)
    valid, findings = _baselines.get(source, None, partial(_validated_baseline, source))
    if valid is None:
        raise FindingsError(_pointed(each, [source]) for each in findings)
    return LoadedBaseline(source, given_layers(templates))


def load_agreement(
    baseline_or_client: Given,
    client: Given | None = None,
    *,
    baseline: Given | LoadedBaseline | None = None,
    files: Files | None = None,
    today: date | None = None,
    templates: Templates = None,
) -> Agreement:
    """Return the agreement of a baseline and a client, or of a client file that names its baseline.

    Each is a file's path, JSON text, a mapping of plain values, or a model (``Baseline``, ``ClientFile``); ``load_agreement(client, baseline=…)``
    takes what ``load_baseline`` returns too. A value of None is "not applicable", as ``null`` in a file; what isn't known yet is left out.
    ``files`` are those that the baseline names (certificates, a matrix), by name; else they are beside its file. Every rule is run.
    ``today`` is the day on which dates are judged while the effective date is unknown (this day by default). ``templates`` are folders of
    clause files over those that the data files name: they are the agreement's own from then on (``agreement.layers``), whatever is made of it, and what
    they declare in ``facts.yaml``, the data may give.
    FindingsError lists everything that is wrong, of data without a file by its path; FileTroubleError says what can't be read.
    """
    return load(baseline_or_client, client, baseline=baseline, files=files, today=today, templates=templates).agreement


def load(
    baseline_or_client: Given,
    client: Given | None = None,
    *,
    baseline: Given | LoadedBaseline | None = None,
    files: Files | None = None,
    today: date | None = None,
    templates: Templates = None,
) -> Loaded:
    """Return what ``load_agreement`` returns, with the warnings."""
    folders = given_layers(templates)
    if baseline is not None:
        if client is not None:
            raise TypeError("load_agreement(client, baseline=…) takes one client")
        sources = _sources_of(baseline, baseline_or_client, files)
        folders = (*(baseline.templates if isinstance(baseline, LoadedBaseline) else ()), *folders)
    elif client is not None:
        sources = _sources_of(baseline_or_client, client, files)
    else:
        sources = _sources(source_of(baseline_or_client, "client", files))
    return _loaded(sources, today, folders)


def load_shared(baseline: LoadedBaseline, *, today: date | None = None, templates: Templates = None) -> Loaded:
    """Return what all clients of a baseline share, as the agreement of a client of whom nothing is known, with the findings on the baseline itself.

    It is no agreement to write: what is wrong with it for want of a client isn't said. FindingsError lists the errors that every client would have.
    """
    loaded = _alone(baseline, today, given_layers(templates))
    if has_errors(loaded.findings):
        raise FindingsError(loaded.findings)
    return loaded


def load_alone(baseline: LoadedBaseline) -> Loaded:
    """Return what ``load_shared`` returns, with what is wrong whatever the day: whether certificates are in force is asked for each client."""
    loaded = _alone(baseline, date.min, ())
    first, last = (set(map(loaded.located, judge(loaded.agreement, day))) for day in (date.min, date.max))
    return replace(loaded, findings=tuple(each for each in loaded.findings if each not in first - last))


def _alone(baseline: LoadedBaseline, today: date | None, templates: tuple[Path, ...]) -> Loaded:
    loaded = _joined([baseline.source, source_of({}, "client")], today, (*baseline.templates, *templates))
    return replace(loaded, findings=tuple(each for each in loaded.findings if not _is_of_client(each)))


def _is_of_client(finding: Diagnostic) -> bool:
    steps = DataPath(finding.path or "").steps
    return bool(steps) and steps[0] in ClientFile.model_fields


def _loaded(sources: list[Source], today: date | None, templates: tuple[Path, ...]) -> Loaded:
    loaded = _joined(sources, today, templates)
    if has_errors(loaded.findings):
        raise FindingsError(loaded.findings)
    return loaded


def _joined(sources: list[Source], today: date | None, templates: tuple[Path, ...]) -> Loaded:
    """Return the agreement of data with all its findings, errors of the rules among them; FindingsError where the data makes none."""
    findings: list[Diagnostic] = []
    layers = (*(layer for source in sources for layer in named_layers(source, findings)), *templates)
    declared = declared_in(layers) if speak_of_facts(sources) else ()
    shared, agreed = with_deviations(sources, findings, declared)
    validated = partial(_validated_baseline, shared)
    baseline, found_in_baseline = _baselines.get(shared, None, validated) if not agreed else validated()
    findings += (moved_to_client(each, agreed, sources[-1]) for each in found_in_baseline)
    order = _validated(ClientFile, sources[1], findings) if len(sources) > 1 else ClientFile()
    if baseline is None or order is None:
        raise FindingsError(_pointed(each, sources) for each in findings)
    given = {name: alike(name, value) for name, value in order}
    agreement = Agreement.model_construct(**dict(baseline), **given, deviations=agreed, **attached_files(baseline, sources[0], findings))
    agreement = agreement.with_layers(layers)
    agreement = _with_matrix(agreement, sources[0], findings)
    found_in_facts: list[Diagnostic] = []
    agreement = with_own_facts(agreement, [shared, *sources[1:]], layers, found_in_facts)
    findings += (moved_to_client(each, agreed, sources[-1]) for each in found_in_facts)
    findings = [_pointed(each, sources) for each in (*findings, *_assumptions(sources))]
    findings += told(agreement, sources[-1])
    day = agreement.judged_on(this_day(today))
    findings += [moved_to_client(_located(finding, sources), agreed, sources[-1]) for finding in judge(agreement, day)]
    return Loaded(agreement, tuple(sorted(findings, key=Diagnostic.in_order)), tuple(sources))


def _validated_baseline(source: Source) -> tuple[Baseline | None, list[Diagnostic]]:
    findings: list[Diagnostic] = []
    return _validated(Baseline, source, findings), findings


def deletion_of(data: dict[str, Any]) -> AccountDeletion:
    """Return the facts of one deletion certificate; FindingsError names each that is wrong."""
    try:
        return AccountDeletion.model_validate(data)
    except ValidationError as error:
        raise FindingsError(
            replace(finding_of(detail), path=f"deletion.{path_of(detail['loc'])}") for detail in error.errors(include_url=False)
        ) from error


def _sources_of(baseline: Given | LoadedBaseline, client: Given, files: Files | None) -> list[Source]:
    """Return the sources of a baseline and of a client, which needn't name it."""
    source = baseline.source if isinstance(baseline, LoadedBaseline) else source_of(baseline, "baseline", files, kept=True)
    order = source_of(client, "client")
    _refuse_swapped(source, order)
    order.data.pop("baseline", None)
    return [source, order]


def _refuse_swapped(baseline: Source, client: Source) -> None:
    """Raise FindingsError for a client file and a baseline in each other's place: one finding, not one for each of their fields."""
    if not is_baseline(baseline) and is_baseline(client):
        message = Wording("les deux fichiers sont intervertis : celui-ci est le socle", "the two files are swapped: this one is the baseline")
        hint = Wording("donner d'abord le socle, puis le fichier client", "give the baseline first, then the client file")
        raise FindingsError([Diagnostic.error("data.swapped", message, hint, file=client.file, line=client.known_line((_SIGN_OF_BASELINE,)))])


# Every baseline has it, and no client file.
_SIGN_OF_BASELINE: Final = "provider"


def is_baseline(source: Source) -> bool:
    """Return whether data is a provider's part, not a client's."""
    return _SIGN_OF_BASELINE in source.data


def _sources(source: Source) -> list[Source]:
    """Return the sources of a client that names its baseline, or of a baseline alone."""
    named = source.data.get("baseline")
    if isinstance(named, str):
        line = source.line(("baseline",))
        del source.data["baseline"]
        path = named_path(source, named)
        if source.is_file and not exists(path):
            raise _without_baseline(source, named, line)
        return [source_of(path, "baseline", source.files or None, kept=True), source]
    if not is_baseline(source):
        message = Wording("le fichier ne nomme pas son socle", "the file doesn't name its baseline") if source.data else _EMPTY
        hint = Wording(
            "ajouter « baseline: chemin/baseline.yaml » ou donner les deux fichiers", "add 'baseline: path/baseline.yaml', or give both files"
        )
        raise FindingsError([Diagnostic.error("client.no-baseline", message, hint, file=source.file, line=source.known_line(()))])
    return [source]


_EMPTY: Final = Wording("le fichier est vide", "the file is empty")
_MOST_OFFERED: Final = 5


def _without_baseline(source: Source, named: str, line: int) -> FileTroubleError:
    """Return what says that a client file names a baseline that isn't there, and which files are."""
    there = sorted(path.name for kind in ("*.yaml", "*.yml", "*.json") for path in source.folder.glob(kind) if path.name != Path(source.name).name)
    folder = str(source.folder)
    offered = ", ".join(there[:_MOST_OFFERED])
    return FileTroubleError(
        Wording(
            f"{source.name}:{line} : le socle « {named} » n'est pas dans {folder} ; "
            + (f"il y a {offered}." if there else "corriger « baseline: »."),
            f"{source.name}:{line}: the baseline '{named}' isn't in {folder}; " + (f"there are {offered}." if there else "mend 'baseline:'."),
        )
    )


def _validated(model: type[M], source: Source, findings: list[Diagnostic]) -> M | None:
    try:
        data = _with_nulls_meant(source)
        valid: M = shelved(model.__name__, MODEL, lambda: (repr(data),), partial(model.model_validate, data))
    except ValidationError as error:
        findings += [
            replace(finding, file=source.file, line=source.known_line(place))
            for place, finding in map(
                _in_its_file,
                findings_of(error, model, "baseline", LAYERS, FACTS, NEGOTIABLE if model is Baseline else DEVIATIONS, country=_country(data, model)),
            )
        ]
        return None
    return valid


def _country(data: object, model: type[Model]) -> str:
    """Return the country of the party whose data a file holds, "" where it says none."""
    party = data.get("provider" if model is Baseline else "client") if isinstance(data, Mapping) else None
    country = party.get("country") if isinstance(party, Mapping) else None
    return country if isinstance(country, str) else ""


def _in_its_file(found: tuple[Location, Diagnostic]) -> tuple[Location, Diagnostic]:
    """Return a finding on a field that isn't known here, and is in the other file, with that file's name as what to do."""
    place, finding = found
    other = _ELSEWHERE.get(str(place[0])) if len(place) == 1 and finding.rule == "data.extra-forbidden" else None
    return place, replace(finding, hint=other) if other is not None else finding


_ELSEWHERE: Final = {
    **dict.fromkeys(
        set(Baseline.model_fields) - set(ClientFile.model_fields),
        Wording(
            "ce champ est celui du prestataire : l'écrire dans le socle ; pour ce seul client, sous « deviations: » (docs/data.md)",
            "this field is the provider's: write it in the baseline; for this client alone, below 'deviations:' (docs/data.md)",
        ),
    ),
    **dict.fromkeys(
        set(ClientFile.model_fields) - set(Baseline.model_fields),
        Wording("ce champ est celui d'un client : l'écrire dans le fichier client", "this field is a client's: write it in the client file"),
    ),
}


def _with_nulls_meant(source: Source) -> dict[str, Any]:
    """Return a source's values with no ``null`` for what a party may go without but those that were written out: they mean "not applicable".

    A name with nothing behind it means nothing: who leaves a field of a starter file open doesn't know yet.
    """
    data = {name: value for name, value in source.data.items() if name not in (LAYERS, FACTS, NEGOTIABLE, DEVIATIONS)}
    for name in ("provider", "client"):
        party = data.get(name)
        if isinstance(party, dict):
            blank = {field for field in TRAIT_OF if party.get(field, "") is None and not source.is_written((name, field))}
            data[name] = {field: value for field, value in party.items() if field not in blank}
    return data


def _assumptions(sources: Sequence[Source]) -> list[Diagnostic]:
    """Return a note on what is taken for granted because no file says it."""
    if any("contract" in source.data for source in sources):
        return []
    message = Wording("aucun contrat n'est indiqué : les conditions générales sont retenues", "no contract is named: the general terms are assumed")
    hint = Wording("écrire « contract: {kind: general-terms} » ou « kind: specific »", "write 'contract: {kind: general-terms}' or 'kind: specific'")
    return [Diagnostic("contract.assumed", Severity.INFO, message, hint, sources[-1].file, sources[-1].known_line(()), "contract")]


def _located(finding: Diagnostic, sources: Sequence[Source]) -> Diagnostic:
    """Return the finding of a rule with the file and line of the data it is about."""
    steps = DataPath(finding.path or "").steps
    source = _holder(steps, sources)
    return _pointed(replace(finding, file=source.file, line=source.known_line(steps)), sources)


def _pointed(finding: Diagnostic, sources: Sequence[Source]) -> Diagnostic:
    """Return a finding on a data path with the JSON pointer of that path, and whose data that is in; any other one, or one that has them, as it is."""
    path = DataPath(finding.path or "")
    if not path or finding.pointer is not None:
        return finding
    holder = _holder(path.steps, sources)
    of_these = finding.file is None or any(finding.file == source.file for source in sources)
    return replace(
        finding,
        path=keyed(holder.data, path) if of_these else path,
        pointer=pointer_of(holder.data, path.steps),
        source="baseline" if holder is sources[0] else "client",
    )


def _holder(steps: Sequence[str], sources: Sequence[Source]) -> Source:
    """Return the data that gives what is at a path, or the client's, which would."""
    return next((source for source in sources if source.has(steps)), sources[-1])


def _with_matrix(agreement: Agreement, source: Source, findings: list[Diagnostic]) -> Agreement:
    """Return the agreement with the rows of the matrix's file, where the baseline names one; its own rows and a file are too much."""
    matrix = agreement.responsibility_matrix
    if matrix.file is None:
        return agreement
    if matrix.rows:
        message = Wording("la matrice est donnée deux fois : « rows » et « file »", "the matrix is given twice: 'rows' and 'file'")
        hint = Wording("n'en garder qu'un", "keep one")
        path = DataPath("responsibility_matrix.file")
        findings.append(Diagnostic("matrix.file", Severity.ERROR, message, hint, source.file, source.known_line(path.steps), path))
        return agreement
    rows, wrong = read_matrix(source, matrix.file, matrix.sheet)
    findings += wrong
    return agreement.model_copy(update={"responsibility_matrix": matrix.model_copy(update={"rows": rows})})
