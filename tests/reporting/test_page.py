"""The report as a page: opened in Chromium, clicked and keyed through, at desktop and phone width, in light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from snc_docs import Changes, Language, compare, load_agreement, report_page, version_of
from tests.browser import Browser
from tests.tools import LANGUAGES, TODAY, story

_MARKS = "[...document.querySelectorAll('main ins, main del')]"


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory) -> Changes:
    old, new = (version_of(load_agreement(path, today=TODAY), LANGUAGES) for path in story(tmp_path_factory.mktemp("story")))
    return compare(old, new)


@pytest.fixture(scope="module")
def page(changes: Changes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "changes.html"
    path.write_bytes(report_page(changes, "en"))
    return path


def test_keys_go_from_change_to_change_and_say_where(chromium: str, page: Path, tmp_path: Path) -> None:
    with Browser(chromium, tmp_path) as browser:
        browser.open(page)
        seen = []
        for key in "nnpp":
            browser.press(key)
            seen.append((browser.ask("document.querySelector('#report_status').textContent"), browser.ask("document.activeElement.textContent")))
        count = int(seen[0][0].rpartition(" ")[2])
        assert [each[0] for each in seen] == [f"Change {number} of {count}" for number in (1, 2, 1, count)]
        assert seen[0] == seen[2]
        assert seen[0][1] == "1.0"
        box = browser.ask(
            "(() => { const r = document.querySelector('.current').getBoundingClientRect(); return [r.top, r.bottom, innerHeight]; })()"
        )
        assert 0 <= box[0] < box[1] <= box[2]
        browser.click("#report_next")
        assert browser.ask("document.querySelector('#report_status').textContent") == f"Change 1 of {count}"


def test_the_filter_hides_entries_and_mutes_their_marks(chromium: str, page: Path, tmp_path: Path) -> None:
    shown = "[...document.querySelectorAll('#report_changes li')].filter(each => each.offsetParent !== null).map(each => each.dataset.weight)"
    with Browser(chromium, tmp_path) as browser:
        browser.open(page)
        everything = browser.ask(shown)
        browser.press("n")
        stops = int(browser.ask("document.querySelector('#report_status').textContent").rpartition(" ")[2])
        browser.click("input[value=editorial]")
        assert browser.ask(shown) == [weight for weight in everything if weight != "editorial"]
        kept = len(browser.ask(shown))
        assert browser.ask("document.querySelector('#report_status').textContent") == f"{kept} of {len(everything)} changes shown"
        assert browser.ask("document.querySelector('#cover').classList.contains('muted')") is True
        browser.press("n")
        assert int(browser.ask("document.querySelector('#report_status').textContent").rpartition(" ")[2]) < stops
        browser.click("input[value=editorial]")
        assert browser.ask(shown) == everything


def test_side_by_side_shows_each_version_in_its_column_and_back(chromium: str, page: Path, tmp_path: Path) -> None:
    visible = f"{_MARKS}.filter(each => each.offsetParent !== null).map(each => [each.tagName, each.closest('.old') ? 'old' : 'new'].join()).sort()"
    with Browser(chromium, tmp_path) as browser:
        browser.open(page)
        before = browser.ask("document.querySelector('main').innerHTML")
        browser.click("input[value=side-by-side]")
        assert set(browser.ask(visible)) == {"DEL,old", "INS,new"}
        identifiers = browser.ask("[...document.querySelectorAll('[id]')].map(each => each.id)")
        assert len(identifiers) == len(set(identifiers))
        browser.press("n")
        assert browser.ask("document.querySelector('.current').tagName") == "DEL"
        browser.press("n")
        browser.click("input[value=inline]")
        after = browser.ask("document.querySelector('main').innerHTML")
        assert re.sub(r' class="(current)?"| tabindex="-1"', "", after) == before


def test_entries_lead_to_their_clauses(chromium: str, page: Path, tmp_path: Path) -> None:
    with Browser(chromium, tmp_path) as browser:
        browser.open(page)
        links = browser.ask("[...document.querySelectorAll('#report_changes a')].map(each => each.getAttribute('href'))")
        assert links[0] == "#cover"
        assert len(links) == 8
        assert (
            browser.ask("[...document.querySelectorAll('#report_changes a')].every(each => document.querySelector(each.getAttribute('href')))")
            is True
        )


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("width", "height"), [(1400, 1000), (390, 844)])
def test_nothing_overflows_and_words_stand_out_from_the_paper(chromium: str, page: Path, tmp_path: Path, width: int, height: int, dark: bool) -> None:  # noqa: FBT001  # pytest gives it
    with Browser(chromium, tmp_path / "profile", width, height) as browser:
        if dark:
            browser.prefer_dark()
        browser.open(page)
        for view in ("inline", "side-by-side"):
            browser.click(f"input[value={view}]")
            browser.press("n")
            assert browser.ask("document.documentElement.scrollWidth <= innerWidth") is True
        browser.picture(tmp_path / "page.png")
    with Image.open(tmp_path / "page.png") as picture:
        grey = picture.convert("L")
        darkest, lightest = grey.getextrema()
        paper = max(enumerate(grey.histogram()), key=lambda each: each[1])[0]
    assert (paper < 64) is dark
    assert lightest - darkest > 150  # type: ignore[operator]  # one band has one pair


def test_in_print_the_list_and_the_text_are_there_and_the_tools_are_not(chromium: str, page: Path, tmp_path: Path) -> None:
    with Browser(chromium, tmp_path) as browser:
        browser.call("Emulation.setEmulatedMedia", media="print")
        browser.open(page)
        hidden = "['.tools', '.steps'].every(each => document.querySelector(each).offsetParent === null)"
        assert browser.ask(hidden) is True
        assert (
            browser.ask(
                "document.querySelector('#report_changes li').offsetParent !== null && document.querySelector('main ins').offsetParent !== null"
            )
            is True
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_fetches_nothing_and_names_what_it_shows(changes: Changes, language: Language) -> None:
    page = html.fromstring(report_page(changes, language).decode())
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert page.xpath("//*[@src and not(starts-with(@src, 'data:'))] | //link") == []
    assert page.get("lang") == {"fr": "fr-FR", "en": "en-GB"}[language]
    labelled = page.xpath("//ol[@aria-labelledby]/@aria-labelledby")
    assert [each for each in labelled if not page.xpath(f"//*[@id='{each}']")] == []
    identifiers = page.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    old, new = story(tmp_path)
    text = new.read_text(encoding="utf-8").replace("Nadia Benali", "</script><script>alert(1)</script><b>")
    new.write_text(text, encoding="utf-8")
    first, second = (version_of(load_agreement(path, today=TODAY), ["en"]) for path in (old, new))
    changes = compare(first, second)
    page = report_page(changes, "en").decode()
    assert page.count("<script>") == 1
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in page
