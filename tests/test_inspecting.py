"""What was found in an agreement is found at once the next time, as long as nothing that it depends on has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import astuple
from pathlib import Path

import pytest

from snc_docs import Agreement
from snc_docs.building import documents as looking
from snc_docs.building.inspecting import TICKED, findings_in, inspected
from snc_docs.kept import forget
from snc_docs.language import LANGUAGES, Language
from snc_docs.model.loading import Loaded, load
from snc_docs.shelf import shelf_in
from tests.test_kept import variants
from tests.tools import EXAMPLES, TODAY, write_pair

CLIENT = EXAMPLES / "outscale" / "client.yaml"
# A word that nothing defines, and a number that the other language doesn't say.
CLAUSE = "# Objet {#purpose}\n\nLa Convention est celle du Zanzibar, pour 77 jours.\n"


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Note each time that documents are looked at."""
    made: list[str] = []
    real = looking.looked_at

    def looked_at(agreement: Agreement, languages: tuple[Language, ...], templates: Path | None) -> object:
        made.append(",".join(languages))
        return real(agreement, languages, templates)

    monkeypatch.setattr(looking, "looked_at", looked_at)
    forget()
    yield made
    forget()


def _layer(folder: Path, text: str = CLAUSE) -> Path:
    (folder / "fr").mkdir(parents=True, exist_ok=True)
    (folder / "fr" / "purpose.md.j2").write_text(text, encoding="utf-8")
    return folder


def _found(loaded: Loaded, templates: Path | None = None, languages: tuple[Language, ...] = LANGUAGES) -> list[tuple[object, ...]]:
    return [astuple(each) for each in findings_in(loaded, languages, templates)]


def test_what_is_found_is_the_same_from_the_shelf_and_nobody_looks_again(tmp_path: Path, looks: list[str]) -> None:
    layer = _layer(tmp_path / "layer")
    agreements = [*map(Loaded.of, variants()), *(load(EXAMPLES / name / "client.yaml", today=TODAY) for name in ("outscale", "complete"))]
    cases = [(loaded, templates) for loaded in agreements for templates in (None, layer)]
    wanted = [_found(*case) for case in cases]
    rules = {finding[0] for each in wanted for finding in each}
    assert {"term.undefined", "parity.numbers"} <= rules
    with shelf_in(tmp_path / "shelf"):
        assert [_found(*case) for case in cases] == wanted
    looks.clear()
    with shelf_in(tmp_path / "shelf"):
        assert [_found(*case) for case in cases] == wanted
        documents = [inspected(loaded, LANGUAGES, templates)[0] for loaded, templates in cases]
    assert looks == []
    assert documents == [inspected(loaded, LANGUAGES, templates)[0] for loaded, templates in cases]


def _with_other_file(loaded: Loaded) -> Loaded:
    (file,) = loaded.agreement.attachments
    return Loaded.of(loaded.agreement.model_copy(update={"attachments": (file.model_copy(update={"content": file.content + b"\n"}),)}))


def _of_another_client(loaded: Loaded) -> Loaded:
    client = loaded.agreement.client.model_copy(update={"legal_name": "Autre SA"})
    return Loaded.of(loaded.agreement.model_copy(update={"client": client}))


@pytest.mark.parametrize("change", [_with_other_file, _of_another_client])
def test_other_data_is_looked_at(tmp_path: Path, looks: list[str], change: Callable[[Loaded], Loaded]) -> None:
    loaded = load(CLIENT, today=TODAY)
    for each in (loaded, change(loaded), loaded, change(loaded)):
        with shelf_in(tmp_path / "shelf"):
            _found(each)
    assert looks == ["fr,en"] * 2


def test_other_clauses_and_languages_are_looked_at(tmp_path: Path, looks: list[str]) -> None:
    loaded, layer = load(CLIENT, today=TODAY), tmp_path / "layer"

    def asked(languages: tuple[Language, ...] = LANGUAGES) -> str:
        with shelf_in(tmp_path / "shelf"):
            return str(_found(loaded, layer, languages))

    _layer(layer)
    assert "parity.numbers" in asked()
    assert "parity.numbers" not in asked(("fr",))
    _layer(layer, CLAUSE.replace(", pour 77 jours", ""))
    assert "parity.numbers" not in asked()
    assert "Zanzibar" in asked()
    (layer / "names.yaml").write_text("fr: [Zanzibar]\n", encoding="utf-8")
    assert "Zanzibar" not in asked()
    _layer(layer)
    (layer / "names.yaml").unlink()
    assert "parity.numbers" in asked()
    assert looks == ["fr,en", "fr", "fr,en", "fr,en"]  # the first clause was looked at before


def test_of_other_files_in_a_layer_the_names_count_alone(tmp_path: Path, looks: list[str]) -> None:
    loaded, layer = load(CLIENT, today=TODAY), _layer(tmp_path / "layer")
    (layer / "notes.pdf").write_bytes(b"1")

    def asked() -> str:
        with shelf_in(tmp_path / "shelf"):
            return str(_found(loaded, layer))

    assert "notes.pdf" in asked()
    (layer / "notes.pdf").write_bytes(b"2")
    (layer / "nowhere.md.j2").symlink_to(tmp_path / "nothing")
    assert "notes.pdf" in asked()
    assert len(looks) == 1
    (layer / "notes.pdf").unlink()
    assert "notes.pdf" not in asked()
    assert len(looks) == 2


def test_what_lies_beside_the_baseline_is_looked_at_each_time(tmp_path: Path) -> None:
    loaded = load(write_pair(tmp_path / "data"), today=TODAY)

    def rules() -> set[object]:
        with shelf_in(tmp_path / "shelf"):
            return {finding[0] for finding in _found(loaded)}

    assert not {"templates.unnamed", "statement.unticked"} & rules()
    assert loaded.folder is not None
    _layer(loaded.folder / "templates")
    (loaded.folder / TICKED).write_text('{"ticked_on": "2026-11-28", "statements": {}}', encoding="utf-8")
    assert {"templates.unnamed", "statement.unticked"} <= rules()
