"""The logo that the baseline names: at the head of every page and of the cover, in whatever is written, and in no document's text or data."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from snc_docs import FindingsError, assemble, build, letterhead, load, load_agreement, read_reference, write
from snc_docs.writers.docx.verify import faults
from tests.tools import EXAMPLES, TODAY, W, parts, run_command, sdk_errors, xml
from tests.writers.test_reference import letterhead as house_style

_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
_EMU_PER_MM = 36_000


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """Return the client file of the example beside a baseline that names a logo, three times as wide as high."""
    shutil.copytree(EXAMPLES / "outscale", tmp_path / "agreement")
    Image.new("RGB", (600, 200), (31, 58, 95)).save(tmp_path / "agreement" / "logo.png")
    baseline = tmp_path / "agreement" / "baseline.yaml"
    text = baseline.read_text(encoding="utf-8")
    baseline.write_text(text.replace("\nbaseline:\n", "\nbaseline:\n  logo: logo.png\n"), encoding="utf-8")
    return tmp_path / "agreement" / "client.yaml"


def _headers(content: bytes) -> list[str]:
    return sorted(name for name in parts(content) if name.startswith("word/header"))


def _sizes(content: bytes, name: str) -> list[tuple[int, int]]:
    """Return the widths and heights of the pictures of a part, in millimetres."""
    extents = (next(iter(each)) for each in xml(content, name).iter(_PICTURE))
    return [(int(each.get("cx", "0")) // _EMU_PER_MM, int(each.get("cy", "0")) // _EMU_PER_MM) for each in extents]


def test_every_page_has_the_logo_and_the_cover_a_larger_one(client: Path) -> None:
    content = build(load(client, today=TODAY), languages=["fr"], parts=["agreement"]).files[Path("fr/agreement.docx")]
    sizes = {name: _sizes(content, name) for name in _headers(content)}
    assert {size for name, found in sizes.items() if "first" not in name for size in found} == {(19, 6)}
    assert [found for name, found in sizes.items() if "first" in name] == [[(66, 22)]]
    assert all(len(found) == 1 for found in sizes.values())
    assert "Outscale" in parts(content)[_headers(content)[0]].decode()  # what is read out in its place
    assert faults(content) == []


def test_what_the_document_says_is_the_same_with_and_without(client: Path) -> None:
    agreement = load_agreement(client, today=TODAY)
    plain = load_agreement(EXAMPLES / "outscale" / "client.yaml", today=TODAY)
    assert assemble(agreement, "fr") == assemble(plain, "fr")
    shown, bare = (write(assemble(each, "fr"), "docx", letterhead(each)) for each in (agreement, plain))
    of_headers = {"[Content_Types].xml", *(name for name in parts(bare) if name.startswith(("word/header", "word/_rels", "word/footer")))}
    differing = {name for name, content in parts(bare).items() if parts(shown)[name] != content}
    assert differing <= {"word/document.xml", *of_headers}
    assert ["".join(each.itertext()) for each in xml(shown).iter(f"{W}p")] == ["".join(each.itertext()) for each in xml(bare).iter(f"{W}p")]
    assert letterhead(plain) is None


def test_the_data_that_a_word_file_carries_has_the_digest_of_the_logo_alone(client: Path) -> None:
    content = build(load(client, today=TODAY), languages=["fr"], parts=["agreement"]).files[Path("fr/agreement.docx")]
    record = next(each for name, each in parts(content).items() if name.startswith("customXml/item1"))
    assert b'"logo_file":{"name":"logo.png","media_type":"image/png","content":"sha256:' in record.replace(b"&quot;", b'"')


def test_it_is_shown_beside_what_a_house_style_has(client: Path, tmp_path: Path) -> None:
    agreement = load_agreement(client, today=TODAY)
    content = write(assemble(agreement, "en"), "docx", letterhead(agreement, read_reference(house_style(tmp_path), "own.docx")))
    assert faults(content) == []
    assert {len(_sizes(content, name)) for name in _headers(content) if "first" not in name} == {2}


def test_a_page_of_html_has_it_and_keeps_our_look(client: Path) -> None:
    page = build(load(client, today=TODAY), languages=["en"], formats=["html"]).files[Path("en/agreement.html")].decode()
    assert '<header><img class="logo" src="data:image/png;base64,' in page
    assert 'alt="Outscale"><p>' in page
    assert "Times New Roman" not in page


def test_an_amendment_shows_the_logo_of_the_new_version(client: Path, tmp_path: Path) -> None:
    assert run_command("build", client, "-o", tmp_path / "issued").exit_code == 0
    text = client.read_text(encoding="utf-8").replace('version: "1.0"', 'version: "2.0"').replace('"2026-09-01"', '"2027-03-01"')
    client.write_text(text.replace("Karim Lefèvre", "Nadia Benali"), encoding="utf-8")
    done = run_command(
        "amend", tmp_path / "issued" / "en" / "agreement.docx", client, "-l", "en", "--notified-on", "2027-01-10", "-o", tmp_path / "package"
    )
    assert done.exit_code == 0, done.output
    for path in sorted((tmp_path / "package" / "en").glob("*.docx")):
        content = path.read_bytes()
        assert all(_sizes(content, name) for name in _headers(content)), path.name
    said = run_command("diff", tmp_path / "issued" / "en" / "agreement.docx", tmp_path / "package" / "en" / "agreement.docx", "-l", "en").output
    assert "logo" not in said.lower()


@pytest.mark.parametrize(
    ("name", "said"), [("certificate-specimen.pdf", "isn't PNG or JPEG"), ("none.png", "none.png"), ("broken.png", "broken.png")]
)
def test_a_file_that_is_no_logo_is_a_finding_at_its_line(client: Path, name: str, said: str) -> None:
    (client.parent / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 20)
    baseline = client.parent / "baseline.yaml"
    baseline.write_text(baseline.read_text(encoding="utf-8").replace("logo: logo.png", f"logo: {name}"), encoding="utf-8")
    line = baseline.read_text(encoding="utf-8").split("\n").index(f"  logo: {name}") + 1
    for arguments in (("check", client), ("build", client, "-o", client.parent / "out")):
        done = run_command(*arguments)
        assert done.exit_code == 2
        assert f"baseline.yaml:{line}: error" in done.stderr
        assert said in done.stderr
        assert "[logo.file]" in done.stderr


def test_nothing_is_written_in_its_place(client: Path) -> None:
    logo = client.parent / "logo.png"
    before = logo.read_bytes()
    assert logo in load(client, today=TODAY).files
    done = run_command("diff", client, client, "--format", "html", "-o", logo)
    assert done.exit_code == 2
    assert logo.read_bytes() == before


def test_a_logo_turned_by_its_camera_stands_upright(client: Path) -> None:
    buffer = io.BytesIO()
    turned = Image.new("RGB", (200, 600), (31, 58, 95))
    exif = turned.getexif()
    exif[0x0112] = 6
    turned.save(buffer, "JPEG", exif=exif)
    (client.parent / "logo.png").write_bytes(buffer.getvalue())
    reference = letterhead(load_agreement(client, today=TODAY))
    assert reference is not None
    assert reference.logo is not None
    assert (reference.logo.width, reference.logo.height) == (600, 200)


def test_the_library_says_what_is_wrong_with_it(client: Path) -> None:
    (client.parent / "logo.png").write_bytes((client.parent / "certificate-specimen.pdf").read_bytes())
    with pytest.raises(FindingsError, match="1 error"):
        letterhead(load_agreement(client, today=TODAY))


def test_it_is_valid_word(client: Path, validator: Path, tmp_path: Path) -> None:
    loaded = load(client, today=TODAY)
    content = build(loaded, languages=["fr"], parts=["agreement"]).files[Path("fr/agreement.docx")]
    (tmp_path / "logo.docx").write_bytes(content)
    assert sdk_errors(validator, tmp_path / "logo.docx") == []
