"""Names that a layer's clauses use are taken into its list on demand, and what is no term isn't asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from snc_docs.checking.names import with_names
from tests.tools import run_command


def _layer(folder: Path, english: str, french: str = "Rien.") -> Path:
    for language, words in (("en", english), ("fr", french)):
        (folder / language).mkdir(parents=True, exist_ok=True)
        title = {"en": "Purpose", "fr": "Objet"}[language]
        (folder / language / "purpose.md.j2").write_text(f"# {title} {{#purpose}}\n\n{words}\n", encoding="utf-8")
    return folder


def _undefined(folder: Path) -> list[str]:
    shown = run_command("check", "--templates", folder).stderr
    return [line.split("'")[1] for line in shown.splitlines() if "[term.undefined]" in line and str(folder) in line]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Work is done in France and Germany, on Monday or in July, in French.", []),
        ("It says so (Something else) here.", []),
        ("The Works are done by the Builder, as the Builder says.", ["Works", "Builder"]),
        ("First words: Those of a list too. Another sentence.", []),
        ("The GDPR and ANSSI are known.", []),
    ],
)
def test_what_is_no_term_is_not_asked_about(tmp_path: Path, words: str, found: list[str]) -> None:
    assert _undefined(_layer(tmp_path, words)) == found


def test_an_unused_or_undefined_term_stops_nothing_unless_strict(tmp_path: Path) -> None:
    from tests.tools import EXAMPLES

    client, out = EXAMPLES / "minimal" / "client.yaml", tmp_path / "out"
    layer = _layer(tmp_path / "layer", "The Works are done.", "Les Travaux sont faits.")
    assert run_command("build", client, "--templates", layer, "--format", "html", "-o", out).exit_code == 0
    for command in (("build", client, "-o", out / "strict"), ("check", client)):
        result = run_command(*command, "--templates", layer, "--strict")
        assert (result.exit_code, result.stderr.count("error: 'Works'")) == (2, 1)
    assert not (out / "strict").exists()


def test_accepted_names_are_found_no_more_and_the_file_keeps_its_words(tmp_path: Path) -> None:
    layer = _layer(tmp_path, "The Works are done by the Builder.", "Les Travaux sont faits par le Maître.")
    (layer / "names.yaml").write_text("# Ours.\nen: [Zebra, Builder]\n\navoid:\n  en: []\n", encoding="utf-8")
    assert _undefined(layer) == ["Works", "Travaux", "Maître"]
    assert run_command("check", "--templates", layer, "--accept-names").exit_code == 0
    text = (layer / "names.yaml").read_text(encoding="utf-8")
    assert text.startswith("# Ours.\n")
    data = yaml.safe_load(text)
    assert (data["en"], data["fr"], data["avoid"]) == (["Builder", "Works", "Zebra"], ["Maître", "Travaux"], {"en": []})
    assert _undefined(layer) == []
    before = (layer / "names.yaml").read_bytes()
    run_command("check", "--templates", layer, "--accept-names")
    assert (layer / "names.yaml").read_bytes() == before


def test_the_shipped_folder_is_never_written() -> None:
    assert run_command("check", "--templates", "--accept-names").exit_code == 2


@pytest.mark.parametrize("text", ["", "fr: [A]\n", "fr:\n  - A\n  - B\n# end\n", "en: []\nfr: [A,\n  B]\nother: 1\n", "# only a remark"])
def test_a_list_is_put_into_any_file(text: str) -> None:
    known = yaml.safe_load(text) or {}
    data = yaml.safe_load(with_names(text, known, {"fr": ["Yes", "C: d", "é"]}))
    assert set(data["fr"]) == {*(known.get("fr") or ()), "Yes", "C: d", "é"}
    assert {name: value for name, value in data.items() if name != "fr"} == {name: value for name, value in known.items() if name != "fr"}
