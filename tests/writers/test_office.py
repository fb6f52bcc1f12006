from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from snc_docs import AccountDeletion, Agreement, assemble, deletion_certificate, part_of, side_by_side, write
from snc_docs.document.nodes import Document, Reference
from snc_docs.document.walk import plain_text, sections_of, walk
from snc_docs.errors import OfficeFailedError, OfficeMissingError
from snc_docs.language import Language
from snc_docs.writers import office as module
from snc_docs.writers.docx.contents import entry_text, listed_sections
from tests.tools import LANGUAGES, document_of, numbered, run_in_office, section


def _recalculated(office: str, document: Document, folder: Path) -> dict[str, Any]:
    path = folder / "document.docx"
    path.write_bytes(write(document, "docx"))
    result: dict[str, Any] = run_in_office("office_fields.py", office, folder / "profile", str(path))
    return result


def _field_result(document: Document, reference: Reference) -> str:
    """Return what the reference's field shows: for "Article 7.6" the field is the number alone."""
    targets = {each.id: each for each in sections_of(document.sections)}
    target = targets[reference.target]
    if reference.form == "title" or not target.number:
        return plain_text(target.title)
    return target.number if target.role == "subsection" else target.label


@pytest.mark.parametrize("part", ["agreement", "body", "appendix-c"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_recalculating_all_fields_changes_no_number_and_no_reference(
    office: str, outscale: Agreement, tmp_path: Path, language: Language, part: str
) -> None:
    document = part_of(assemble(outscale, language), part)
    held = {each.id for each in sections_of(document.sections)}
    seen = _recalculated(office, document, tmp_path)
    references = [node for node in walk(document) if isinstance(node, Reference) and node.target in held]
    assert seen["references"] == [_field_result(document, reference) for reference in references]
    assert [tuple(each) for each in seen["headings"]] == numbered(document)
    if part != "appendix-c":
        (contents,) = seen["contents"]
        listed = [entry_text(each) for _, each in listed_sections(document)]
        # LibreOffice takes no notice of \\n and adds its page numbers; Word leaves them out.
        updated = [re.sub(r"\s\d+$", "", line) for line in contents.split("\n") if line]
        assert [_one_space(line) for line in updated[-len(listed) :]] == [_one_space(entry) for entry in listed]


def test_recalculating_a_document_of_two_languages_changes_no_number(office: str, outscale: Agreement, tmp_path: Path) -> None:
    both = side_by_side(*(assemble(outscale, language) for language in LANGUAGES))
    seen = _recalculated(office, both, tmp_path)
    assert [tuple(each) for each in seen["headings"]] == numbered(both)
    labelled = [each for each in sections_of(both.sections) if each.number]
    bare = {each.number if each.role == "subsection" else each.label for each in labelled} | {plain_text(each.title) for each in both.sections}
    assert len(seen["references"]) > 100
    assert [each for each in seen["references"] if each not in bare] == []


def test_what_has_no_number_in_the_tree_has_none_in_word(office: str, outscale: Agreement, tmp_path: Path) -> None:
    own = tmp_path / "own" / "en"
    own.mkdir(parents=True)
    (own / "signatures.md.j2").write_text("# Signatures {#signatures}\n\n## Place {#place}\n\nSee [](#place).\n", encoding="utf-8")
    (own / "appendix-a.md.j2").write_text("# Certificate {#appendix-a}\n\n## Facts {#facts}\n\nSee [](#facts).\n", encoding="utf-8")
    deletion = AccountDeletion.model_validate({"account": "1", "checked_on": "2026-10-19"})
    for document in (part_of(assemble(outscale, "en", own.parent), "body"), deletion_certificate(outscale, deletion, "en", own.parent)):
        folder = tmp_path / document.sections[-1].id
        folder.mkdir()
        seen = _recalculated(office, document, folder)
        assert [heading for heading in seen["headings"] if heading[1] in ("Place", "Certificate", "Facts")] == []
        assert seen["references"][-1] in ("Place", "Facts")


def _one_space(text: str) -> str:
    return " ".join(text.split())


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNC_OFFICE", "absent")
    with pytest.raises(OfficeMissingError, match="install it"):
        write(document_of(section("a")), "pdf")


def _fake_office(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_an_office_that_gives_nothing_is_an_error_with_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fake_office(tmp_path, "echo broken >&2; exit 1", monkeypatch)
    with pytest.raises(OfficeFailedError, match="broken"):
        module.to_pdf(b"x")


def test_an_office_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fake_office(tmp_path, "exec sleep 60", monkeypatch)
    with pytest.raises(OfficeFailedError, match="not done"):
        module.to_pdf(b"x", time_limit=0.3)


@pytest.mark.parametrize("ending", ["sleep 60 & wait", "sleep 60 & exit 1"])
def test_what_an_office_started_ends_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    """``soffice`` is a script that starts the program: neither a time limit nor a failure leaves that one behind."""
    _fake_office(tmp_path, f"sleep 61 >/dev/null 2>&1 & echo $! > {tmp_path}/child; {ending}", monkeypatch)
    with pytest.raises(OfficeFailedError):
        module.to_pdf(b"x", time_limit=1.0)
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    assert not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text(encoding="utf-8").split()[2]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("printf '%%PDF-1.7 half' > document.pdf", "the PDF is cut"),
        ("printf 'half %%%%EOF' > document.pdf", "the PDF is cut"),
        ("printf '%%PDF-1.7 whole %%%%EOF' > document.pdf; exit 77", "exit 77"),
        (": > document.pdf", "no PDF"),
        ("exit 0", "no PDF"),
        ("kill -9 $$", "exit -9"),
    ],
)
def test_a_pdf_that_is_not_whole_is_no_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str) -> None:
    _fake_office(tmp_path, f'while [ "$1" != --outdir ]; do shift; done; cd "$2"; {script}', monkeypatch)
    with pytest.raises(OfficeFailedError, match=words):
        module.to_pdf(b"x")


def test_a_program_that_cannot_start_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fake_office(tmp_path, "", monkeypatch)
    (tmp_path / "soffice").write_text("#!/nonexistent/interpreter\n", encoding="utf-8")
    with pytest.raises(OfficeFailedError, match="No such file"):
        module.to_pdf(b"x")
