"""The check of templates: read every clause of every language, then compare, lint and cover."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from snc_docs.assembly import capitalised_in, numbered
from snc_docs.checking.clauses import Clauses, read_clauses
from snc_docs.checking.wording import wording_findings
from snc_docs.compliance.catalogue import catalogue
from snc_docs.compliance.declarations import misstated
from snc_docs.diagnostics import Diagnostic, FindingsError, Severity, has_errors
from snc_docs.document.checks import DefinedTerms
from snc_docs.document.nodes import Document
from snc_docs.document.parity import clause_differences, piece_differences, term_differences
from snc_docs.document.typed import typed_numbers
from snc_docs.errors import Wording
from snc_docs.language import LANGUAGES
from snc_docs.language.figures import figures
from snc_docs.model.agreement import Agreement
from snc_docs.model.base import Model
from snc_docs.model.fact_loading import declared_in
from snc_docs.model.facts import Declared, OwnFacts, facts_model, facts_of
from snc_docs.paths import DataPath
from snc_docs.templating.analysis import all_paths
from snc_docs.templating.coverage import coverage
from snc_docs.templating.folders import TemplateFolders
from snc_docs.templating.layers import changed_below
from snc_docs.templating.marks import lost_marks, shipped_words
from snc_docs.templating.outline import OutlineEntry, read_names, read_outline
from snc_docs.templating.overlays import Overlay, Overlays, blamed
from snc_docs.templating.unfolding import condition_faults, unfold
from snc_docs.templating.unused import unused_files


def check_templates(folders: TemplateFolders, agreements: Sequence[Agreement] = (), given: Sequence[Agreement] = ()) -> list[Diagnostic]:
    """Return everything that is wrong with templates, in order of file and line.

    ``agreements`` are those whose data should make each condition true and false at least once; with none, that isn't
    checked. A field that no template prints is a warning where one of the agreements ``given`` has a value for it, else told for information; all of
    the shipped clauses' own are warnings. FindingsError where the outline itself can't be read.
    """
    outline = read_outline(folders)
    declared = declared_in(folders.lowest_first())
    facts = facts_model(declared)
    languages = [read_clauses(outline, language, folders, facts) for language in LANGUAGES]
    findings = [*_undeclarable(outline, facts), *unused_files(folders, outline), *changed_below(folders)]
    findings += [
        finding for clauses in languages for finding in (*clauses.findings, *_clause_findings(clauses, Overlays(folders, outline, clauses.language)))
    ]
    findings += [finding for language in LANGUAGES for finding in lost_marks(folders, outline, language)]
    findings += [finding for other in languages[1:] for finding in compared(languages[0], other, folders)]
    if not any(clauses.unread for clauses in languages):  # what they print isn't known
        known = {path for each in given for path in _given(each, "")}
        findings += _unprinted(set().union(*(clauses.used for clauses in languages)), folders, facts, outline, known)
    agreements = [_with_declared(each, declared) for each in agreements]
    if agreements and not has_errors(findings):
        findings += [each for language in LANGUAGES for each in _uncovered(agreements, language, folders)]
    return sorted(dict.fromkeys(findings), key=Diagnostic.in_order)


def _with_declared(agreement: Agreement, declared: Declared) -> Agreement:
    """Return an agreement with the facts that the layers under check declare, known where it gives that very fact."""
    same = {each.id: getattr(agreement.facts, each.id) for each in declared if each in agreement.declared}
    return agreement.model_copy(update={"declared": declared, "facts": facts_of(declared, same)})


def _undeclarable(outline: Sequence[OutlineEntry], facts: type[OwnFacts]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the outline's entries: conditions, and requirements that the catalogue doesn't have."""
    known = catalogue().requirements
    for entry in outline:
        yield from _condition(entry, facts)
        for requirement in entry.covers:
            if requirement not in known:
                yield Diagnostic.error(
                    "covers.unknown",
                    Wording(f"« {requirement} » n'est pas une exigence du catalogue", f"'{requirement}' isn't a requirement of the catalogue"),
                    Wording(
                        "corriger « covers » ; « make-agreement compliance » les donne toutes",
                        "mend 'covers'; 'make-agreement compliance' gives them all",
                    ),
                    file=entry.file,
                    line=entry.line,
                    clause=entry.id,
                )


def _condition(entry: OutlineEntry, facts: type[OwnFacts]) -> Iterator[Diagnostic]:
    """Yield what is wrong with an entry's own condition."""
    if entry.when:
        try:
            faults = condition_faults(entry.when, entry.file, entry.line, entry.id, facts)
        except FindingsError as error:
            yield from error.diagnostics
            return
        yield from (Diagnostic.error(each.rule, each.message, each.hint, file=entry.file, line=each.line, clause=entry.id) for each in faults)


def _clause_findings(clauses: Clauses, overlays: Overlays) -> Iterator[Diagnostic]:
    """Yield what is wrong with the clauses of one language: references, declarations, defined terms, wording."""
    document, dangling = numbered(clauses.document())
    unread = overlays.named(clauses.unread)
    yield from blamed((each for each in dangling if each.about not in unread.headings), overlays, document)
    yield from (_with_example(each, document.language) for each in misstated(document))
    if not clauses.unread:  # any term may be defined or used in what can't be read
        terms = DefinedTerms(document, read_names(overlays.folders, clauses.language), capitalised_in(document))
        yield from blamed(terms.findings(), overlays, document)
    yield from typed_numbers(document)
    yield from wording_findings(clauses, overlays.folders)


