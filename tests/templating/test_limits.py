"""Templates print and choose; what would work without end, or fill the memory, is refused after a bounded amount of work."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from jinja2 import TemplateRuntimeError

from snc_docs import Agreement, FindingsError, assemble
from snc_docs.templating import limits


def _rules(outscale: Agreement, folder: Path, body: str) -> list[str]:
    (folder / "fr").mkdir()
    (folder / "fr" / "purpose.md.j2").write_text(f"# Objet {{#purpose}}\n\n{body}\n", encoding="utf-8")
    try:
        assemble(outscale, "fr", folder)
    except FindingsError as error:
        return [each.rule for each in error.diagnostics]
    return []


_NEST = "{% for a in third_parties.others %}\n"


@pytest.mark.parametrize(
    "body",
    [
        '{{ "a" * 300000000 }}',
        "{{ 9 ** 99999999 }}",
        '{{ "%0999999999d" % 1 }}',
        '{{ "a".center(999999999) }}',
        '{{ "a".join("bc") }}',
        "{{ 1 + 1 }}",
        "{{ -1 }}",
        "{% set a = 'x' %}{{ a }}",
        "{% macro m() %}x{% endmacro %}",
        "{% filter upper %}x{% endfilter %}",
        "{% with a = 1 %}x{% endwith %}",
        "{% extends 'x' %}",
        "{% block x %}y{% endblock %}",
        "{{ [1, 2][0:1] }}",
        "{{ {'a': 1} }}",
        "{{ range(99999999) }}",
        "{{ loop.cycle('a', 'b') }}",
    ],
)
def test_what_computes_or_calls_is_refused(outscale: Agreement, tmp_path: Path, body: str) -> None:
    assert _rules(outscale, tmp_path, body) == ["template.control"]


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (_NEST * 11 + "{% endfor %}\n" * 11, "template.fault"),
        ("{% for a in 'abcdefghijklmnopqrstuvwxyz' %}" * 8 + "{% endfor %}" * 8, "template.fault"),
        (_NEST * 4 + "word " * 5000 + "\n" + "{% endfor %}\n" * 4, "template.fault"),
        ("[" * 200_000, "markdown.not-in-dialect"),
        ("![a](" * 50_000, "markdown.not-in-dialect"),
        ("> " * 50_000 + "x", "markdown.too-deep"),
        ("1. " * 3_000 + "x", "markdown.too-deep"),
    ],
)
def test_what_would_never_end_is_refused_soon(outscale: Agreement, tmp_path: Path, body: str, rule: str) -> None:
    started = time.process_time()
    assert set(_rules(outscale, tmp_path, body)) == {rule}
    assert time.process_time() - started < 60, "bounded work, however slow the machine"


def test_loops_within_the_limit_are_as_they_were(outscale: Agreement, tmp_path: Path) -> None:
    body = "{% for a in third_parties.others %}\n- {{ loop.index }} {{ loop.length }} {{ a.name }}{{ loop.last|choose('.', ';') }}\n{% endfor %}"
    assert _rules(outscale, tmp_path, body) == []
    budget = limits.Budget()
    budget.spend(limits.MAX_TURNS)
    with pytest.raises(TemplateRuntimeError, match="turns"):
        budget.spend(1)
