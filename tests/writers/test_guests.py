"""A Word certificate of any program: everything visible is in ours, or a finding says what isn't."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from snc_docs import Agreement, FindingsError, SncDocsError, assemble, inspect, part_of, write
from snc_docs.archives import parsed
from snc_docs.model.agreement import Attachment
from snc_docs.word_content import fields
from snc_docs.writers.docx.verify import faults
from snc_docs.writers.office import to_pdf
from tests.tools import W, paragraph_texts, parts, xml
from tests.writers.guest_files import TYPES, field, guest, p, packed, r, unpacked

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
    "insertions, the tag broken": guest(p(f'<w:ins\n w:id="1" w:author="a">{r("x")}</w:ins>')),
    "deletions under another prefix": packed(
        {
            name: re.sub(r"\bw:|(?<=xmlns:)w(?==)", lambda prefix: prefix.group().replace("w", "ns0"), text) if name == "word/document.xml" else text
            for name, text in unpacked(guest(p('<w:del w:id="1" w:author="a"><w:r><w:delText>x</w:delText></w:r></w:del>'))).items()
        }
    ),
    "an insertion in conflict": guest(p(f'<w14:conflictIns w:id="1" w:author="a">{r("x")}</w14:conflictIns>')),
    "a footnote that isn't there": guest(p('<w:r><w:footnoteReference\tw:id="7"/></w:r>')),
    "a picture in a footnote": guest(
        p('<w:r><w:footnoteReference w:id="1"/></w:r>'),
        relations=(("rIdN", "footnotes", "footnotes.xml", False),),
        parts={
            "word/footnotes.xml": (f"{WORD}footnotes+xml", _NOTE),
            "word/_rels/footnotes.xml.rels": (
                "application/vnd.openxmlformats-package.relationships+xml",
                f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId5" Type="{TYPES}image" Target="x.png"/></Relationships>',
            ),
        },
    ),
    "the strict format": packed(
        {name: text.replace(W[1:-1], "http://purl.oclc.org/ooxml/wordprocessingml/main") for name, text in unpacked(guest(p(r("x")))).items()}
    ),
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


def _without_result(instruction: str) -> str:
    character = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f"{character.format('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{character.format('end')}"


WARNED = {
    "comments": (guest(p(f'<w:commentRangeStart w:id="1"/>{r("words")}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'), relations=(("rIdC", "comments", "comments.xml", False),), parts={"word/comments.xml": _COMMENTS}), "certificate.comments-lost", "words"),
    "macros": (_DOCM, "certificate.macros", "with macros"),
    "a field that runs a program": (guest(p(field('DDEAUTO c:\\\\cmd.exe "/k calc"', "last result"))), "certificate.fields-frozen", "last result"),
    "a field that fetches text": (guest(p(field("includetext \\\\\\\\host\\\\x.docx", "fetched before"))), "certificate.fields-frozen", "fetched before"),
    "a simple field that fetches": (guest(p(f'<w:fldSimple w:instr=" INCLUDEPICTURE &quot;http://example.com/x.png&quot; ">{r("was here")}</w:fldSimple>')), "certificate.fields-frozen", "was here"),
    "a macro's button": (guest(p(field("MACROBUTTON Run press here", "press here"))), "certificate.fields-frozen", "press here"),
    "an object": (guest(p(r("before") + '<w:r><w:object><v:shape style="width:9pt;height:9pt"/><o:OLEObject Type="Link" ProgID="Excel.Sheet.8" r:id="rIdO"/></w:object></w:r>'), relations=(("rIdO", "oleObject", "file:///c:/x.xls", True),)), "certificate.objects-frozen", "before"),
    "a header under another prefix": (guest(p(r("text")), relations=(("rIdH", "header", "header9.xml", False),), parts={"word/header9.xml": (f"{WORD}header+xml", f"<q:hdr xmlns:q='{W[1:-1]}'><q:p><q:r><q:t>Letterhead</q:t></q:r></q:p></q:hdr>")}), "certificate.margins-lost", "text"),
    "a number that Word counts": (guest(p(r("before ") + _without_result("LISTNUM \\l 1") + r(" after"))), "certificate.fields-lost", "before  after"),
    "a formula": (guest(p(r("x") + _without_result("EQ \\f(1;2)"))), "certificate.fields-lost", "x"),
    "a simple field without text": (guest(p(r("x") + '<w:fldSimple w:instr="AUTONUM"/>')), "certificate.fields-lost", "x"),
    "an instruction in single quotes": (guest(p("<w:fldSimple w:instr='DDE x y'>" + r("last") + "</w:fldSimple>")), "certificate.fields-frozen", "last"),
    "what a newer Word alone shows": (guest(p(r("x") + "<w:r><w14:entityPicker/></w:r>")), "certificate.newer-lost", "x"),
    "the colour of the page": (packed({name: text.replace("<w:body>", '<w:background w:color="FF0000"/><w:body>') if name == "word/document.xml" else text for name, text in unpacked(guest(p(r("coloured")))).items()}), "certificate.background-lost", "coloured"),
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
    "a choice without a fallback": (guest(p('<w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:t>the only form</w:t></mc:Choice></mc:AlternateContent></w:r>')), "the only form"),
    "a choice with an empty fallback": (guest('<mc:AlternateContent><mc:Choice Requires="w14">' + p(r("whole paragraph")) + "</mc:Choice><mc:Fallback/></mc:AlternateContent>"), "whole paragraph"),
    "a choice under another prefix": (guest(p('<w:r><mc:AlternateContent xmlns:foo="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:Choice Requires="foo"><w:t>by namespace</w:t></mc:Choice><mc:Fallback><w:t>older</w:t></mc:Fallback></mc:AlternateContent></w:r>')), "by namespace"),
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


@pytest.mark.parametrize(
    ("shown", "path"),
    [
        ('<w:cols w:num="2"/>', f"{W}cols[@{W}num='2']"),
        ('<w:pgBorders><w:top w:val="single"/></w:pgBorders>', f"{W}pgBorders"),
        ('<w:lnNumType w:countBy="1"/>', f"{W}lnNumType"),
    ],
)
def test_what_shows_on_the_pages_of_a_section_is_carried(outscale: Agreement, shown: str, path: str) -> None:
    files = unpacked(guest(p(r("text"))))
    files["word/document.xml"] = files["word/document.xml"].replace("</w:sectPr>", f"{shown}</w:sectPr>")
    assert sum(section.find(path) is not None for section in xml(_joined(outscale, packed(files))).iter(f"{W}sectPr")) == 1


_CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<c:chart><c:plotArea/></c:chart>{}<c:externalData r:id="rId1"/></c:chartSpace>'
)
_CHART_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{TYPES}oleObject" Target="file:///\\\\evil\\x.xlsx" TargetMode="External"/></Relationships>'
)


def _with_chart(inside: str = "") -> bytes:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="x"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rIdC"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    return guest(
        p(r("chart") + drawing),
        relations=(("rIdC", "chart", "charts/chart1.xml", False),),
        parts={
            "word/charts/chart1.xml": ("application/vnd.openxmlformats-officedocument.drawingml.chart+xml", _CHART.format(inside)),
            "word/charts/_rels/chart1.xml.rels": ("application/vnd.openxmlformats-package.relationships+xml", _CHART_RELATIONS),
        },
    )


def test_a_chart_keeps_its_figures_and_not_the_address_of_its_workbook(outscale: Agreement) -> None:
    files = parts(_joined(outscale, _with_chart()))
    assert any(b"chartSpace" in part for part in files.values())
    assert not any(b"evil" in part for part in files.values())


def test_a_chart_that_shows_what_is_elsewhere_is_refused(outscale: Agreement) -> None:
    with pytest.raises(SncDocsError, match="can't be joined in"):
        _joined(outscale, _with_chart('<a:blip r:link="rId1"/>'))


@pytest.mark.parametrize("target", ["https://cert.example/ref", "file:///c:/evil.exe"])
def test_the_words_of_a_footnotes_link_stay(outscale: Agreement, target: str) -> None:
    files = unpacked(
        guest(
            p(f'{r("x")}<w:r><w:footnoteReference w:id="1"/></w:r><w:hyperlink r:id="rId70">{r("ours")}</w:hyperlink>'),
            relations=(("rIdN", "footnotes", "footnotes.xml", False), ("rId70", "hyperlink", "https://ok.example", True)),
            parts={
                "word/footnotes.xml": (
                    f"{WORD}footnotes+xml",
                    _NOTE.replace("<w:r>", f'<w:hyperlink xmlns:r="{TYPES[:-1]}" r:id="rId70"><w:r>').replace("</w:r>", "</w:r></w:hyperlink>"),
                ),
                "word/_rels/footnotes.xml.rels": (
                    "application/vnd.openxmlformats-package.relationships+xml",
                    _CHART_RELATIONS.replace("rId1", "rId70").replace("oleObject", "hyperlink").replace("file:///\\\\evil\\x.xlsx", target),
                ),
            },
        )
    )
    joined = _joined(outscale, packed(files))
    assert "in a note" in "".join(xml(joined, "word/footnotes.xml").itertext())
    assert faults(joined, joined=True) == []


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


_SHAPE = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="x"/><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr>'
    '<a:solidFill><a:schemeClr val="{}"><a:lumMod val="50000"/></a:schemeClr></a:solidFill></wps:spPr><wps:bodyPr/></wps:wsp>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def test_drawings_keep_the_colours_of_their_own_theme(outscale: Agreement) -> None:
    body = p(r("shapes") + _SHAPE.format("accent1") + _SHAPE.format("tx1") + _SHAPE.format("phClr"))
    text = parts(_joined(outscale, guest(body, word__theme__theme1=THEME)))["word/document.xml"].decode()
    assert re.findall(r"<a:(srgbClr|schemeClr) val=\"(\w+)\"><a:lumMod", text) == [
        ("srgbClr", "804020"),
        ("srgbClr", "101010"),
        ("schemeClr", "phClr"),
    ]


def test_borders_keep_the_colours_of_their_own_theme(outscale: Agreement) -> None:
    borders = '<w:pPr><w:pBdr><w:top w:val="single" w:sz="4" w:space="1" w:color="auto" w:themeColor="accent1"/></w:pBdr></w:pPr>'
    text = parts(_joined(outscale, guest(p(f"{borders}{r('framed')}"), word__theme__theme1=THEME)))["word/document.xml"].decode()
    assert re.search(r'<w:top w:val="single" w:sz="4" w:space="1" w:color="804020"/>', text)


def test_a_theme_that_lacks_things_changes_nothing(outscale: Agreement) -> None:
    bare = '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="x"><a:themeElements/></a:theme>'
    body = p(
        r("plain", '<w:rFonts w:ascii="Arial" w:asciiTheme="majorHAnsi"/><w:color w:val="336699" w:themeColor="accent1"/>') + _SHAPE.format("accent1")
    )
    text = parts(_joined(outscale, guest(body, word__theme__theme1=bare)))["word/document.xml"].decode()
    assert 'w:ascii="Arial"' in text
    assert 'w:val="336699"' in text
    assert '<a:schemeClr val="accent1">' in text


_STYLES = "<w:styles xmlns:w='{}'>{}</w:styles>"
_DEFAULTS = "<w:docDefaults>{}{}</w:docDefaults>"
_RUN_DEFAULTS = '<w:rPrDefault><w:rPr><w:sz w:val="30"/><w:b/></w:rPr></w:rPrDefault>'
_PARAGRAPH_DEFAULTS = '<w:pPrDefault><w:pPr><w:jc w:val="right"/><w:spacing w:after="400"/></w:pPr></w:pPrDefault>'


def _styled(inside: str) -> bytes:
    return guest(p(r("styled")), word__styles=_STYLES.format(W[1:-1], inside))


def test_the_document_defaults_of_a_guest_go_into_its_default_style(outscale: Agreement) -> None:
    own = '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="N"/><w:pPr><w:jc w:val="left"/></w:pPr><w:rPr><w:b w:val="0"/></w:rPr></w:style>'
    styles = xml(_joined(outscale, _styled(_DEFAULTS.format(_RUN_DEFAULTS, _PARAGRAPH_DEFAULTS) + own)), "word/styles.xml")
    (style,) = (each for each in styles.iter(f"{W}style") if each.get(f"{W}styleId") == "F1N")
    assert [str(each.tag).removeprefix(W) for each in style.iterfind(f"{W}pPr/*")] == ["spacing", "jc"], "in the order of the schema"
    assert [(str(each.tag).removeprefix(W), each.get(f"{W}val")) for each in style.iterfind(f"{W}rPr/*")] == [("b", "0"), ("sz", "30")]
    assert style.find(f"{W}pPr/{W}jc").get(f"{W}val") == "left"  # type: ignore[union-attr]  # seen above


@pytest.mark.parametrize(
    "inside",
    [
        "",
        _DEFAULTS.format("", ""),
        _DEFAULTS.format(_RUN_DEFAULTS, ""),
        '<w:style w:type="character" w:default="1" w:styleId="C"><w:name w:val="C"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="P"/></w:style>',
        '<w:style w:type="paragraph" w:default="1" w:styleId="U"/>',
        _DEFAULTS.format(_RUN_DEFAULTS, "") + '<w:style w:type="paragraph" w:default="on" w:styleId="D"><w:name w:val="D"/></w:style>',
    ],
)
def test_a_guest_may_have_hardly_any_styles(outscale: Agreement, inside: str) -> None:
    assert "styled" in paragraph_texts(xml(_joined(outscale, _styled(inside))))


def test_what_stands_beside_the_elements_of_a_guest_is_passed_over(outscale: Agreement) -> None:
    """Comments and instructions of XML, bookmarks that don't pair, a link by an anchor and an address, an instruction of no field."""
    body = p(
        "<!-- by a program --><?pi x?>"
        + r("words")
        + '<w:bookmarkStart w:id="1" w:name="never ends"/><w:bookmarkEnd w:id="2"/><w:bookmarkStart w:id="3" w:name="'
        + "n" * 60
        + '"/><w:bookmarkEnd w:id="3"/>'
        + "<w:r><w:instrText> DATE </w:instrText></w:r>"
        + f'<w:hyperlink w:anchor="gone" r:id="rIdL">{r("linked")}</w:hyperlink>'
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + "<w:r><mc:AlternateContent/></w:r>"
    )
    joined = _joined(outscale, guest(body, relations=(("rIdL", "hyperlink", "https://example.com/", True),)))
    text = parts(joined)["word/document.xml"].decode()
    assert "wordslinked" in paragraph_texts(xml(joined))
    assert "never ends" not in text
    names = re.findall(r'w:bookmarkStart [^>]*w:name="(_F1_[^"]*)"', text)
    assert [len(name) for name in names] == [40], "Word takes no longer names"
    assert "DATE" not in text


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


