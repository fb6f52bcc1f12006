"""Whatever a verdict rests on, taking it away changes the verdict: a rule that no mutation can change is a defect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from snc_docs import Agreement, assemble, assess, load_agreement
from snc_docs.compliance.assessment import Finding
from snc_docs.compliance.catalogue import catalogue
from snc_docs.document.nodes import Block, Document, Paragraph, Section, Signatures, Statement, Text, Value
from snc_docs.document.walk import map_blocks, rewrite, sections_of, walk
from snc_docs.language import Language
from snc_docs.model.periods import Delay
from tests.tools import EXAMPLES, LANGUAGES, TODAY

Mutation = Callable[[Document], Document]


@pytest.fixture(scope="module", params=["complete", "outscale"])
def agreement(request: pytest.FixtureRequest) -> Agreement:
    return load_agreement(EXAMPLES / str(request.param) / "client.yaml", today=TODAY)


def _rewritten(document: Document, change: Callable[[Any], Any]) -> Document:
    return replace(document, sections=tuple(rewrite(section, change) for section in document.sections))


def _unmarked(fact: str) -> Mutation:
    return lambda document: _rewritten(document, lambda node: node.children if isinstance(node, Statement) and fact in node.facts else node)


def _emptied(fact: str) -> Mutation:
    return lambda document: _rewritten(
        document, lambda node: replace(node, children=(Text(" "),)) if isinstance(node, Statement) and fact in node.facts else node
    )


def _reworded(fact: str) -> Mutation:
    return lambda document: _rewritten(
        document, lambda node: replace(node, children=(Text("xyz"),)) if isinstance(node, Statement) and fact in node.facts else node
    )


def _unmarked_in(clause: str, fact: str) -> Mutation:
    def change(node: Any) -> Any:
        return rewrite(node, lambda each: each.children if isinstance(each, Statement) and fact in each.facts else each)

    return lambda document: replace(document, sections=tuple(change(section) if section.id == clause else section for section in document.sections))


def _same(document: Document) -> Document:
    return document


def _without_values(paths: tuple[str, ...]) -> Mutation:
    return lambda document: _rewritten(document, lambda node: () if isinstance(node, Value) and node.path in paths else node)


def _without_clause(identifier: str) -> Mutation:
    return lambda document: replace(
        document,
        sections=tuple(
            replace(section, blocks=tuple(block for block in section.blocks if not (isinstance(block, Section) and block.id == identifier)))
            for section in document.sections
            if section.id != identifier
        ),
    )


def _undeclared(identifier: str, requirement: str) -> Mutation:
    def change(node: Any) -> Any:
        if isinstance(node, Section) and node.id == identifier:
            return replace(node, covers=tuple(each for each in node.covers if each != requirement))
        return node

    return lambda document: _rewritten(document, change)


def _without_blocks(kinds: tuple[type, ...]) -> Mutation:
    def change(block: Block) -> tuple[Block, ...]:
        return () if isinstance(block, kinds) else (block,)

    return lambda document: replace(document, sections=tuple(map_blocks(section, change) for section in document.sections))


def _mutations(finding: Finding, document: Document) -> dict[str, Mutation]:
    """Return every way of taking away one thing that a finding rests on; what only adds colour to it isn't one."""
    mutations: dict[str, Mutation] = {}
    decisive = [point for point in finding.points if point.held and point.role != "delegation"]
    if finding.verdict.value == "delegated":
        decisive = [point for point in finding.points if point.held and point.role == "delegation"]
    if finding.verdict.value == "conflict":
        decisive = [point for point in finding.points if point.held and point.role == "conflict"]
    for point in decisive:
        dropped = _without_values(point.paths)
        if point.words:  # words and data can each state a fact
            mutations[f"unmark {point.fact}"] = _both(_unmarked(point.fact), dropped)
            mutations[f"empty {point.fact}"] = _both(_emptied(point.fact), dropped)
        if point.paths:
            mutations[f"drop {point.fact}"] = _both(_unmarked(point.fact), dropped)
    used = {section for point in decisive for section in point.sections}
    for clause in sections_of(document.sections):
        if finding.requirement.id in clause.covers and clause.id in used:
            mutations[f"remove {clause.id}"] = _without_clause(clause.id)
    return mutations


def _both(first: Mutation, second: Mutation) -> Mutation:
    return lambda document: second(first(document))


