"""A bounded fuzz run over every door that takes input from outside: ``make fuzz``, or ``python -m tests.fuzzing --inputs 500 yaml``.

Each input is a seed with a few changes (bytes, tokens that mean something there, lines, parts of an archive), given to the door in a
process of its own: whatever it is, the door answers with a result or with one of the library's errors, within five seconds and 400
MiB. The same seed number gives the same inputs; what goes wrong is kept in ``fuzz-found/`` and becomes an example in the tests.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from docx import Document as WordDocument
from PIL import Image

from snc_docs import Agreement, assemble, load_agreement, read_reference, record_of, write
from snc_docs.document.nodes import Document, ForeignDocument, Resource, Section, Text
from snc_docs.errors import SncDocsError
from snc_docs.readers import drawing
from snc_docs.readers.word_file import read_word_file
from snc_docs.records import issued_version
from snc_docs.templating.unfolding import unfold
from snc_docs.writers.docx.reference import reference_docx
from tests.readers.test_drawn import FIELDS
from tests.tools import EXAMPLES, ROOT, TODAY
from tests.writers.test_guests import REFUSED, SHOWN, WARNED

MOST_SECONDS = 5
MOST_MIB = 400
# What the library takes once it has made a document, in a process of its own.
_LIBRARY_MIB = 90
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Door:
    """Where input comes in: seeds, what may be put into them, how they are changed, and who reads them."""

    seeds: Callable[[], list[bytes]]
    tokens: tuple[bytes, ...]
    read: Callable[[bytes, Path], object]
    change: Callable[[random.Random, bytes, Door], bytes]


# ------------------------------------------------------------------------------------------------------------- changes


def _changed(rng: random.Random, content: bytes, door: Door) -> bytes:
    """Return content with a few changes of bytes, tokens and lines."""
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(8):
            case 0:
                data[at:at] = rng.choice(door.tokens)
            case 1:
                data[at : at + rng.randrange(1, 9)] = rng.choice(door.tokens)
            case 2 if data:
                data[at % len(data)] ^= 1 << rng.randrange(8)
            case 3:
                del data[at : at + rng.choice((1, 2, 5, 50, 2000))]
            case 4:
                data[at:at] = data[at : at + rng.choice((1, 10, 200, 5000))] * rng.choice((1, 1, 2, 40))
            case 5:
                lines = bytes(data).split(b"\n")
                other = rng.randrange(len(lines))
                lines.insert(rng.randrange(len(lines)), lines[other])
                data = bytearray(b"\n".join(lines))
            case 6:
                data[at:at] = rng.choice(door.tokens) * rng.choice((3, 100, 3000))
            case _:
                data[at : at + 4] = rng.randbytes(rng.randrange(5))
    return bytes(data)


def _archive_changed(rng: random.Random, content: bytes, door: Door) -> bytes:
    """Return a Word file of which a part or two are changed, gone or doubled; now and then its bytes themselves are."""
    if rng.random() < 0.05:
        return _changed(rng, content, door)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(rng.choice((1, 1, 2, 3))):
        name = rng.choice([each for each in parts if each.endswith((".xml", ".rels"))] or list(parts))
        match rng.randrange(10):
            case 0:
                del parts[name]
            case 1:
                parts[name] = parts[rng.choice(list(parts))]
            case _:
                parts[name] = _changed(rng, parts[name], door)
        if not parts:
            return content
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return buffer.getvalue()


# --------------------------------------------------------------------------------------------------------------- doors


@cache
def _outscale() -> Agreement:
    return load_agreement(EXAMPLES / "outscale" / "client.yaml", today=TODAY)


def _data(content: bytes, folder: Path, suffix: str) -> object:
    for name in ("baseline.yaml", "certificate-specimen.pdf"):
        if not (folder / name).exists():
            shutil.copy(EXAMPLES / "outscale" / name, folder)
    is_baseline = b"provider_contacts" in content
    path = folder / f"{'own-baseline' if is_baseline else 'client'}.{suffix}"
    path.write_bytes(content)
    agreement = load_agreement(path, today=TODAY)
    return assemble(agreement.model_copy(update={"attachments": _outscale().attachments}), "fr")


def _template(content: bytes, folder: Path) -> object:
    for language in ("fr", "en"):
        (folder / language).mkdir(exist_ok=True)
        (folder / language / "purpose.md.j2").write_bytes(content)
    with suppress(SncDocsError, UnicodeDecodeError):
        unfold(content.decode(), "purpose.md.j2", "purpose")
    return assemble(_outscale(), "fr", folder)


def _word(content: bytes, _: Path) -> object:
    """Give a Word file to each of the three that read one."""
    for read in (_as_certificate, lambda each: read_reference.__wrapped__(each, "r.docx"), lambda each: issued_version(each, "i.docx")):
        with suppress(SncDocsError):
            read(content)
    return None


def _as_certificate(content: bytes) -> object:
    plain, _ = read_word_file(content, "c.docx")
    block = ForeignDocument("0123456789abcdef.docx", "Certificate")
    section = Section("a", "appendix", (Text("A"),), (block,), "A", "Appendix A")
    return write(Document("en", (section,), resources=(Resource(block.resource, _DOCX, plain),)), "docx")


def _drawn(content: bytes, kind: str) -> object:
    """Draw as the child process of the library does, limits included; what it refuses, and what its limits end, is as it should be."""
    options = {"kind": kind, "most_pages": 40, "most_pixels": 40_000_000, "most_pixels_in_all": 160_000_000, "dots_per_inch": 150}
    drawing._limit_memory(pixels=0)
    try:
        return (drawing._pages if kind == "pdf" else drawing._picture)(content, options)
    except (drawing.RefusedError, MemoryError):
        return None


def _files(*names: str) -> list[bytes]:
    return [(EXAMPLES / name).read_bytes() for name in names]


def _json_files() -> list[bytes]:
    from snc_docs.model.source import read_source

    names = ("outscale/client.yaml", "complete/client.yaml", "complete/baseline.yaml")
    sources = (read_source(EXAMPLES / name).data for name in names)
    return [json.dumps(data, default=str, indent=1, ensure_ascii=False).encode() for data in sources]


def _word_files() -> list[bytes]:
    document = WordDocument()
    document.add_heading("Heading", 1)
    document.add_paragraph("numbered", style="List Number")
    document.add_table(2, 2).cell(0, 0).text = "cell"
    buffer = io.BytesIO()
    document.save(buffer)
    issued = assemble(_outscale(), "en")
    guests = [*REFUSED.values(), *(each[0] for each in WARNED.values()), *(each[0] for each in SHOWN.values())]
    return [
        buffer.getvalue(),
        reference_docx(),
        write(issued, "docx", record=record_of(_outscale(), issued)),
        *(each for each in guests if len(each) < 100_000),
    ]


def _pictures() -> list[bytes]:
    seeds = []
    for form, mode, more in (
        ("PNG", "RGBA", {}),
        ("PNG", "P", {}),
        ("PNG", "I;16", {}),
        ("JPEG", "RGB", {}),
        ("JPEG", "CMYK", {}),
        ("JPEG", "L", {"progressive": True}),
    ):
        buffer = io.BytesIO()
        exif = Image.Exif()
        exif[0x0112] = 6
        Image.new(mode, (60, 40)).save(buffer, form, exif=exif, **more)
        seeds.append(buffer.getvalue())
    return seeds


def _encoded(*tokens: str) -> tuple[bytes, ...]:
    return tuple(token.encode() for token in tokens)


_TEXT_TOKENS = _encoded(
    ": ", " #", "- ", "? ", "&a ", "*a", "!t ", "|\n", ">\n", "'", '"', "{", "}", "[", "]", ",", "%", "@", "`", "\t", "\n", "\r\n", "---\n", "...\n",
    "<<: ", "~", "null", "\u00a0", "\u202f", "\u200b", "\ufeff", "\u2028", "“", "”", "é", "e\u0301", "\u202e", "\x1b", "\x85", "\U0001f600", "0x1F",
    "1e999", "-0", ".inf", "99999999999999999999", "true", "NO", "2026-02-30", "9999-12-31", "0000-00-00", "FR", "EUX", "+33", "{fr: a, en: b}",
    "\\ud800", "\\u0000", "\\x00", "$schema", "baseline: x",
)  # fmt: skip
_TEMPLATE_TOKENS = _TEXT_TOKENS + _encoded(
    "{{ ", " }}", "{% if ", " %}", "{% endif %}", "{% for a in third_parties.others %}", "{% endfor %}", "{% set a = 1 %}", "<!-- ", " -->",
    "{{ provider.legal_name }}", "|in_words", "|elided('de')", "# ", "## ", "{#id}", "[", "](", ")", "](#purpose)", "](def:x)", "](fill:x)",
    "](says:x)", "**", "*", "_", "> ", "1. ", "    ", "::: table\n| a | b |\n", ":::\n", "::: notice\n", "| a |", "\ue010", "\ue0121\ue013", "(",
    ")", "*", "**", "~", "loop", "self", "''", "range(9)", "a.b.c", "not ", "[0]", "provider", "service.regions", "(" * 50, "[" * 50,
)  # fmt: skip
_XML_TOKENS = _encoded(
    "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>x</w:t>", "<w:tbl>", "</w:tbl>", "<w:tc/>", "<w:sectPr/>", '<w:fldChar w:fldCharType="begin"/>',
    '<w:fldChar w:fldCharType="end"/>', "<w:instrText>REF a</w:instrText>", '<w:bookmarkStart w:id="0" w:name="a"/>', '<w:bookmarkEnd w:id="0"/>',
    '<w:ins w:id="1">', "<!DOCTYPE a>", "&#0;", "&lt;", "&x;", "<!--", "-->", "<![CDATA[", "]]>", ' w:val="-1"', ' r:id="rId9"', "<a:blip/>",
    "<w:sdt>", "</w:sdt>", '"type": "Section"', '"text": 0', '"javascript:x"', "null", "[]", "{}", "1e9", 'Target="../../x"',
    'TargetMode="External"', 'w:w="99999999999"', "\x00", "é", '="', "/>", "<", ">",
)  # fmt: skip
_PDF_TOKENS = _encoded(
    "<<", ">>", "[", "]", "(", ")", "/Kids [2 0 R 3 0 R]", "/Count -1", "/MediaBox [0 0 1e9 1e9]", "/MediaBox [0 0 0 0]", "/Rotate 45",
    "/UserUnit 1000", "/Parent 3 0 R", " 0 R", "endobj", "stream\n", "\nendstream", "/Filter /FlateDecode", "/Filter [/ASCIIHexDecode /LZWDecode]",
    "/Length 99999999", "/Encrypt 6 0 R", "xref\n", "trailer\n", "startxref\n0\n", "/XFA 4 0 R", "/AP << /N 6 0 R >>", "/FT /Tx", "/Resources 3 0 R",
    "q ", "Q ", "/X Do ", "1e38", "-1",
)  # fmt: skip
_BYTE_TOKENS = (
    b"\xff\xd8", b"\xff\xd9", b"\xff\xc0\x00\x11\x08\xff\xff\xff\xff", b"\xff\xda", b"\xff\xe1\x00\x10Exif\x00\x00", b"IHDR", b"IDAT", b"acTL",
    b"iCCP", b"zTXt", b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff",
)  # fmt: skip

DOORS = {
    "yaml": Door(lambda: _files("outscale/client.yaml", "complete/client.yaml", "outscale/baseline.yaml", "complete/baseline.yaml"), _TEXT_TOKENS, lambda content, folder: _data(content, folder, "yaml"), _changed),
    "json": Door(_json_files, _TEXT_TOKENS, lambda content, folder: _data(content, folder, "json"), _changed),
    "templates": Door(lambda: [path.read_bytes() for path in sorted((ROOT / "templates" / "fr").glob("*.md.j2"))], _TEMPLATE_TOKENS, _template, _changed),
    "word": Door(_word_files, _XML_TOKENS, _word, _archive_changed),
    "pdf": Door(lambda: [*FIELDS.values(), *_files("outscale/certificate-specimen.pdf")], _PDF_TOKENS, lambda content, _: _drawn(content, "pdf"), _changed),
    "pictures": Door(_pictures, _BYTE_TOKENS, lambda content, _: _drawn(content, "picture"), _changed),
}  # fmt: skip


# ----------------------------------------------------------------------------------------------------------- one input


@dataclass(frozen=True)
class Outcome:
    """How a door took an input: "" for well, else what was wrong; the time in seconds and the memory in MiB that the library would take for it."""

    wrong: str
    seconds: float
    mebibytes: float


def outcome(door: Door, content: bytes, folder: Path) -> Outcome:
    """Return how a door takes an input, in a child that has so many seconds and so much memory of its own."""
    started, held = time.monotonic(), _held()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _child(door, content, folder, reading, writing)
    os.close(writing)
    said = b""
    while chunk := os.read(reading, 65536):
        said += chunk
    os.close(reading)
    _, status, usage = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    wrong = said.decode(errors="replace")
    if code == -signal.SIGALRM:
        wrong = f"not done after {MOST_SECONDS} s\n{wrong}"
    elif (
        code in (-signal.SIGXCPU, -signal.SIGSEGV, -signal.SIGABRT) and door.read.__name__ == "<lambda>" and door in (DOORS["pdf"], DOORS["pictures"])
    ):
        wrong = ""  # what ends the process that draws is said of the file
    elif code != 0 and not wrong:
        wrong = f"ended with {code}"
    mebibytes = _LIBRARY_MIB + max(usage.ru_maxrss / 1024 - held, 0)
    if not wrong and mebibytes > MOST_MIB:
        wrong = f"took {mebibytes:.0f} MiB"
    return Outcome(wrong, time.monotonic() - started, mebibytes)


def _held() -> float:
    """Return the MiB that this process holds, which a child begins with: the tests' own seeds and the trees of warming up among them."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 2**20


