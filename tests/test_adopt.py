"""docs/adopt.md, step by step: its files are written as it gives them, its commands run as it gives them, and what it shows is what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from snc_docs.language import LANGUAGES
from tests.pages import followed, page, steps
from tests.tools import paragraph_texts, xml

_NAME = "adopt.md"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_followed_from_the_word_file_to_the_layer(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ended = list(followed(page(_NAME, language), tmp_path, language))
    assert [(command, code) for command, code, _ in ended if code != 0] == []
    assert len(ended) == 14
    _, _, last_check = next(each for each in reversed(ended) if "--accept-names" in each[0])
    assert not re.search("(?<!0 )erreur|(?<!0 )error", last_check)
    (layers,) = [said for command, _, said in ended if command.startswith("make-agreement layers") and "--accept" not in command]
    assert re.search(r"insurance +clause +2", layers)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_what_the_page_makes_says_what_its_files_say(spoken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    list(followed(page(_NAME, spoken), tmp_path, spoken))
    for language, words in (
        ("en", ("for thirty-six (36) months after the end", "given as set out in Article 4.", "for one year after its end", "Insurance")),
        ("fr", ("dure trente-six (36) mois après la fin", "donné comme il est dit à l’Article 4.", "un an après son terme", "Assurance")),
    ):
        text = _words(tmp_path / "out" / language / "agreement.docx")
        assert [each for each in words if each not in text] == []
    assert "Quality" not in _words(tmp_path / "out" / "en" / "agreement.docx")


def _words(file: Path) -> str:
    return "\n".join(paragraph_texts(xml(file.read_bytes()))).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_and_command_of_the_page_is_a_step(language: str) -> None:
    text = page(_NAME, language)
    taken = list(steps(text))
    assert sum(each.what == "run" for each in taken) == len(re.findall(r"^```sh$", text, flags=re.MULTILINE))
    assert {each.file for each in taken if each.what == "prepend"} == {"agreements/baseline.yaml", "agreements/client.yaml"}
