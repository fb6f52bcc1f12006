"""Draw the pictures of the guides: pages of the Outscale example and of an amendment, French beside English. LibreOffice and poppler draw them."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from click.testing import CliRunner
from PIL import Image

from snc_docs.cli import main
from snc_docs.writers.office import to_pdf

_DOCS: Final = Path(__file__).parent
_EXAMPLE: Final = _DOCS.parent / "examples" / "outscale"
_DPI: Final = 80
_GAP: Final = 14
_BETWEEN: Final = (200, 200, 200)
# A picture's name: the words, in French and in English, of the page that it shows, in the agreement.
_PAGES: Final = {
    "cover": ("Convention de service SecNumCloud", "SecNumCloud service agreement"),
    "contents": ("Sommaire", "Contents"),
    "agreement": (r"Article 6\. Tiers impliqués", r"Article 6\. Third Parties involved"),
    "table": (r"Rôle\s+Nom", r"Role\s+Name"),
    "signatures": (r"Pour le Prestataire\s+Pour le Client", r"For the Service Provider\s+For the Client"),
}
# The same of an amendment's instrument and letter: the file and the page.
_PACKAGE: Final = {"amendment": ("amendment.docx", 2), "letter": ("notice-letter.docx", 1)}


def draw() -> None:
    """Write each picture into ``docs/``."""
    with tempfile.TemporaryDirectory() as made:
        out = Path(made)
        _run("build", _EXAMPLE / "client.yaml", "--format", "pdf", "--part", "agreement", "-o", out)
        agreements = [out / language / "agreement.pdf" for language in ("fr", "en")]
        for name, words in _PAGES.items():
            _beside([_page(pdf, _with_words(pdf, each), out) for pdf, each in zip(agreements, words, strict=True)], _DOCS / f"{name}.png")
        _draw_package(out)


def _draw_package(out: Path) -> None:
    """Draw the first pages of an amendment by which the notice of a change gets longer and a network operator is another one."""
    shutil.copytree(_EXAMPLE, out / "old")
    shutil.copytree(_EXAMPLE, out / "new")
    for file, changes in _CHANGES.items():
        path = out / "new" / file
        text = path.read_text(encoding="utf-8")
        for before, after in changes:
            if text.count(before) != 1:
                raise SystemExit(f"{file}: {before}")
            text = text.replace(before, after)
        path.write_text(text, encoding="utf-8")
    _run("build", out / "old" / "client.yaml", "-o", out / "issued")
    for language in ("fr", "en"):
        issued = out / "issued" / language / "agreement.docx"
        _run("amend", issued, out / "new" / "client.yaml", "-l", language, "--notified-on", "2027-01-15", "-o", out / "package")
    for name, (file, number) in _PACKAGE.items():
        pages = []
        for language in ("fr", "en"):
            pdf = out / "package" / language / f"{name}.pdf"
            pdf.write_bytes(to_pdf((out / "package" / language / file).read_bytes()))
            pages.append(_page(pdf, number, out / "package"))
        _beside(pages, _DOCS / f"{name}.png")


_CHANGES: Final = {
    "baseline.yaml": (
        ('version: "2026-07"', 'version: "2027-01"'),
        ("{name: COGENT, ", "{name: ARELION, "),
        ("change: {days: 30}", "change: {days: 45}"),
    ),
    "client.yaml": (('version: "1.0"', 'version: "2.0"'), ('"2026-09-01"', '"2027-03-01"')),
}


def _run(*arguments: object) -> None:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    if result.exit_code:
        raise SystemExit(result.output)


def _with_words(pdf: Path, words: str) -> int:
    """Return the first page after the contents that has words, the first of all for what stands before them."""
    shown = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True).stdout  # noqa: S603, S607  # poppler, on a file of ours
    pages = [number for number, text in enumerate(shown.split("\f"), 1) if re.search(words, text) and not re.search(rf"{words}.*\.\.\.\.", text)]
    return pages[0]


def _page(pdf: Path, number: int, folder: Path) -> Image.Image:
    name = folder / f"{pdf.parent.name}-{number}"
    subprocess.run(["pdftoppm", "-r", str(_DPI), "-f", str(number), "-l", str(number), "-singlefile", "-png", pdf, name], check=True)  # noqa: S603, S607  # poppler, on a file of ours
    return Image.open(name.with_suffix(".png"))


def _beside(pages: list[Image.Image], to: Path) -> None:
    width, height = pages[0].size
    sheet = Image.new("RGB", (len(pages) * width + (len(pages) - 1) * _GAP, height), _BETWEEN)
    for index, page in enumerate(pages):
        sheet.paste(page, (index * (width + _GAP), 0))
    sheet.quantize(64).save(to, optimize=True)


if __name__ == "__main__":
    draw()
