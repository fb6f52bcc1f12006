"""A Word certificate of any program: everything visible is in ours, or a finding says what isn't."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from snc_docs import Agreement, FindingsError, assemble, inspect, part_of, write
from snc_docs.model.agreement import Attachment
from snc_docs.writers.docx.verify import faults
from snc_docs.writers.office import to_pdf
from tests.tools import W, paragraph_texts, parts, xml
from tests.writers.guest_files import field, guest, p, packed, r, unpacked

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def _agreement(outscale: Agreement, content: bytes) -> Agreement:
    attached = Attachment(name="certificate-specimen.pdf", media_type=DOCX, content=content)
    return outscale.model_copy(update={"attachments": (attached,)})


def _joined(outscale: Agreement, content: bytes) -> bytes:
    """Return Appendix B with the guest in it, sound."""
    joined = write(part_of(assemble(_agreement(outscale, content), "fr"), "appendix-b"), "docx")
    assert faults(joined) == []
    return joined


def _findings(outscale: Agreement, content: bytes) -> list[str]:
    try:
        found = inspect(_agreement(outscale, content), "fr").findings
    except FindingsError as error:
        found = error.diagnostics
    return [each.rule for each in found]


_IMAGE = "<w:r><w:pict><v:shape style='width:10pt;height:10pt'><v:imagedata r:id='rIdP'/></v:shape></w:pict></w:r>"
_NOTE = f"<w:footnotes xmlns:w='{W[1:-1]}'><w:footnote w:id='1'>{p(r('in a note'))}</w:footnote></w:footnotes>"

REFUSED = {
    "endnotes": guest(p(r("x") + '<w:r><w:endnoteReference w:id="2"/></w:r>')),
    "another document inside": guest(
        '<w:altChunk r:id="rIdX"/>', relations=(("rIdX", "aFChunk", "x.html", False),), parts={"word/x.html": ("text/html", "<p>x</p>")}
    ),
    "a sub-document": guest('<w:subDoc r:id="rIdX"/>', relations=(("rIdX", "subDocument", "x.docx", True),)),
    "a picture elsewhere": guest(p(_IMAGE), relations=(("rIdP", "image", "http://example.com/x.png", True),)),
    "a picture in a shared folder": guest(p(_IMAGE), relations=(("rIdP", "image", "file:///\\\\server\\x.png", True),)),
    "insertions": guest(p(f'<w:ins w:id="1" w:author="a">{r("x")}</w:ins>')),
    "deletions": guest(p(r("a") + '<w:del w:id="1" w:author="a"><w:r><w:delText>x</w:delText></w:r></w:del>')),
    "formatting that is tracked": guest(p(r("x", '<w:b/><w:rPrChange w:id="1" w:author="a"><w:rPr/></w:rPrChange>'))),
    "moves": guest(p(f'<w:moveTo w:id="1" w:author="a">{r("x")}</w:moveTo>')),
    "too many paragraphs": guest("<w:p/>" * 4_001),
    "entities": packed({**unpacked(guest(p(r("x")))), "word/styles.xml": '<!DOCTYPE x [<!ENTITY a "b">]><w:styles/>'}),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_joined_whole_is_refused(outscale: Agreement, kind: str) -> None:
    assert "certificate.file" in _findings(outscale, REFUSED[kind])


_COMMENTS = (f"{WORD}comments+xml", f"<w:comments xmlns:w='{W[1:-1]}'><w:comment w:id='1' w:author='a'>{p(r('not so'))}</w:comment></w:comments>")
_MACRO = guest(
    p(r("with macros")),
    relations=(("rIdV", "vbaProject", "vbaProject.bin", False),),
    parts={"word/vbaProject.bin": ("application/vnd.ms-office.vbaProject", "x")},
)
_DOCM = packed(
    {
        **unpacked(_MACRO),
        "[Content_Types].xml": unpacked(_MACRO)["[Content_Types].xml"].replace(
            f"{WORD}document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml"
        ),
    }
)
_DOTX = packed(
    {
        **unpacked(guest(p(r("a template")))),
        "[Content_Types].xml": unpacked(guest(p(r("x"))))["[Content_Types].xml"].replace("document.main", "template.main"),
    }
)

WARNED = {
    "comments": (guest(p(f'<w:commentRangeStart w:id="1"/>{r("words")}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'), relations=(("rIdC", "comments", "comments.xml", False),), parts={"word/comments.xml": _COMMENTS}), "certificate.comments-lost", "words"),
    "macros": (_DOCM, "certificate.macros", "with macros"),
    "a field that runs a program": (guest(p(field('DDEAUTO c:\\\\cmd.exe "/k calc"', "last result"))), "certificate.fields-frozen", "last result"),
    "a field that fetches text": (guest(p(field("includetext \\\\\\\\host\\\\x.docx", "fetched before"))), "certificate.fields-frozen", "fetched before"),
    "a simple field that fetches": (guest(p(f'<w:fldSimple w:instr=" INCLUDEPICTURE &quot;http://example.com/x.png&quot; ">{r("was here")}</w:fldSimple>')), "certificate.fields-frozen", "was here"),
    "a macro's button": (guest(p(field("MACROBUTTON Run press here", "press here"))), "certificate.fields-frozen", "press here"),
    "an object": (guest(p(r("before") + '<w:r><w:object><v:shape style="width:9pt;height:9pt"/><o:OLEObject Type="Link" ProgID="Excel.Sheet.8" r:id="rIdO"/></w:object></w:r>'), relations=(("rIdO", "oleObject", "file:///c:/x.xls", True),)), "certificate.objects-frozen", "before"),
    "a header": (guest(p(r("text")), relations=(("rIdH", "header", "header9.xml", False),), parts={"word/header9.xml": (f"{WORD}header+xml", f"<w:hdr xmlns:w='{W[1:-1]}'>{p(r('Letterhead'))}</w:hdr>")}), "certificate.margins-lost", "text"),
}  # fmt: skip


@pytest.mark.parametrize("kind", WARNED)
def test_what_stays_behind_is_said_and_the_rest_is_there(outscale: Agreement, kind: str) -> None:
    content, rule, words = WARNED[kind]
    assert rule in _findings(outscale, content)
    joined = _joined(outscale, content)
    assert words in "".join(paragraph_texts(xml(joined)))
    everything = b"".join(part for name, part in parts(joined).items() if name.endswith((".xml", ".rels")))
    assert not re.search(rb"DDEAUTO|INCLUDE|MACROBUTTON|OLEObject|vbaProject|commentReference|example\.com/x\.png", everything, re.IGNORECASE)


_MARKED = '<w:bookmarkStart w:id="7" w:name="Mine"/>' + r("target") + '<w:bookmarkEnd w:id="7"/>'
SHOWN = {
    "a template": (_DOTX, "a template"),
    "a part of another name": (packed({name.replace("word/document.xml", "word/document2.xml").replace("word/_rels/document.xml.rels", "word/_rels/document2.xml.rels"): text.replace("word/document.xml", "word/document2.xml") for name, text in unpacked(guest(p(r("from the web")))).items()}), "from the web"),
    "a text box": (guest(p('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="x"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>' + p(r("in the box")) + "</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>")), "in the box"),
    "an old text box": (guest(p("<w:r><w:pict><v:rect style='width:99pt;height:40pt'><v:imagedata o:title=''/><v:textbox><w:txbxContent>" + p(r("in the old box")) + "</w:txbxContent></v:textbox></v:rect></w:pict></w:r>")), "in the old box"),
    "a choice that no office knows": (guest(p('<w:r><mc:AlternateContent><mc:Choice Requires="zz9"><w:t>new</w:t></mc:Choice><mc:Fallback><w:t>fallback</w:t></mc:Fallback></mc:AlternateContent></w:r>')), "fallback"),
    "a footnote": (guest(p(r("x") + '<w:r><w:footnoteReference w:id="1"/></w:r>'), relations=(("rIdN", "footnotes", "footnotes.xml", False),), parts={"word/footnotes.xml": (f"{WORD}footnotes+xml", _NOTE)}), "x"),
    "a ticked box of a form": (guest(p('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' + r(" ticked"))), "☒ ticked"),
    "a choice of a form": (guest(p('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="no"/><w:listEntry w:val="chosen"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>')), "chosen"),
    "its own contents": (guest(p(field('TOC \\o "1-3"', "Chapter one\t3"))), "Chapter one"),
    "a page number": (guest(p(r("page ") + field(" PAGE ", "1"))), "page 1"),
    "a control bound to data": (guest('<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr><w:sdtContent>' + p(r("bound")) + "</w:sdtContent></w:sdt>"), "bound"),
    "a link to a file": (guest(p(f'<w:hyperlink r:id="rIdL">{r("their file")}</w:hyperlink>'), relations=(("rIdL", "hyperlink", "file:///c:/x.exe", True),)), "their file"),
    "a link that runs a script": (guest(p(f'<w:hyperlink r:id="rIdL">{r("press")}</w:hyperlink>'), relations=(("rIdL", "hyperlink", "javascript:alert(1)", True),)), "press"),
    "a link to nowhere": (guest(p(f'<w:hyperlink w:anchor="gone">{r("words of it")}</w:hyperlink>')), "words of it"),
    "a style that isn't there": (guest(p('<w:pPr><w:pStyle w:val="Gone"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="99"/></w:numPr></w:pPr>' + r("styled"))), "styled"),
    "marks of a newer Word": (guest('<w:p w14:paraId="11111111">' + r("newer", '<w14:ligatures w14:val="all"/>') + "</w:p>"), "newer"),
    "a field that never ends": (guest(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>' + r("unseen?")) + p(r("after"))), "after"),
    "a field inside a field": (guest(p(f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>{field("DOCPROPERTY x", "inner")}<w:r><w:instrText> = 1 "yes" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("outcome")}<w:r><w:fldChar w:fldCharType="end"/></w:r>')), "outcome"),
}  # fmt: skip


@pytest.mark.parametrize("kind", SHOWN)
def test_what_the_file_shows_is_there(outscale: Agreement, kind: str) -> None:
    content, words = SHOWN[kind]
    assert _findings(outscale, content) == []
    joined = _joined(outscale, content)
    text = "".join(paragraph_texts(xml(joined)))
    assert words in text
    assert "inner" not in text
    assert not re.search(rb"javascript|x\.exe|dataBinding|w14:|mc:", parts(joined)["word/document.xml"])


def test_a_footnote_has_its_words_and_its_style(outscale: Agreement) -> None:
    joined = parts(_joined(outscale, SHOWN["a footnote"][0]))
    assert b"in a note" in joined["word/footnotes.xml"]


@pytest.mark.parametrize(
    "reference",
    [
        field(" REF Mine \\h ", "target"),
        field('PAGEREF "Mine" \\h', "1"),
        f'<w:fldSimple w:instr=" REF Mine ">{r("target")}</w:fldSimple>',
        field('HYPERLINK \\l "Mine"', "target"),
        f'<w:hyperlink w:anchor="Mine">{r("target")}</w:hyperlink>',
    ],
)
def test_references_follow_their_bookmark(outscale: Agreement, reference: str) -> None:
    joined = xml(_joined(outscale, guest(p(_MARKED) + p(reference))))
    said = "".join(each.text or "" for each in joined.iter(f"{W}instrText")) + "".join(
        each.get(f"{W}instr") or each.get(f"{W}anchor") or "" for each in joined.iter(f"{W}fldSimple", f"{W}hyperlink")
    )
    assert "_F1_Mine" in said


THEME = """<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="x"><a:themeElements><a:clrScheme name="x">
<a:dk1><a:sysClr val="windowText" lastClr="101010"/></a:dk1><a:lt1><a:srgbClr val="FAFAFA"/></a:lt1><a:dk2><a:srgbClr val="222222"/></a:dk2>
<a:accent1><a:srgbClr val="804020"/></a:accent1></a:clrScheme><a:fontScheme name="x"><a:majorFont><a:latin typeface="Georgia"/><a:ea typeface=""/>
<a:cs typeface=""/></a:majorFont><a:minorFont><a:latin typeface="Verdana"/><a:ea typeface="SimSun"/><a:cs typeface=""/></a:minorFont></a:fontScheme>
<a:fmtScheme name="x"/></a:themeElements></a:theme>"""


def test_fonts_and_colours_of_the_theme_are_written_out(outscale: Agreement) -> None:
    body = (
        p(r("minor", '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"/>'))
        + p(r("major", '<w:rFonts w:ascii="Arial" w:asciiTheme="majorHAnsi"/>'))
        + p(r("said", '<w:color w:val="336699" w:themeColor="accent1"/>'))
        + p(r("not said", '<w:color w:val="auto" w:themeColor="accent1" w:themeShade="80"/>'))
        + p(r("lighter", '<w:color w:themeColor="accent1" w:themeTint="80"/>'))
        + p(r("dark", '<w:shd w:val="clear" w:color="auto" w:fill="auto" w:themeFill="text1"/>'))
    )
    joined = parts(_joined(outscale, guest(body, word__theme__theme1=THEME)))
    text = joined["word/document.xml"].decode()
    runs = {words: properties for properties, words in re.findall(r"<w:rPr>(.*?)</w:rPr><w:t[^>]*>([^<]*)</w:t>", text)}
    assert 'w:ascii="Verdana"' in runs["minor"]
    assert 'w:eastAsia="SimSun"' in runs["minor"]
    assert 'w:ascii="Georgia"' in runs["major"]
    assert [re.findall('w:(?:val|fill)="([0-9A-F]{6})"', runs[each]) for each in ("said", "not said", "lighter", "dark")] == [
        ["336699"],
        ["402010"],
        ["BF9F8F"],
        ["101010"],
    ]
    assert not re.search(r"w:\w+Theme=|w:theme\w+=", text + joined["word/styles.xml"].decode())


@pytest.mark.usefixtures("office")
def test_libreoffice_shows_the_words_of_the_certificate_in_the_appendix(outscale: Agreement, tmp_path: Path) -> None:
    """Every kind in one file: the words that LibreOffice prints of it are those that it prints of our appendix."""
    kinds = ("a text box", "an old text box", "a control bound to data", "a link to nowhere", "a style that isn't there", "marks of a newer Word")
    bodies = (unpacked(SHOWN[kind][0])["word/document.xml"].partition("<w:body>")[2].partition("<w:sectPr>")[0] for kind in kinds)
    source = guest("".join(bodies))
    printed = []
    for name, content in (("source", source), ("ours", _joined(outscale, source))):
        (tmp_path / f"{name}.pdf").write_bytes(to_pdf(content))
        text = subprocess.run(
            ["/usr/bin/env", "pdftotext", "-layout", f"{name}.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True, timeout=60
        ).stdout  # beside LibreOffice
        printed.append(text.split())
    assert [word for word in printed[0] if word not in printed[1]] == []
