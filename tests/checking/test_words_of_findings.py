"""What the check says of each fault of a template, and where, in both languages: a golden file, so that a changed word is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from snc_docs.diagnostics import Diagnostic
from tests.checking.test_rules import FIXTURES, check, overlay
from tests.tools import assert_golden


def _said(finding: Diagnostic, folder: Path) -> str:
    def shown(text: str) -> str:
        return text.replace(str(folder), "own")

    return "\n".join(
        (
            f"{finding.rule} [{finding.severity}] {shown(finding.file or '–')}:{finding.line} {finding.clause} {finding.path}",
            f"  fr: {shown(finding.message.fr)}\n      → {shown(finding.hint.fr)}",
            f"  en: {shown(finding.message.en)}\n      → {shown(finding.hint.en)}",
        )
    )


def test_the_words_of_every_finding_on_templates(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    said = []
    for rule, (file, old, new) in FIXTURES.items():
        folder = tmp_path / rule
        folder.mkdir()
        if rule.startswith(("coverage.", "field.")):
            said.append(_both(folder, rule, old, new))
        else:
            said += [_said(each, folder) for each in check(overlay(folder, file, old, new), with_data=False)]
    assert_golden(request, "findings-of-templates.txt", "\n".join(said) + "\n")


def _both(folder: Path, rule: str, old: str, new: str) -> str:
    """Return what is said of a fault that has to be in both languages."""
    for language in ("fr", "en"):
        if rule == "field.unprinted":
            overlay(folder, f"{language}/appendix-b.md.j2", "{{ certificate.framework_version }}", "3.2")
        else:
            overlay(folder, f"{language}/audit.md.j2", old, new)
    return "\n".join(_said(each, folder) for each in check(folder, with_data=rule != "field.unprinted") if each.rule == rule)