def _without_interfaces(document: Document) -> Document:
    paths = {node.path for node in walk(document) if isinstance(node, Value) and node.path.startswith("commitments.reversibility.interfaces")}
    return _both(_unmarked("reversibility-interfaces"), _without_values(tuple(paths)))(document)


# What says the same in another way is taken away first, so that one way is left.
_ALTERNATIVES: dict[str, Mutation] = {
    "19.1.b-1": _unmarked_in("contacts", "duties-of-client"),
    "19.1.i": _without_interfaces,
    "19.4.a": _without_values(("notices.final_deletion",)),
}
# A matrix that no clause refers to isn't asked for.
_HARMLESS = {("19.1.b-1", "remove responsibility-matrix"), ("19.1.b-1", "remove contacts")}


def _verdict(agreement: Agreement, document: Document, requirement: str) -> str:
    return next(each.verdict.value for each in assess(agreement, document, TODAY) if each.requirement.id == requirement)


@pytest.mark.parametrize("language", LANGUAGES)
def test_taking_away_what_a_verdict_rests_on_changes_it(agreement: Agreement, language: Language) -> None:
    document = assemble(agreement, language)
    unchanged, tried = [], 0
    whole = document
    for finding in assess(agreement, whole, TODAY):
        if finding.verdict.value not in ("met", "delegated", "conflict"):
            continue
        document = _ALTERNATIVES.get(finding.requirement.id, _same)(whole) if agreement.commitments.erasure else whole
        mutations = _mutations(finding, document)
        assert mutations, finding.requirement.id
        for name, mutate in mutations.items():
            tried += 1
            same = _verdict(agreement, mutate(document), finding.requirement.id) == finding.verdict.value
            if same and (finding.requirement.id, name) not in _HARMLESS:
                unchanged.append((finding.requirement.id, name))
    assert unchanged == []
    assert tried > 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_partial_verdict_is_missing_once_all_it_rests_on_is_gone(outscale: Agreement, language: Language) -> None:
    document = assemble(outscale, language)
    partial = [each for each in assess(outscale, document, TODAY) if each.verdict.value == "partial"]
    assert len(partial) == 6
    for finding in partial:
        mutated = document
        for mutate in _mutations(finding, document).values():
            mutated = mutate(mutated)
        assert (finding.requirement.id, _verdict(outscale, mutated, finding.requirement.id)) == (finding.requirement.id, "missing")


@pytest.mark.parametrize("language", LANGUAGES)
def test_marked_words_that_cannot_say_the_fact_prove_nothing(outscale: Agreement, language: Language) -> None:
    document = assemble(outscale, language)
    for requirement, fact in (("19.1.g", "termination-without-penalty"), ("19.1.l", "formal-written-consent"), ("19.1.p", "audit-by-passi")):
        assert _verdict(outscale, _reworded(fact)(document), requirement) == "partial"


def _changed(agreement: Agreement, part: str, **update: Any) -> Agreement:
    return agreement.model_copy(update={part: getattr(agreement, part).model_copy(update=update)})


DATA: list[tuple[str, str, dict[str, Any]]] = [
    ("19.1.b-2", "exclusions", {"example": True}),
    ("19.1.c", "governing_law", {"country": "CH"}),
    ("19.1.b-3", "locations", {"service": "US"}),
    ("19.1.o-1", "certificate", {"specimen": True}),
    ("19.2.d", "locations", {"technical_data": "US"}),
    ("1.3.3", "responsibility_matrix", {"rows": ()}),
]


@pytest.mark.parametrize(("requirement", "part", "update"), DATA, ids=str)
def test_a_fact_of_the_data_counts_as_well(requirement: str, part: str, update: dict[str, Any]) -> None:
    agreement = load_agreement(EXAMPLES / "complete" / "client.yaml", today=TODAY)
    document = assemble(agreement, "fr")
    assert _verdict(_changed(agreement, part, **update), document, requirement) != "met"


def test_periods_that_are_too_short_or_too_long_do_not_count() -> None:
    agreement = load_agreement(EXAMPLES / "complete" / "client.yaml", today=TODAY)
    erasure = agreement.commitments.erasure
    assert erasure is not None
    assert agreement.notices.compliance is not None
    late = agreement.notices.compliance.model_copy(update={"months": 2})
    short = erasure.model_copy(update={"notice": erasure.notice.model_copy(update={"days": 20})})
    for changed, requirement in (
        (_changed(agreement, "notices", compliance=late), "19.6.f"),
        (_changed(agreement, "notices", compliance=Delay(without_undue_delay=True)), "19.6.f"),
        (_changed(agreement, "commitments", erasure=short), "19.4.a"),
    ):
        assert _verdict(changed, assemble(changed, "fr"), requirement) == "partial"


