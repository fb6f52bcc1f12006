"""A third language: whole, it gives a document in it; without any one of what it needs, an error says so, and never another language's words."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from snc_docs import Agreement, SncDocsError, errors, inspect, write
from snc_docs.document.nodes import Document
from snc_docs.language.english import English
from snc_docs.language.known import WRITINGS
from snc_docs.language.writing import Words, Writing
from snc_docs.model.kinds import LocalizedText, LocalizedUrl
from tests.tools import ROOT, all_text, paragraph_texts, xml

CODE = "qy"


class Toy(English):
    """English that writes dates and shares otherwise, and calls an article a rule."""

    code = CODE
    words = Words("en-GB", "Rule", "Annexe", "part", "Leaf", "in", "Issue", "SKETCH", " = ", " (moved)")

    def dated(self, text: str, day: date) -> str:
        return f"{text[-4:]}|{day.month}|{day.day}"

    def in_place(self, code: str, name: str) -> str:
        return f"within {self.with_article(code, name)}"


def _writing(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setitem(WRITINGS, CODE, Toy())


def _texts(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    """Give every Wording a text in the language."""
    monkeypatch.setitem(errors._PLACES, CODE, 1)


def _data(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    """Give every text and address of the data one in the language."""
    for kind in (LocalizedText, LocalizedUrl):
        plain = kind.in_language
        monkeypatch.setattr(kind, "in_language", lambda self, language, plain=plain: plain(self, "en" if language == CODE else language))


def _templates(_: pytest.MonkeyPatch, folder: Path) -> None:
    shutil.copytree(ROOT / "templates" / "en", folder / CODE)


def _listed(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr("snc_docs.assembly.LANGUAGES", ("fr", "en", CODE))


STEPS: dict[str, Callable[[pytest.MonkeyPatch, Path], None]] = {
    "its writing": _writing,
    "texts for people": _texts,
    "texts of the data": _data,
    "its templates": _templates,
    "its code": _listed,
}


def _document(agreement: Agreement, folder: Path) -> Document:
    return inspect(agreement, CODE, folder).document  # type: ignore[arg-type]  # a language that a checker doesn't know yet


def test_with_all_that_it_needs_a_language_is_like_the_others(outscale: Agreement, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for step in STEPS.values():
        step(monkeypatch, tmp_path)
    document = _document(outscale, tmp_path)
    text = all_text(document)
    assert ("2026|" in text, "within the European Union" in text, "September 2026" in text) == (True, True, False)
    for shown in (" ".join(paragraph_texts(xml(write(document, "docx")))), write(document, "html").decode()):
        assert re.search(r"Rule\s\d", shown)
        assert not re.search(r"Article\s\d", shown)


@pytest.mark.parametrize("lacking", STEPS)
def test_without_any_of_it_there_is_an_error_and_no_other_language(
    outscale: Agreement, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lacking: str
) -> None:
    for name, step in STEPS.items():
        if name != lacking:
            step(monkeypatch, tmp_path)
    with pytest.raises((KeyError, SncDocsError), match=CODE):
        _document(outscale, tmp_path)


def test_a_language_that_lacks_a_rule_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="Partial lacks locale, number_words, words, groups, decimal"):
        type("Partial", (Writing,), {"code": CODE})
    given = {name: getattr(English, name) for name in Writing.__annotations__}
    with pytest.raises(TypeError, match="abstract method"):
        type("Mute", (Writing,), given)()