def test_an_old_picture_of_the_file_is_there(outscale: Agreement) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, "PNG")
    picture = buffer.getvalue().decode("utf-8", "surrogateescape")
    content = guest(
        p(r("seal") + _IMAGE), relations=(("rIdP", "image", "media/seal.png", False),), parts={"word/media/seal.png": ("image/png", picture)}
    )
    assert _findings(outscale, content) == []
    files = parts(_joined(outscale, content))
    assert buffer.getvalue() in files.values()
    assert b"imagedata" in files["word/document.xml"]


def test_a_chart_keeps_the_links_inside_its_file(outscale: Agreement) -> None:
    joined = parts(_joined(outscale, _with_chart('<c:txPr><a:p><a:hlinkClick r:id="" action="ppaction://noaction"/></a:p></c:txPr>')))
    chart = next(part for part in joined.values() if b"chartSpace" in part)
    assert (b"hlinkClick" in chart, b"externalData" in chart) == (True, False)


def test_fields_that_are_not_balanced_give_what_ended() -> None:
    begin, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "end"))
    simple = f'<w:fldSimple w:instr="DATE">{end}</w:fldSimple>'
    body = f"<w:p xmlns:w='{W[1:-1]}'>{end}{simple}{begin}<w:instrText>PAGE</w:instrText></w:p>"
    assert [each.instruction for each in fields(parsed(body.encode()))] == ["DATE"]
