"""A file is found by the name that people gave it, and by nothing else."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from snc_docs import load_agreement
from snc_docs.inputs import exists, found
from snc_docs.model.agreement import Attachment
from snc_docs.model.attachments import read_attachment
from snc_docs.templating.folders import template_folders
from tests.tools import TODAY, client_data, in_folder, starter_data, write_pair

_NAME = "Attestation été – Œuvre.pdf"


@pytest.mark.parametrize(("stored", "asked"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFC", "NFC"), ("NFD", "NFD")])
def test_accents_in_two_pieces_name_the_same_file(tmp_path: Path, stored: str, asked: str) -> None:
    path = tmp_path / unicodedata.normalize(stored, _NAME)  # type: ignore[arg-type]  # one of the forms
    path.write_bytes(b"x")
    assert found(tmp_path, unicodedata.normalize(asked, _NAME)).read_bytes() == b"x"  # type: ignore[arg-type]  # as above


def test_a_path_of_windows_is_one(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.yaml").write_bytes(b"x")
    assert found(tmp_path, "sub\\b.yaml").read_bytes() == b"x"
    assert found(tmp_path, "sub\\c.yaml") == tmp_path / "sub\\c.yaml", "as it was written"
    (tmp_path / "sub\\b.yaml").write_bytes(b"y")
    assert found(tmp_path, "sub\\b.yaml").read_bytes() == b"y", "a file of that very name comes first"


@pytest.mark.parametrize("name", ["a\0b", "x" * 5_000, "é" * 5_000, "é\0", "gone/é.pdf"])
def test_a_name_that_no_system_takes_is_nowhere(tmp_path: Path, name: str) -> None:
    assert not exists(tmp_path / name)
    assert found(tmp_path, name) == tmp_path / name
    assert not isinstance(read_attachment(in_folder(tmp_path), name), Attachment)


def test_accents_of_the_baselines_name_do_not_matter(tmp_path: Path) -> None:
    client = write_pair(tmp_path, starter_data(), {**client_data(), "baseline": unicodedata.normalize("NFC", "données.yaml")})
    (tmp_path / "baseline.yaml").rename(tmp_path / unicodedata.normalize("NFD", "données.yaml"))
    assert load_agreement(client, today=TODAY).provider.legal_name


_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_ENCRYPTED = _OLD + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("c.doc", _OLD, "old format"),
        ("c.DOT", _OLD, "old format"),
        ("c.docx", _OLD, "password"),
        ("c.docx", _ENCRYPTED, "password"),
        ("c.doc", _ENCRYPTED, "password"),
        ("c.odt", b"PK\x05\x06" + bytes(18), "isn't PDF, PNG, JPEG or DOCX"),
        ("c.txt", b"plain", "isn't PDF, PNG, JPEG or DOCX"),
        ("c.pdf", b"", "isn't PDF, PNG, JPEG or DOCX"),
    ],
)
def test_a_file_of_another_kind_is_named_for_what_it_is(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    refused = read_attachment(in_folder(tmp_path), name)
    assert not isinstance(refused, Attachment)
    assert words in refused[0].en


@pytest.mark.parametrize("asked", ["NFC", "NFD"])
@pytest.mark.parametrize("stored", ["NFC", "NFD"])
def test_accents_of_the_folders_do_not_matter_either(tmp_path: Path, stored: str, asked: str) -> None:
    def form(text: str, name: str) -> str:
        return unicodedata.normalize(name, text)  # type: ignore[arg-type]  # one of the forms

    folder = tmp_path / form("été", stored) / form("données", stored)
    folder.mkdir(parents=True)
    (folder / "x.pdf").write_bytes(b"x")
    assert found(tmp_path, f"{form('été', asked)}/{form('données', asked)}/x.pdf").read_bytes() == b"x"
    assert found(tmp_path / "absent", f"../{form('été', asked)}/{form('données', asked)}/x.pdf").name == "x.pdf"
    assert template_folders(tmp_path / form("été", asked)).folders[0].is_dir()
    client = write_pair(tmp_path, starter_data(), {**client_data(), "baseline": f"{form('été', asked)}/b.yaml"})
    (tmp_path / "baseline.yaml").rename(folder.parent / "b.yaml")
    assert load_agreement(client, today=TODAY).provider.legal_name
