"""What the matrix says of every requirement, for people and for programs, in both languages: golden files, so that a changed word is read."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from snc_docs import assemble, assess, load_agreement
from snc_docs.compliance.matrix import as_data, matrix, summary
from snc_docs.document.nodes import Inline, Reference, Strong, Table
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
def test_the_matrix_of_each_example(request: pytest.FixtureRequest, example: str, language: str) -> None:
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
        said += [" | ".join(_shown(cell.children) for cell in row.cells) for row in table.rows]
    said.append(json.dumps(as_data(assessment, document), indent=1, ensure_ascii=False))
    assert_golden(request, f"matrix-{example}-{language}.txt", "\n".join(said) + "\n")
