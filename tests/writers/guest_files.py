"""Word files of other programs, made part by part: what people's certificates hold."""

from __future__ import annotations

import io
import zipfile

from docx import Document as WordDocument

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def p(inner: str) -> str:
    """Return a paragraph of runs."""
    return f"<w:p>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def field(instruction: str, result: str) -> str:
    """Return a complex field whose instruction is cut into two runs."""
    half = len(instruction) // 2
    character = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{each}</w:instrText></w:r>' for each in (instruction[:half], instruction[half:]))
    return f"{character.format('begin')}{pieces}{character.format('separate')}{r(result)}{character.format('end')}"


def guest(
    body: str, *, relations: tuple[tuple[str, str, str, bool], ...] = (), parts: dict[str, tuple[str, str]] | None = None, **replaced: str
) -> bytes:
    """Return a Word file with that body; ``relations`` are id, kind, target and whether it is outside; ``parts`` give content type and XML."""
    buffer = io.BytesIO()
    WordDocument().save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        files = {name: archive.read(name).decode("utf-8", "surrogateescape") for name in archive.namelist()}
    files["word/document.xml"] = f"<w:document {NAMESPACES}><w:body>{body}{SECTION}</w:body></w:document>"
    external = ' TargetMode="External"'
    rows = "".join(
        f'<Relationship Id="{identifier}" Type="{TYPES}{kind}" Target="{target}"{external if outside else ""}/>'
        for identifier, kind, target, outside in relations
    )
    files["word/_rels/document.xml.rels"] = files["word/_rels/document.xml.rels"].replace("</Relationships>", f"{rows}</Relationships>")
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _) in (parts or {}).items())
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace("</Types>", f"{overrides}</Types>")
    files |= {name: content for name, (_, content) in (parts or {}).items()}
    files |= {name.replace("__", "/") + ".xml": content for name, content in replaced.items()}
    return packed(files)


def packed(files: dict[str, str]) -> bytes:
    """Return a zip of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content.encode("utf-8", "surrogateescape"))
    return buffer.getvalue()


def unpacked(content: bytes) -> dict[str, str]:
    """Return the parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8", "surrogateescape") for name in archive.namelist()}
