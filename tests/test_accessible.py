"""Every page that we write, by axe-core (WCAG 2.1 A and AA): in light and dark, on a desktop and a phone, and printed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from snc_docs import (
    AccountDeletion,
    Diagnostic,
    Severity,
    Wording,
    assemble,
    assess,
    compare,
    compliance_report,
    deletion_certificate,
    load_agreement,
    part_of,
    report_page,
    side_by_side,
    version_of,
    with_compliance_matrix,
    write,
)
from snc_docs.campaign.amending import Group
from snc_docs.reporting import campaign
from snc_docs.reporting.campaign import Outcome
from tests.browser import Browser
from tests.tools import EXAMPLES, LANGUAGES, TODAY, story

_WRONG = Diagnostic("data.siren-invalid", Severity.ERROR, Wording("faux", "wrong"), Wording("corriger", "mend"), "clients.csv", 3, "client.siren")
_OUTCOMES = (
    Outcome("SNC-1", "Alpha SA", "clients.csv", 2, "a" * 64, (("fr/agreement.docx", "0" * 64),)),
    Outcome("SNC-2", "Bêta SA", "clients.csv", 3, "b" * 64, findings=(_WRONG,)),
)
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a page of each kind by name."""
    folder = tmp_path_factory.mktemp("pages")
    agreements = {name: load_agreement(EXAMPLES / f"{name}.yaml", today=TODAY) for name in ("outscale/client", "complete/client")}
    outscale, complete = agreements["outscale/client"], agreements["complete/client"]
    whole, short = assemble(complete, "fr"), assemble(outscale, "en")
    verdicts = assess(complete, whole, date(2026, 12, 1))
    old, new = (version_of(load_agreement(path, today=TODAY), LANGUAGES) for path in story(tmp_path_factory.mktemp("story")))
    first, second = (version_of(each, ["fr"]) for each in (outscale, complete))
    contents = {
        "agreement": write(with_compliance_matrix(whole, verdicts), "html"),
        **{part: write(part_of(whole, part), "html") for part in ("appendix-a", "appendix-b", "appendix-c")},
        "deletion certificate": write(
            deletion_certificate(complete, AccountDeletion.model_validate({"account": "1", "checked_on": "2026-10-19"}), "fr"), "html"
        ),
        "unknown client": write(assemble(load_agreement(EXAMPLES / "outscale/client-unknown.yaml", today=TODAY), "en"), "html"),
        "side by side": write(side_by_side(assemble(outscale, "fr"), assemble(outscale, "en")), "html"),
        "compliance": write(compliance_report(short, assess(outscale, short, date(2026, 12, 1))), "html"),
        "changes": report_page(compare(old, new), "fr"),
        "changes of everything": report_page(compare(first, second), "fr"),
        "the same": report_page(compare(old, old), "en"),
        "campaign": campaign.report_page(_OUTCOMES, _OUTCOMES[1].findings, "fr"),
        "amendments of a campaign": campaign.summary_page([Group("notice", Wording("délais", "notices"), _OUTCOMES)], "en"),
    }
    for name, content in contents.items():
        (folder / f"{name}.html").write_bytes(content)
    return {name: folder / f"{name}.html" for name in contents}


# How the report of changes is looked at: in one text, in two columns, and with all changes ticked off.
_VIEWS = {"inline": "input[value=inline]", "beside": "input[value=side-by-side]", "muted": "input[name=weight]:checked"}
_SEEN = {1400: ("beside", "muted"), 390: ("inline",)}


@pytest.mark.parametrize("width", [1400, 390])
def test_no_page_keeps_anybody_out(chromium: str, node_modules: Path, pages: dict[str, Path], tmp_path: Path, width: int) -> None:
    found = {}
    with Browser(chromium, tmp_path, width, 900) as browser:
        for name, path in pages.items():
            browser.open(path)
            browser.ask(f"{_axe(node_modules)};0")
            for view in _SEEN[width] if name.startswith("changes") else ("",):
                if view:
                    browser.ask(f"document.querySelectorAll('{_VIEWS[view]}').forEach(each => each.click())")
                found[f"{name} {view}"] = _violations(browser, {"runOnly": _RULES})
    assert not any(found.values()), json.dumps({name: rules for name, rules in found.items() if rules}, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("media", ["dark", "print"])
def test_every_colour_is_seen_in_the_dark_and_on_paper(chromium: str, node_modules: Path, pages: dict[str, Path], tmp_path: Path, media: str) -> None:
    found = {}
    with Browser(chromium, tmp_path, 794, 1123) as browser:
        browser.call(
            "Emulation.setEmulatedMedia",
            media="print" if media == "print" else "screen",
            features=[{"name": "prefers-color-scheme", "value": "dark"}],
        )
        for name, path in pages.items():
            browser.open(path)
            browser.ask(f"{_axe(node_modules)};0")
            if name.startswith("changes"):
                browser.ask(f"document.querySelectorAll('{_VIEWS['muted']}').forEach((each, index) => index % 2 && each.click())")
            found[name] = _violations(browser, {"runOnly": {"type": "rule", "values": ["color-contrast"]}})
    assert not any(found.values()), json.dumps({name: rules for name, rules in found.items() if rules}, ensure_ascii=False, indent=1)


def test_nothing_is_cut_on_a_phone(chromium: str, pages: dict[str, Path], tmp_path: Path) -> None:
    """No page, and no part of one, is wider than the screen: nothing is to be scrolled sideways."""
    script = """JSON.stringify([...document.querySelectorAll("html, main *")].filter(each => each.scrollWidth > each.clientWidth + 1
        && each.clientWidth && getComputedStyle(each).display !== "inline" && !each.closest(".wide thead"))
        .map(each => each.tagName + "." + each.className + " " + each.textContent.trim().slice(0, 60)).slice(0, 5))"""
    with Browser(chromium, tmp_path, 390, 844) as browser:
        cut = {}
        for name, path in pages.items():
            browser.open(path)
            cut[name] = json.loads(browser.ask(script))
    assert cut == {name: [] for name in pages}


def _axe(node_modules: Path) -> str:
    return (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def _violations(browser: Browser, rules: dict[str, Any]) -> list[Any]:
    options = json.dumps({"resultTypes": ["violations"], **rules})
    answer = browser.ask(
        f"axe.run(document, {options}).then(each => JSON.stringify(each.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 120) + ' ' + node.failureSummary.slice(0, 160)).slice(0, 3)])))"
    )
    found: list[Any] = json.loads(answer)
    return found