def test_data_proves_something_in_the_clauses_that_declare_the_requirement_alone() -> None:
    agreement = load_agreement(EXAMPLES / "complete" / "client.yaml", today=TODAY)
    document = assemble(agreement, "fr")
    for clause, requirement in (("availability", "19.1.j"), ("secure-erasure", "19.4.a"), ("data-handling", "19.1.d"), ("exclusions", "19.1.b-2")):
        assert _verdict(agreement, document, requirement) == "met"
        assert _verdict(agreement, _undeclared(clause, requirement)(document), requirement) != "met"


def test_one_signature_is_not_two(outscale: Agreement) -> None:
    document = assemble(outscale, "fr")
    single = _rewritten(document, lambda node: replace(node, columns=node.columns[:1]) if isinstance(node, Signatures) else node)
    assert _verdict(outscale, single, "19.1.a-1") == "partial"
    assert _verdict(outscale, _without_blocks((Signatures,))(document), "19.1.a-1") == "partial"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_declaration_of_the_outline_is_borne_out_by_an_example(language: Language) -> None:
    declared, borne_out = set(), set()
    for name in ("complete", "outscale"):
        agreement = load_agreement(EXAMPLES / name / "client.yaml", today=TODAY)
        document = assemble(agreement, language)
        for finding in assess(agreement, document, TODAY):
            used = {section for point in finding.points for section in point.sections}
            for clause in sections_of(document.sections):
                if finding.requirement.id in clause.covers:
                    declared.add((clause.id, finding.requirement.id))
                    if used & {node.id for node in walk(clause) if isinstance(node, Section)}:
                        borne_out.add((clause.id, finding.requirement.id))
    assert declared - borne_out == set()


def test_a_contradiction_counts_wherever_it_stands() -> None:
    agreement = load_agreement(EXAMPLES / "complete" / "client.yaml", today=TODAY)
    document = assemble(agreement, "en")
    words = Statement(("change-by-notice",), (Text("The new version applies from that date"),))
    contrary = Section("extra", "clause", (Text("Extra"),), (Paragraph((words,)),))
    (finding,) = (
        each for each in assess(agreement, replace(document, sections=(*document.sections, contrary)), TODAY) if each.requirement.id == "19.1.a-2"
    )
    assert (finding.verdict.value, [point.fact for point in finding.to_mend]) == ("conflict", ["change-by-notice"])


@pytest.mark.parametrize(
    "path", ["governing_law.country", "commitments.erasure.notice", "commitments.erasure.period", "commitments.erasure.methods[0]"]
)
def test_a_statement_without_the_data_it_rests_on_proves_nothing(path: str) -> None:
    agreement = load_agreement(EXAMPLES / "complete" / "client.yaml", today=TODAY)
    others = {  # what says the same
        "commitments.erasure.methods[0]": tuple(f"commitments.erasure.methods[{index}]" for index in range(3)),
        "commitments.erasure.period": (path, "notices.final_deletion"),
    }
    dropped = _without_values(others.get(path, (path,)))(assemble(agreement, "fr"))
    assert _verdict(agreement, dropped, "19.1.c" if path.startswith("governing") else "19.4.a") != "met"


@pytest.mark.parametrize(
    ("fact", "language", "text", "states"),
    [
        ("termination-without-penalty", "en", "without owing any penalty", True),
        ("termination-without-penalty", "en", "without incurring any further charge", True),
        ("termination-without-penalty", "fr", "sans être redevable d’aucune pénalité", True),
        ("termination-without-penalty", "fr", "sans avoir à payer d'indemnité", True),
        ("technical-data-location", "fr", "Le support technique est assuré en France.", False),
        ("technical-data-location", "fr", "Les données techniques restent en France.", True),
        ("technical-data-location", "en", "Technical support is given from France.", False),
        ("technical-data-location", "en", "Technical data stays in France.", True),
    ],
)
def test_what_words_state_a_fact(fact: str, language: str, text: str, states: object) -> None:
    assert catalogue().facts[fact].is_in(text, language) is states
