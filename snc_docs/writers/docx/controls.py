"""Fields to fill in as content controls, those of one datum bound together: typed once, it stands in all its places, headers too.

A control with ``w:dataBinding`` (17.5.2.6) shows what a node of a custom XML part holds, and what is typed in it goes into that node, hence
into every control bound to it. What follows from that:

- Word puts the node's text in the place of the control's own when it opens the file. So a redline binds nothing: the words that it
  inserts and deletes in a control would be lost. Its controls are rich text, in which LibreOffice keeps revisions too.
- Word binds controls that have a kind: plain text (``w:text``), a day (``w:date``, kept in the node as ``2026-10-01`` and
  shown in each control's own language), a box (``w14:checkbox``, kept as ``true`` or ``false``). Its French has no raised *er* for the first.
- An empty node shows the placeholder (17.5.2.25), which is a building block of the glossary part by its name; without one Word shows
  five spaces and the prompt is lost as soon as the file is opened. So each prompt is one, once.
- ``w:showingPlcHdr`` (17.5.2.39) says that what stands in the control is the placeholder still: a program that knows no binding
  shows it, Word takes it off when something is typed.
- What is typed gets the look in ``w:sdtPr``, not the placeholder's.
- A place is found by ``/f:fields[1]/f:field[3]``, the form that Word writes itself; each field says its data path, for programs.

Words of one language (a position, a legal form) are bound within that language alone: side by side, each column has its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from snc_docs.document.nodes import FillIn
from snc_docs.word_content import FIELDS, FIELDS_STORE
from snc_docs.writers.docx.markup import Format, look_of, opened, quoted, run, val, words, wrapped
from snc_docs.writers.docx.numbers import CONTROL, FieldKey, field_token, prompt_token
from snc_docs.writers.docx.package import WORD_TYPE, Package, Part
from snc_docs.writers.docx.record import custom_xml
from snc_docs.writers.docx.written import BOTH, Holder, R

_PREFIXES: Final = f"xmlns:f='{FIELDS}'"
_MAX_TAG: Final = 64
_GLOSSARY: Final = "word/glossary/document.xml"
# Days as both languages write them; the language of the control says in what words.
_DATE_FORMAT: Final = "d MMMM yyyy"
_BOX: Final = (
    '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
)
# The glossary has styles of its own; Word takes the look of the document's style of that name.
_GLOSSARY_STYLES: Final = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/></w:style></w:styles>'
)
_PLACEHOLDER: Final = look_of(Format(style="PlaceholderText"))


def control_tag(path: str) -> str:
    """Return a content control's tag: the data path, cut to Word's 64 characters with a digest in its place."""
    return path if len(path) <= _MAX_TAG else f"{path[: _MAX_TAG - 9]}~{hashlib.sha256(path.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def rich_control(fill_in: FillIn, look: str) -> Holder:
    """Return a control that is bound to nothing and shows its prompt, children in the order of CT_SdtPr."""
    return _control(fill_in, look, f"{_named(fill_in)}{'' if fill_in.kind == 'check' else '<w:showingPlcHdr/>'}")


def bound_control(fill_in: FillIn, look: str, typed: str, locale: str, second: str = "") -> Holder:
    """Return a control bound to its datum, in the language of ``locale``; ``look`` is its prompt's ``w:rPr``, ``typed`` that of what is typed.

    ``second`` is the language of the right column, where it stands there.
    """
    binding = (
        f"<w:dataBinding w:prefixMappings={quoted(_PREFIXES)}"
        f' w:xpath="/f:fields[1]/f:field[{field_token(_key(fill_in, second))}]" w:storeItemID="{FIELDS_STORE}"/>'
    )
    if fill_in.kind == "check":
        return _control(fill_in, typed, f"{typed}{_named(fill_in)}{binding}{_BOX}")
    placeholder = wrapped("w:placeholder", val("w:docPart", prompt_token(fill_in.shown)))
    return _control(fill_in, look, f"{typed}{_named(fill_in)}{placeholder}<w:showingPlcHdr/>{binding}{_kind(fill_in, locale)}")


def _control(fill_in: FillIn, look: str, properties: str) -> Holder:
    return Holder(
        f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>", ((BOTH, (R(look, fill_in.shown),)),), is_control=True
    )


def _named(fill_in: FillIn) -> str:
    return f"<w:alias w:val={quoted(fill_in.prompt[:_MAX_TAG])}/><w:tag w:val={quoted(control_tag(fill_in.path))}/>{val('w:id', CONTROL)}"


def _key(fill_in: FillIn, second: str) -> FieldKey:
    return FieldKey(fill_in.path, second if fill_in.kind == "wording" else "", fill_in.kind == "check")


def _kind(fill_in: FillIn, locale: str) -> str:
    if fill_in.kind != "date":
        return "<w:text/>"
    return (
        f'<w:date><w:dateFormat w:val="{_DATE_FORMAT}"/><w:lid w:val="{locale}"/><w:storeMappedDataAs w:val="date"/>'
        '<w:calendar w:val="gregorian"/></w:date>'
    )


# ------------------------------------------------------------------------------------------------------------ parts


def add_fields(package: Package, fields: Mapping[FieldKey, int], prompts: Mapping[str, str]) -> None:
    """Add the part that controls are bound to and the prompts that they show while it is empty; nothing where no field is open."""
    if not fields:
        return
    custom_xml(package, 2, FIELDS_STORE, fields_xml(fields))
    if prompts:
        package.add(Part(_GLOSSARY, f"{WORD_TYPE}document.glossary+xml", glossary_xml(prompts).encode()))
        package.add(Part("word/glossary/styles.xml", f"{WORD_TYPE}styles+xml", f"{opened('w:styles', 'w')}{_GLOSSARY_STYLES}".encode()))
        package.relations_of("word/document.xml").id_for("glossaryDocument", "glossary/document.xml")
        package.relations_of(_GLOSSARY).id_for("styles", "styles.xml")


def fields_xml(fields: Mapping[FieldKey, int]) -> bytes:
    """Return the part that controls are bound to: a field for each datum that is open, in the order of their places."""
    rows = "".join(_field(key) for key, _ in sorted(fields.items(), key=lambda each: each[1]))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<fields xmlns="{FIELDS}">{rows}</fields>'.encode("utf-8", "surrogatepass")


def _field(key: FieldKey) -> str:
    language = f' language="{key.language}"' if key.language else ""
    return f"<field path={quoted(key.path)}{language}>{'false' if key.is_box else ''}</field>"


def glossary_xml(prompts: Mapping[str, str]) -> str:
    """Return the glossary document (17.12): a building block for each prompt, by its name, of the kind that placeholders are."""
    parts = "".join(_building_block(name, prompt) for name, prompt in sorted(prompts.items()))
    return f"{opened('w:glossaryDocument', 'w')}<w:docParts>{parts}</w:docParts></w:glossaryDocument>"


def _building_block(name: str, prompt: str) -> str:
    guid = f"{{{name[:8]}-{name[8:12]}-{name[12:16]}-{name[16:20]}-{name[20:32]}}}"
    properties = (
        f'{val("w:name", name)}<w:category><w:name w:val="General"/><w:gallery w:val="placeholder"/></w:category>'
        f'<w:types><w:type w:val="bbPlcHdr"/></w:types><w:behaviors><w:behavior w:val="content"/></w:behaviors>{val("w:guid", guid)}'
    )
    return (
        f"<w:docPart><w:docPartPr>{properties}</w:docPartPr><w:docPartBody><w:p>{run(_PLACEHOLDER, words(prompt))}</w:p></w:docPartBody></w:docPart>"
    )
