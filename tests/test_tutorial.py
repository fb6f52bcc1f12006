"""docs/tutorial.md, a client's years told by commands alone: every step as it is written, in both languages, and each document that it makes read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from snc_docs.language import LANGUAGES
from tests.pages import followed, page, steps
from tests.tools import paragraph_texts, xml

_NAME = "tutorial.md"
_LETTERS = {"fr": ("Fibre Exemple", "Réseau Exemple", "Maud Reinier"), "en": ("Fibre Exemple", "Réseau Exemple", "Maud Reinier")}


@pytest.fixture(scope="module", params=LANGUAGES)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which the page was followed to its end; only the check of the mistyped number has ended with 2."""
    folder = tmp_path_factory.mktemp("tutorial")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        ended = list(followed(page(_NAME, request.param), folder, request.param))
    assert [(each.command, each.said) for each in ended if each.code not in ((0, 1) if " diff " in each.command else (0,))][1:] == []
    assert [each.code for each in ended if each.code == 2] == [2]
    assert len(ended) == 12
    return folder


def _words(file: Path) -> str:
    text = "\n".join(paragraph_texts(xml(file.read_bytes())))
    return re.sub("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", " ", text)


def test_the_questions_ask_for_what_was_not_known_then(told: Path) -> None:
    assert all(each in _words(told / "questions" / "fr" / "blanks.docx") for each in ("capital social", "ville du greffe", "Compte technique"))
    assert "share capital" in _words(told / "questions" / "en" / "blanks.docx")


@pytest.mark.parametrize(("language", "stated"), [("fr", "au capital de 50 000 €"), ("en", "€50,000")])
def test_what_was_signed_says_what_the_client_answered(told: Path, language: str, stated: str) -> None:
    text = _words(told / "issued" / "SNC-2027-001" / language / "agreement.docx")
    assert [each for each in (stated, "Annecy", "999 999 030", "Réseau Exemple", "Maud Reinier") if each not in text] == []
    assert json.loads((told / "issued" / "SNC-2027-001" / "agreement.json").read_text(encoding="utf-8"))["reference"] == "SNC-2027-001"


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [("fr", "trente (30) jours", "quarante-cinq (45) jours"), ("en", "thirty (30) days", "forty-five (45) days")],
)
def test_the_renewed_baseline_reaches_the_client_whole(told: Path, language: str, before: str, after: str) -> None:
    package = told / "amendments" / "SNC-2027-001" / language
    agreement = _words(package / "agreement.docx")
    assert (after in agreement, before in agreement, "Fibre Exemple" in agreement, "Réseau Exemple" in agreement) == (True, False, True, False)
    letter = _words(package / "notice-letter.docx")
    assert [each for each in _LETTERS[language] if each not in letter] == []
    assert after in _words(package / "amendment.docx")
    assert "Réseau Exemple" in (package / "changes.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("folder", "language", "agreed"), [("amendment-2", "fr", "soixante (60) jours"), ("amendment-2-en", "en", "sixty (60) days")]
)
def test_what_the_client_asked_for_is_signed_by_both_and_notified_by_nobody(told: Path, folder: str, language: str, agreed: str) -> None:
    package = told / folder / language
    assert agreed in _words(package / "agreement.docx")
    assert agreed in _words(package / "amendment.docx")
    assert not (package / "notice-letter.docx").exists()
    assert "Maud Reinier" in _words(package / "covering-letter.docx")


@pytest.mark.parametrize(("language", "day"), [("fr", "23 janvier 2029"), ("en", "23 January 2029")])
def test_the_end_is_certified(told: Path, language: str, day: str) -> None:
    text = _words(told / "closed" / language / "deletion-certificate.docx")
    assert [each for each in (day, "Vergers du Lac", "SNC-2027-001", "Camille Exemple") if each not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_of_the_page_is_a_step(language: str) -> None:
    text = page(_NAME, language)
    taken = list(steps(text))
    assert len(taken) == len(re.findall(r"^```\w*\n.*?^```$", text, flags=re.DOTALL | re.MULTILINE))
    assert {step.file for step in taken if step.file} == {"agreements/vergers.yaml", "agreements/baseline.yaml"}
    assert all(step.file for step in taken if step.what == "change")