def _child(door: Door, content: bytes, folder: Path, reading: int, writing: int) -> None:
    os.close(reading)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, MOST_SECONDS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with suppress(SncDocsError):
            door.read(content, folder)
    except BaseException:  # noqa: BLE001  # anything else is what this run looks for
        os.write(writing, traceback.format_exc().encode(errors="replace")[-3000:])
        os._exit(1)
    os._exit(0)


def inputs(door: Door, seed: int, count: int) -> Iterator[bytes]:
    """Yield so many inputs, the same for the same seed."""
    rng = random.Random(seed)
    seeds = door.seeds()
    yield from seeds
    for _ in range(count - len(seeds)):
        yield door.change(rng, rng.choice(seeds), door)


# ----------------------------------------------------------------------------------------------------------------- run


def main() -> None:
    """Run doors and say what went wrong; exit code 1 where anything did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("doors", nargs="*", choices=[*DOORS, []], default=[])
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = sum(_run(name, options.seed, options.inputs) for name in options.doors or DOORS)
    sys.exit(bool(found))


def _run(name: str, seed: int, count: int) -> int:
    kinds: dict[str, int] = {}
    slowest = largest = 0.0
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="snc_docs-fuzz-") as folder:
        _warm(name, Path(folder))
        for number, content in enumerate(inputs(DOORS[name], seed, count)):
            result = outcome(DOORS[name], content, Path(folder))
            slowest, largest = max(slowest, result.seconds), max(largest, result.mebibytes)
            if result.wrong:
                kind = result.wrong.strip().splitlines()[-1][:160]
                kinds[kind] = kinds.get(kind, 0) + 1
                if kinds[kind] == 1:
                    _keep(name, seed, number, content, result.wrong)
    figures = f"in {time.monotonic() - started:.0f} s; slowest {slowest:.1f} s, largest {largest:.0f} MiB; {sum(kinds.values())} wrong"
    print(f"{name}: {count} inputs of seed {seed} {figures}", flush=True)  # noqa: T201  # what a run is for
    for kind, times in sorted(kinds.items(), key=lambda each: -each[1]):
        print(f"  {times} × {kind}", flush=True)  # noqa: T201  # as above
    return len(kinds)


def _warm(name: str, folder: Path) -> None:
    """Do once what every child would do anew: imports, templates, patterns."""
    if name in ("pdf", "pictures"):
        import pypdfium2  # noqa: F401  # a child starts with it

        # Beside what this process takes, which is more than the library's child begins with.
        drawing._BASE_BYTES += int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    else:
        with suppress(SncDocsError):
            DOORS[name].read(DOORS[name].seeds()[0], folder)


def _keep(name: str, seed: int, number: int, content: bytes, wrong: str) -> None:
    folder = ROOT / "fuzz-found"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}-{seed}-{number}").write_bytes(content)
    (folder / f"{name}-{seed}-{number}.txt").write_text(wrong, encoding="utf-8")


if __name__ == "__main__":
    main()
