"""What the matrix says of every requirement, for people and for programs, in both languages: golden files, so that a changed word is read."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from snc_docs import Verdict, assemble, assess, load_agreement
from snc_docs.compliance.assessment import Finding
from snc_docs.compliance.catalogue import Kind, catalogue
from snc_docs.compliance.matrix import as_data, matrix, summary
from snc_docs.document.nodes import Inline, Paragraph, Reference, Strong, Table
from snc_docs.language import Language
from tests.tools import EXAMPLES, LANGUAGES, TODAY, assert_golden


def _shown(children: Iterable[Inline]) -> str:
    """Return a text, bold marked and references named by what they lead to."""
    return "".join(
        f"*{_shown(each.children)}*"
        if isinstance(each, Strong)
        else f"[{each.target}]"
        if isinstance(each, Reference)
        else str(getattr(each, "text", each))
        for each in children
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", ["outscale", "complete"])
def test_the_matrix_of_each_example(request: pytest.FixtureRequest, example: str, language: Language) -> None:
    agreement = load_agreement(EXAMPLES / example / "client.yaml", today=TODAY)
    document = assemble(agreement, language)
    assessment = assess(agreement, document, TODAY)
    said = [summary(assessment).in_language(language)]
    for mend in (False, True):
        section = matrix(assessment, language, "appendix", mend=mend)
        (table,) = (block for block in section.blocks if isinstance(block, Table))
        said += [
            _shown(section.title),
            str([column.width for column in table.columns]),
            " | ".join(_shown(column.title) for column in table.columns),
        ]
        said += [("# " if row.group else "") + " | ".join(_shown(cell.children) for cell in row.cells) for row in table.rows]
        said += [_shown(block.children) for block in section.blocks if isinstance(block, Paragraph)]
    said.append(json.dumps(as_data(assessment, document), indent=1, ensure_ascii=False))
    assert_golden(request, f"matrix-{example}-{language}.txt", "\n".join(said) + "\n")


@pytest.mark.parametrize(
    ("verdict", "one", "two"),
    [
        (Verdict.MET, ("1 satisfaite", "1 met"), ("2 satisfaites", "2 met")),
        (Verdict.NOT_APPLICABLE, ("1 sans objet", "1 not applicable"), ("2 sans objet", "2 not applicable")),
        (Verdict.PARTIAL, ("1 partielle", "1 partial"), ("2 partielles", "2 partial")),
        (Verdict.DELEGATED, ("1 déléguée", "1 delegated"), ("2 déléguées", "2 delegated")),
        (Verdict.MISSING, ("1 absente", "1 missing"), ("2 absentes", "2 missing")),
        (Verdict.CONFLICT, ("1 contradiction", "1 conflict"), ("2 contradictions", "2 conflicts")),
    ],
)
def test_verdicts_are_counted_in_the_number_that_they_have(verdict: Verdict, one: tuple[str, str], two: tuple[str, str]) -> None:
    binding = [each for each in catalogue().requirements.values() if each.kind is Kind.BINDING]
    for count, (french, english) in ((1, one), (2, two)):
        found = [Finding(each, verdict if index < count else _OTHER[verdict], ()) for index, each in enumerate(binding)]
        said = summary(tuple(found))
        assert french in said.fr.rstrip(".").split("\u00a0: ")[1].split(", ")
        assert english in said.en.rstrip(".").split(": ")[1].split(", ")


_OTHER = {verdict: Verdict.MET if verdict is not Verdict.MET else Verdict.MISSING for verdict in Verdict}
