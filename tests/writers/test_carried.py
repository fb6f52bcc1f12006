"""What a Word certificate's text rests on comes with it: lists with their numbers, base styles, margins, pictures, parts of parts."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from snc_docs import Agreement, FindingsError, SncDocsError, assemble, inspect, part_of, write
from snc_docs.model.agreement import Attachment
from snc_docs.writers.docx.verify import faults
from tests.tools import W, parts, xml
from tests.writers.guest_files import NAMESPACES, TYPES, field, guest, p, packed, r, unpacked

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def _agreement(outscale: Agreement, content: bytes) -> Agreement:
    return outscale.model_copy(update={"attachments": (Attachment(name="certificate-specimen.pdf", media_type=DOCX, content=content),)})


def _joined(outscale: Agreement, content: bytes) -> bytes:
    joined = write(part_of(assemble(_agreement(outscale, content), "en"), "appendix-b"), "docx")
    assert faults(joined, joined=True) == []
    return joined


def _refusal(outscale: Agreement, content: bytes) -> str:
    try:
        inspect(_agreement(outscale, content), "en")
    except FindingsError as error:
        return error.diagnostics[0].message.en
    return ""


# --------------------------------------------------------------------------------------------------------------- lists


def _level(level: int, form: str, text: str, start: int = 1, style: str = "") -> str:
    tied = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{tied}<w:lvlText w:val="{text}"/></w:lvl>'


def _lists(abstracts: tuple[str, ...], *nums: str) -> str:
    """Return a numbering part; ``nums`` are the list definitions of each list from 1, with what overrides them."""
    written = "".join(
        f'<w:abstractNum w:abstractNumId="{index}"><w:multiLevelType w:val="multilevel"/>{inside}</w:abstractNum>'
        for index, inside in enumerate(abstracts)
    )
    written += "".join(f'<w:num w:numId="{index}"><w:abstractNumId w:val="{num[0]}"/>{num[1:]}</w:num>' for index, num in enumerate(nums, 1))
    return f"<w:numbering {NAMESPACES}>{written}</w:numbering>"


def _item(text: str, number: int | None = 1, style: str = "", level: int = 0) -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number is not None else ""
    return p(f"<w:pPr>{named}{listed}</w:pPr>{r(text)}")


def _style(name: str, inside: str = "", *, based: str = "Normal", kind: str = "paragraph") -> str:
    rests = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{rests}{inside}</w:style>'


def _styles(*styles: str, defaults: str = "") -> str:
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    return f"<w:styles {NAMESPACES}>{defaults}{normal}{''.join(styles)}</w:styles>"


def _numbered(number: int, level: int = 0) -> str:
    return f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'


_DECIMAL, _BOTH = _level(0, "decimal", "%1."), _level(0, "decimal", "%1.") + _level(1, "decimal", "%1.%2")
_SEVEN = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
_NOTES = f"<w:footnotes {NAMESPACES}><w:footnote w:id='1'>{_item('note a')}{_item('note b')}</w:footnote></w:footnotes>"


def _cell(inside: str) -> str:
    return f"<w:tc><w:tcPr/>{inside}</w:tc>"


LISTS = {
    "a list that starts at five": (guest(_item("five") + _item("six"), word__numbering=_lists((_level(0, "decimal", "%1.", 5),), "0")), ["5. five", "6. six"]),
    "a list that starts anew": (guest(_item("seven") + _item("eight"), word__numbering=_lists((_DECIMAL,), f"0{_SEVEN}")), ["7. seven", "8. eight"]),
    "a list that goes on": (guest(_item("one") + _item("seven", 2) + _item("eight"), word__numbering=_lists((_DECIMAL,), "0", f"0{_SEVEN}")), ["1. one", "7. seven", "8. eight"]),
    "one list in two styles": (guest(_item("one", 1, "A") + _item("two", 1, "B") + _item("three", 1, "A"), word__styles=_styles(_style("A"), _style("B")), word__numbering=_lists((_DECIMAL,), "0")), ["1. one", "2. two", "3. three"]),
    "a part in a style of its own": (guest(_item("top") + _item("part", 1, "S", 1) + _item("next", 1, "S", 1) + _item("second"), word__styles=_styles(_style("S")), word__numbering=_lists((_BOTH,), "0")), ["1. top", "1.1 part", "1.2 next", "2. second"]),
    "headings numbered by their styles": (guest(_item("chapter", None, "H1") + _item("section a", None, "H2") + _item("section b", None, "H2") + _item("chapter two", None, "H1") + _item("section c", None, "H2"), word__styles=_styles(_style("H1", _numbered(1).replace("</w:pPr>", '<w:outlineLvl w:val="0"/></w:pPr>')), _style("H2", _numbered(1, 1))), word__numbering=_lists((_level(0, "decimal", "%1.", style="H1") + _level(1, "decimal", "%1.%2", style="H2"),), "0")), ["1. chapter", "1.1 section a", "1.2 section b", "2. chapter two", "2.1 section c"]),
    "a list style": (guest(_item("one", 2) + _item("two", 2), word__styles=_styles(_style("Mine", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', based="", kind="numbering")), word__numbering=_lists(('<w:styleLink w:val="Mine"/>' + _level(0, "decimal", "Art. %1"), '<w:numStyleLink w:val="Mine"/>'), "0", "1")), ["Art. 1 one", "Art. 2 two"]),
    "numbers of a base style": (guest(_item("one", None, "C") + _item("two", None, "C"), word__styles=_styles(_style("P", _numbered(1) + "<w:rPr><w:caps/></w:rPr>"), _style("C", based="P")), word__numbering=_lists((_DECIMAL,), "0")), ["1. ONE", "2. TWO"]),
    "two lists of a table": (guest(f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='4000'/><w:gridCol w:w='4000'/></w:tblGrid><w:tr>{_cell(_item('first') + _item('second'))}{_cell(_item('letter', 2) + _item('last', 2))}</w:tr></w:tbl><w:p/>", word__numbering=_lists((_DECIMAL, _level(0, "upperLetter", "%1)")), "0", "1")), ["1. first A) letter", "2. second B) last"]),
    "a list of a footnote": (guest(p(r("x") + '<w:r><w:footnoteReference w:id="1"/></w:r>') + _item("in the text"), relations=(("rIdN", "footnotes", "footnotes.xml", False),), parts={"word/footnotes.xml": (f"{_WORD}footnotes+xml", _NOTES)}, word__numbering=_lists((_level(0, "upperLetter", "%1)"),), "0")), ["A) in the text", "B) note b"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def printed(outscale: Agreement, office: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], list[str]]]:
    """Return the lines that LibreOffice prints of each file, and of the appendix that it becomes."""
    folder = tmp_path_factory.mktemp("lists")
    for index, (content, _) in enumerate(LISTS.values()):
        (folder / f"s{index}.docx").write_bytes(content)
        (folder / f"t{index}.docx").write_bytes(_joined(outscale, content))
    files = sorted(path.name for path in folder.glob("*.docx"))
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", *files]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    return {name: (_lines(folder / f"s{index}.pdf"), _lines(folder / f"t{index}.pdf")) for index, name in enumerate(LISTS)}


def _lines(path: Path) -> list[str]:
    done = subprocess.run(
        ["/usr/bin/env", "pdftotext", "-layout", path.name, "-"], cwd=path.parent, check=True, capture_output=True, text=True, timeout=60
    )
    return [" ".join(line.split()) for line in done.stdout.splitlines() if line.strip()]


@pytest.mark.parametrize("kind", LISTS)
def test_lists_have_the_numbers_that_they_had(printed: dict[str, tuple[list[str], list[str]]], kind: str) -> None:
    source, ours = printed[kind]
    expected = LISTS[kind][1]
    assert [line for line in expected if line not in source and f"1 {line}" not in source] == [], "what the source program shows"
    assert [line for line in expected if line not in ours and f"1 {line}" not in ours] == []


def test_lists_are_none_of_ours_and_numbers_are_there_once(outscale: Agreement) -> None:
    for content, _ in LISTS.values():
        joined = _joined(outscale, content)
        numbering = xml(joined, "word/numbering.xml")
        for name, attribute in (("num", "numId"), ("abstractNum", "abstractNumId")):
            numbers = [each.get(f"{W}{attribute}") for each in numbering.iterfind(f"{W}{name}")]
            assert len(numbers) == len(set(numbers))
        order = [str(each.tag).rpartition("}")[2] for each in numbering]
        assert order == sorted(order, key=["numPicBullet", "abstractNum", "num", "numIdMacAtCleanup"].index)
        assert not any("lvlPicBulletId" in str(each.tag) for each in numbering.iter())


def test_a_sign_that_is_a_picture_has_its_character(outscale: Agreement) -> None:
    bullet = _level(0, "bullet", "\u2022").replace("<w:lvlText", '<w:lvlText w:x="1"').replace(' w:x="1"', "")
    numbering = _lists((bullet.replace("</w:lvl>", '<w:lvlPicBulletId w:val="0"/></w:lvl>'),), "0")
    joined = _joined(outscale, guest(_item("item"), word__numbering=numbering))
    assert b"lvlPicBulletId" not in parts(joined)["word/numbering.xml"]
    assert "\u2022".encode() in parts(joined)["word/numbering.xml"]


# -------------------------------------------------------------------------------------------------------------- styles


def test_a_style_keeps_what_it_rests_on_and_nothing_else_comes(outscale: Agreement) -> None:
    content = guest(
        _item("text", None, "C"),
        word__styles=_styles(_style("P", "<w:rPr><w:b/></w:rPr>"), _style("C", '<w:next w:val="Unused"/>', based="P"), _style("Unused")),
    )
    styles = xml(_joined(outscale, content), "word/styles.xml")
    names = {str(each.get(f"{W}styleId")) for each in styles.iterfind(f"{W}style")}
    assert {"F1C", "F1P", "F1Normal"} <= names
    assert "F1Unused" not in names
    assert {each.get(f"{W}val") for name in ("basedOn", "next", "link") for each in styles.iter(f"{W}{name}")} <= names


def test_what_a_table_style_says_is_not_overruled_by_the_documents_defaults(outscale: Agreement) -> None:
    defaults = '<w:docDefaults><w:rPrDefault><w:rPr><w:color w:val="000000"/><w:sz w:val="18"/></w:rPr></w:rPrDefault></w:docDefaults>'
    table = _style("T", '<w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr>', based="", kind="table")
    body = f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid><w:tr>{_cell(p(r("in")))}</w:tr></w:tbl>'
    joined = _joined(outscale, guest(body + p(r("out")), word__styles=_styles(table, defaults=defaults)))
    styles = {each.get(f"{W}styleId"): each for each in xml(joined, "word/styles.xml").iterfind(f"{W}style")}

    def color_of(text: str) -> tuple[str | None, ...]:
        paragraph = next(each for each in xml(joined).iter(f"{W}p") if "".join(each.itertext()) == text)
        name = paragraph.find(f"{W}pPr/{W}pStyle")
        assert name is not None
        return tuple(each.get(f"{W}val") for each in styles[str(name.get(f"{W}val"))].iterfind(f"{W}rPr/{W}color"))

    assert (color_of("in"), color_of("out")) == ((), ("000000",))
    assert [each.get(f"{W}val") for each in styles["F1T"].iterfind(f"{W}rPr/*")] == ["FFFFFF", "18"]
    assert [str(each.tag).rpartition("}")[2] for each in styles["F1T"]][-2:] == ["rPr", "tcPr"]


# --------------------------------------------------------------------------------------------------------------- pages


def _with_margins(body: str, margins: str) -> bytes:
    files = unpacked(guest(body))
    files["word/document.xml"] = files["word/document.xml"].replace('w:h="16838"/>', f'w:h="16838"/>{margins}')
    return packed(files)


@pytest.mark.parametrize(("side", "width", "own"), [("left", 300, True), ("bottom", 300, True), ("left", 3000, False), ("bottom", 3000, False)])
def test_what_is_wider_than_our_text_has_pages_of_its_own(outscale: Agreement, side: str, width: int, *, own: bool) -> None:
    margins = dict.fromkeys(("top", "right", "bottom", "left"), 3000) | {side: width}
    written = "".join(f' w:{name}="{value}"' for name, value in margins.items())
    joined = xml(_joined(outscale, _with_margins(p(r("text")), f'<w:pgMar{written} w:header="0" w:footer="0" w:gutter="0"/>')))
    assert any(each.get(f"{W}{side}") == str(width) for each in joined.iter(f"{W}pgMar")) is own


_ANCHORED = (
    '<w:r><w:pict><v:rect style="position:absolute;width:99pt;height:40pt"/></w:pict></w:r>',
    '<w:r><w:drawing><wp:anchor><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="x"/></wp:anchor></w:drawing></w:r>',
)


@pytest.mark.parametrize("placed", _ANCHORED)
def test_what_stands_at_a_place_of_the_page_keeps_its_margins(outscale: Agreement, placed: str) -> None:
    margins = '<w:pgMar w:top="3000" w:right="3000" w:bottom="3000" w:left="3000" w:header="0" w:footer="0" w:gutter="0"/>'
    assert any(each.get(f"{W}top") == "3000" for each in xml(_joined(outscale, _with_margins(p(placed), margins))).iter(f"{W}pgMar"))


# ------------------------------------------------------------------------------------------------------------ pictures


def _picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, "PNG")
    return buffer.getvalue()


def _pictured(inside: str, identifier: str = "rIdP") -> bytes:
    picture = _picture().decode("utf-8", "surrogateescape")
    return guest(p(inside), relations=((identifier, "image", "media/seal.png", False),), parts={"word/media/seal.png": ("image/png", picture)})


@pytest.mark.parametrize(
    "shape",
    [
        "<v:rect style='width:9pt;height:9pt'><v:imagedata r:id='rIdP'/></v:rect>",
        "<v:oval style='width:9pt;height:9pt'><v:fill r:id='rIdP' type='frame'/></v:oval>",
        "<v:group><v:roundrect style='width:9pt;height:9pt'><v:stroke r:id='rIdP'/></v:roundrect></v:group>",
        "<v:shape style='width:9pt;height:9pt'><v:imagedata r:id='rIdP'/></v:shape>",
    ],
)
def test_pictures_of_old_drawings_are_there(outscale: Agreement, shape: str) -> None:
    files = parts(_joined(outscale, _pictured(f"<w:r><w:pict>{shape}</w:pict></w:r>")))
    assert _picture() in [content for name, content in files.items() if name.startswith("word/media/")]


def test_a_number_that_leads_to_something_else_is_a_fault() -> None:
    content = guest(p("<w:r><w:pict><v:rect><v:imagedata r:id='rId1'/></v:rect></w:pict></w:r>"))
    relations = unpacked(content)["word/_rels/document.xml.rels"]
    assert not re.search(r'Id="rId1"[^>]*/image"', relations)
    assert any("isn't that of a picture" in fault for fault in faults(content))


# ---------------------------------------------------------------------------------------------------------- other data


def _bound(value: str, saved: str, *, kind: str = "<w:text/>", path: str = "/n:a[1]/n:b[1]") -> bytes:
    identifier = "{11111111-1111-1111-1111-111111111111}"
    binding = f'<w:dataBinding w:prefixMappings="xmlns:n=\'urn:x\'" w:xpath="{path}" w:storeItemID="{identifier.lower()}"/>'
    control = f"<w:sdt><w:sdtPr>{binding}{kind}</w:sdtPr><w:sdtContent>{p(r(saved))}</w:sdtContent></w:sdt>"
    store = f'<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{identifier}"/>'
    relation = f'<Relationship Id="rId1" Type="{TYPES}customXmlProps" Target="itemProps9.xml"/>'
    return guest(
        control,
        relations=(("rIdD", "customXml", "../customXml/item9.xml", False),),
        parts={
            "customXml/item9.xml": ("application/xml", f'<a xmlns="urn:x"><c/><b at="{value}">{value}</b></a>'),
            "customXml/itemProps9.xml": ("application/vnd.openxmlformats-officedocument.customXmlProperties+xml", store),
            "customXml/_rels/item9.xml.rels": (
                "application/vnd.openxmlformats-package.relationships+xml",
                f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>',
            ),
        },
    )


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (_bound("CERT 4711", "[certificate number]"), True),
        (_bound("CERT 4711", "CERT  4711"), False),
        (_bound("", "[certificate number]"), False),
        (_bound("2026-01-15", "15 January 2026", kind="<w:date/>"), False),
        (_bound("CERT 4711", "other", path="/n:a[1]/n:b[1]/@at"), True),
        (_bound("CERT 4711", "other", path="/n:a[1]/n:b[1]/text()"), True),
        (_bound("CERT 4711", "other", path="/n:a[1]/n:b[2]"), False),
        (_bound("CERT 4711", "other", path="//n:b"), False),
        (_bound("CERT 4711", "other", path="/a/b"), False),
        (_bound("CERT 4711", "other", kind=""), True),
    ],
)
def test_a_control_whose_data_says_something_else_is_refused(outscale: Agreement, content: bytes, *, refused: bool) -> None:
    assert ("takes its words from data" in _refusal(outscale, content)) is refused


def test_another_document_in_a_footnote_is_refused(outscale: Agreement) -> None:
    note = f"<w:footnotes {NAMESPACES}><w:footnote w:id='1'>{p(r('n'))}<w:altChunk r:id='rId1'/></w:footnote></w:footnotes>"
    content = guest(
        p(r("x") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + field("PAGE", "1")),
        relations=(("rIdN", "footnotes", "footnotes.xml", False),),
        parts={"word/footnotes.xml": (f"{_WORD}footnotes+xml", note)},
    )
    assert "holds other documents" in _refusal(outscale, content)


_SHAPES = "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml"
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"


def test_what_is_drawn_on_a_chart_comes_with_it_under_its_own_number(outscale: Agreement) -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="x"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rIdC"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    space = f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="{TYPES[:-1]}"><c:userShapes r:id="rId3"/></c:chartSpace>'
    shapes = f'<c:userShapes xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" {NAMESPACES}><a:t>ON THE CHART</a:t></c:userShapes>'

    def relation(target: str, kind: str) -> str:
        inside = f'<Relationship Id="rId3" Type="{TYPES}{kind}" Target="{target}"/>'
        return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'

    content = guest(
        p(drawing) + p(drawing),
        relations=(("rIdC", "chart", "charts/chart1.xml", False),),
        parts={
            "word/charts/chart1.xml": (_CHART, space),
            "word/charts/_rels/chart1.xml.rels": (_RELATIONS, relation("../drawings/drawing1.xml", "chartUserShapes")),
            "word/drawings/drawing1.xml": (_SHAPES, shapes),
        },
    )
    files = parts(_joined(outscale, content))
    charts = [name for name, part in files.items() if b"chartSpace" in part]
    assert charts
    for name in charts:
        related = files[f"word/charts/_rels/{name.rpartition('/')[2]}.rels"].decode()
        target = re.search(r'Id="rId3"[^>]*Target="\.\./drawings/([^"]*)"|Target="\.\./drawings/([^"]*)"[^>]*Id="rId3"', related)
        assert target is not None
        assert b"ON THE CHART" in files[f"word/drawings/{target[1] or target[2]}"]


def _effect(identifier: str) -> str:
    layer = f'<a14:imgProps xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"><a14:imgLayer r:embed="{identifier}"/></a14:imgProps>'
    picture = f'<a:blip r:embed="rIdP"><a:extLst><a:ext uri="{{BEBA8EAE-BF5A-486C-A8C5-ECC9F3942E4B}}">{layer}</a:ext></a:extLst></a:blip>'
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="x"/><a:graphic><a:graphicData uri="'
        'http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:blipFill>{picture}</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def test_what_a_picture_keeps_beside_itself_comes_with_it(outscale: Agreement) -> None:
    files = unpacked(_pictured(_effect("rIdL")))
    layer = '<Relationship Id="rIdL" Type="http://schemas.microsoft.com/office/2007/relationships/hdphoto" Target="media/layer.wdp"/>'
    files["word/_rels/document.xml.rels"] = files["word/_rels/document.xml.rels"].replace("</Relationships>", f"{layer}</Relationships>")
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
        "</Types>", '<Default Extension="wdp" ContentType="image/vnd.ms-photo"/></Types>'
    )
    files["word/media/layer.wdp"] = "the picture before its effect"
    assert b"the picture before its effect" in parts(_joined(outscale, packed(files))).values()


def test_what_a_picture_keeps_nowhere_is_refused(outscale: Agreement) -> None:
    with pytest.raises(SncDocsError, match="can't be joined in"):
        _joined(outscale, _pictured(_effect("rIdNowhere")))