def _with_example(finding: Diagnostic, language: str) -> Diagnostic:
    """Return a finding on words that don't say their fact with the words by which a shipped clause says it; any other as it is."""
    words = shipped_words(finding.about, language) if finding.rule == "statement.words" else ""
    if not words:
        return finding
    return replace(finding, hint=Wording(f"{finding.hint.fr}, comme « {words} »", f"{finding.hint.en}, such as '{words}'"))


def undefined_names(folders: TemplateFolders) -> dict[str, list[str]]:
    """Return, for each language, the words that clauses write with a capital and nothing defines, in order."""
    outline, facts = read_outline(folders), facts_model(declared_in(folders.lowest_first()))
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        document = read_clauses(outline, language, folders, facts).document()
        found[language] = sorted(DefinedTerms(document, read_names(folders, language), capitalised_in(document)).undefined())
    return found


def compared(first: Clauses, second: Clauses, folders: TemplateFolders) -> Iterator[Diagnostic]:
    """Yield what differs between the clauses of two languages, each with the places in both templates."""
    one, other = (Document(clauses.language, tuple(clauses.sections)) for clauses in (first, second))  # a part is a file as a clause is
    yield from clause_differences(one, other, {**first.unread, **second.unread}, folders.rank)
    theirs = {section.id: section for section in second.sections}
    for section in first.sections:
        if section.id in theirs:
            mine = first.pieces(section, partial(figures, language=first.language))
            yield from piece_differences(
                mine, second.pieces(theirs[section.id], partial(figures, language=second.language)), section.id, folders.rank
            )
    if not (first.unread or second.unread):
        differing = term_differences(_terms(first, folders), _terms(second, folders), one, other, folders.rank)
        # Of shipped clauses by themselves none differs: a term that a layer took from one language is said there.
        yield from (each for each in differing if not folders.own() or folders.rank(each.file) < len(folders.folders) - 1)


def _terms(clauses: Clauses, folders: TemplateFolders) -> dict[str, set[str]]:
    """Return the defined terms that each clause uses."""
    terms = DefinedTerms(clauses.document(), read_names(folders, clauses.language))
    return {section.id: terms.used_in(section) for section in clauses.sections}


def _given(value: object, path: str) -> Iterator[str]:
    """Yield the fields that data has a value for, by their paths without items; what a model has by default nobody gave."""
    if isinstance(value, Model):
        for name in value.model_fields_set:
            yield from _given(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, tuple):
        for each in value:
            yield from _given(each, path)
    if path and value not in (None, ()):
        yield path


def _unprinted(
    used: set[tuple[type[Model], str]], folders: TemplateFolders, facts: type[OwnFacts], outline: tuple[OutlineEntry, ...], known: set[str]
) -> Iterator[Diagnostic]:
    """Yield a finding for the fields of the data that no template prints or tests, one for each file that printed some before a layer was laid over it."""
    paths = {**all_paths(), **all_paths(facts, "facts")}
    unprinted = [(model, field) for model, field in paths.keys() - used - {(Agreement, "facts")} if model.is_printed(field)]
    over = [each for language in LANGUAGES for each in Overlays(folders, outline, language).over()] if unprinted else []
    below = [(overlay, _fields_below(overlay, facts)) for overlay in over]
    by_place: dict[tuple[str, int | None, Severity], list[Wording]] = defaultdict(list)
    for model, field in sorted(unprinted, key=lambda each: paths[each]):
        label, path = model.label_of(field), paths[model, field]
        blamed = next((overlay for overlay, fields in below if (model, field) in fields), None)
        is_lost = not folders.own() or DataPath(path).fields in known
        place = (blamed.file, blamed.line) if blamed else (folders.name("outline.yaml"), 1)
        by_place[(*place, Severity.WARNING if is_lost else Severity.INFO)].append(Wording(f"« {path} » ({label.fr})", f"'{path}' ({label.en})"))
    for (file, line, severity), named in by_place.items():
        yield Diagnostic(
            "field.unprinted",
            severity,
            Wording(f"aucun modèle n'imprime {', '.join(each.fr for each in named)}", f"no template prints {', '.join(each.en for each in named)}"),
            Wording(
                "l'imprimer dans une clause, ou laisser le champ sans valeur : ce que l'on saisit doit se lire",
                "print it in a clause, or leave the field without a value: what is filled in must be seen",
            ),
            file=file,
            line=line,
        )


def _fields_below(overlay: Overlay, facts: type[OwnFacts]) -> set[tuple[type[Model], str]]:
    """Return the fields that the clauses under an overlay use, where they can be read."""
    used: set[tuple[type[Model], str]] = set()
    for text in overlay.below:
        with suppress(FindingsError):
            used |= unfold(text, overlay.file, overlay.clause, facts).analyzer.used
    return used


def _uncovered(agreements: Sequence[Agreement], language: str, folders: TemplateFolders) -> Iterator[Diagnostic]:
    """Yield a warning for each condition that no agreement makes true, or false."""
    covered = coverage(agreements, read_outline(folders), language, folders)
    yield from covered.faults
    for outcome, rule, fr, en in ((True, "coverage.never-true", "vraie", "true"), (False, "coverage.never-false", "fausse", "false")):
        for file, line, _ in covered.never(outcome):
            yield Diagnostic(
                rule,
                Severity.WARNING,
                Wording(f"aucune donnée ne rend cette condition {fr}", f"no data makes this condition {en}"),
                Wording(
                    "donner avec --data un fichier client qui le fait, et lire ce qu'il imprime",
                    "give a client file with --data that does, and read what it prints",
                ),
                file=file,
                line=line,
            )
