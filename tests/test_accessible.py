"""Every page that we write, by axe-core (WCAG 2.1 A and AA): in light and dark, on a desktop and a phone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from snc_docs import assemble, assess, compare, compliance_report, load_agreement, report_page, side_by_side, version_of, write
from tests.browser import Browser
from tests.tools import EXAMPLES, LANGUAGES, TODAY, story

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a page of each kind by name."""
    folder = tmp_path_factory.mktemp("pages")
    agreements = {name: load_agreement(EXAMPLES / f"{name}.yaml", today=TODAY) for name in ("outscale/client", "complete/client")}
    outscale, complete = agreements["outscale/client"], agreements["complete/client"]
    whole = assemble(complete, "fr")
    old, new = (version_of(load_agreement(path, today=TODAY), LANGUAGES) for path in story(tmp_path_factory.mktemp("story")))
    first, second = (version_of(each, ["fr"]) for each in (outscale, complete))
    contents = {
        "agreement": write(whole, "html"),
        "unknown client": write(assemble(load_agreement(EXAMPLES / "outscale/client-unknown.yaml", today=TODAY), "en"), "html"),
        "side by side": write(side_by_side(assemble(outscale, "fr"), assemble(outscale, "en")), "html"),
        "compliance": write(compliance_report(whole, assess(complete, whole, date(2026, 12, 1))), "html"),
        "changes": report_page(compare(old, new), "fr"),
        "changes of everything": report_page(compare(first, second), "fr"),
        "the same": report_page(compare(old, old), "en"),
    }
    for name, content in contents.items():
        (folder / f"{name}.html").write_bytes(content)
    return {name: folder / f"{name}.html" for name in contents}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_no_page_keeps_anybody_out(chromium: str, node_modules: Path, pages: dict[str, Path], tmp_path: Path, width: int, *, dark: bool) -> None:
    axe = (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    found = {}
    with Browser(chromium, tmp_path, width, 900) as browser:
        if dark:
            browser.prefer_dark()
        for name, path in pages.items():
            browser.open(path)
            browser.ask(f"{axe};0")
            for view in ("inline", "side-by-side") if name.startswith("changes") else ("",):
                if view:
                    browser.click(f"input[value={view}]")
                options = json.dumps({"resultTypes": ["violations"], "runOnly": _RULES})
                answer = browser.ask(
                    f"axe.run(document, {options}).then(each => JSON.stringify(each.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 120) + ' ' + node.failureSummary.slice(0, 160)).slice(0, 3)])))"
                )
                if json.loads(answer):
                    found[name, view] = json.loads(answer)
    assert not found, json.dumps([(str(name), rule, nodes) for name, rules in found.items() for rule, nodes in rules], ensure_ascii=False, indent=1)
