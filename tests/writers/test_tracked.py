"""Tracked changes in Word: rejected they are the old file, accepted the new one, to the element; and nothing unchanged is touched."""

from __future__ import annotations

import difflib
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from snc_docs import Agreement, accept, assemble, load_agreement, redline, reject, side_by_side, write
from snc_docs.document.nodes import Document, ForeignDocument, ListItem, OrderedList, Paragraph, Properties, Redline, Reference, Text
from snc_docs.document.revisions import UnfaithfulRedlineError
from snc_docs.language import Language
from snc_docs.writers.docx.numbering import Lists
from snc_docs.writers.docx.tracked import blocks
from snc_docs.writers.docx.verify import faults
from tests.edits import BASE, KINDS
from tests.long import long_pair
from tests.tools import EXAMPLES, LANGUAGES, TODAY, W, document_of, given_back, run_in_office, sdk_errors, section
from tests.tools import parts as files_of
from tests.trees import documents, edits
from tests.writers.revisions import bookmarks, chosen, parts, said, version


def _laws(old: Document, new: Document, same: tuple[str, str] = ("", "")) -> bytes:
    """Hold a redline to its laws; ``same`` are two names of one thing, for what is called otherwise in one version."""
    merged = redline(old, new, "Counsel", date(2026, 11, 25))
    content = write(merged, "docx")
    assert faults(content) == []
    for how, expected in (("accept", accept(merged)), ("reject", reject(merged))):
        plain = parts(write(expected, "docx"))
        known = bookmarks(plain) | set(same)
        found, wanted = ([line.replace(*same) if same[0] else line for line in each] for each in (said(version(content, how), known), said(plain)))
        assert found == wanted, how + "\n" + "\n".join(difflib.unified_diff(wanted, found, "expected", "found", n=3))
    return content


@settings(max_examples=100, deadline=None)
@given(documents(), documents())
def test_any_two_documents_come_back_from_word(old: Document, new: Document) -> None:
    _laws(old, replace(new, language=old.language))


@settings(max_examples=100, deadline=None)
@given(edits())
def test_any_edit_comes_back_from_word(pair: tuple[Document, Document]) -> None:
    _laws(*pair)


@pytest.fixture(scope="module")
def agreements() -> dict[str, Agreement]:
    names = ("outscale/client", "outscale/client-unknown", "complete/client", "choices/first")
    return {name: load_agreement(EXAMPLES / f"{name}.yaml", today=TODAY) for name in names}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pair_of_examples_comes_back_from_word(agreements: dict[str, Agreement], language: Language) -> None:
    trees = [assemble(agreement, language) for agreement in agreements.values()]
    for old in trees:
        for new in trees:
            if old != new:
                _laws(old, new)


def test_both_languages_side_by_side_come_back_from_word(agreements: dict[str, Agreement]) -> None:
    trees = [side_by_side(assemble(agreement, "fr"), assemble(agreement, "en")) for agreement in agreements.values()]
    for old, new in pairwise([*trees, trees[0]]):
        _laws(old, new)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_edit_comes_back_both_ways(kind: str) -> None:
    old, new = KINDS[kind]
    same = ("_Ref_notices", "_Ref_notice") if kind == "identifier changed" else ("", "")
    _laws(old, new, same)
    _laws(new, old, same)


# What each kind of edit takes: deletions, insertions, and what else, marks of paragraphs and rows among them; a heading has an entry in the
# table of contents, and what is kept together on a page may be other paragraphs.
_FEWEST = {
    "word changed": {"del": 1, "ins": 1},
    "word in": {"ins": 1},
    "word out": {"del": 1},
    "amount": {"del": 1, "ins": 1},
    "typographic apostrophe": {"del": 1, "ins": 1},
    "bold only": {"rPrChange": 1},
    "paragraph in": {"ins": 2},
    "paragraph split": {"del": 1, "ins": 1},
    "paragraphs merged": {"del": 1, "ins": 1},
    "heading retitled": {"del": 2, "ins": 2},
    "row in": {"ins": 4},
    "cell changed": {"del": 1, "ins": 1},
    "link text": {"del": 1, "ins": 1},
    "reference target": {"del": 1, "ins": 1},
    "appendix page turned landscape": {"sectPrChange": 1, "tblPrChange": 1, "tblGridChange": 1, "tcPrChange": 9},
    # Paragraphs of an article that gets parts lose their numbers, and those of a heading that is lowered count a level below.
    "subheading in": {"ins": 4, "pPrChange": 3},
    "subheading out": {"del": 4, "pPrChange": 3},
    "heading lowered": {"del": 2, "pPrChange": 3},
    "paragraph to notice": {"pPrChange": 1},
    "last paragraph to item": {"pPrChange": 2},
    "items put together": {"del": 2, "pPrChange": 3},
    "identifier changed": {},
    "row moved": {"del": 1, "ins": 1, "moveFrom": 3, "moveTo": 3},
}


@pytest.mark.parametrize(("kind", "fewest"), _FEWEST.items())
def test_nothing_unchanged_is_touched(kind: str, fewest: dict[str, int]) -> None:
    content = write(redline(*KINDS[kind]), "docx")
    text = re.sub(rb"<w:(?:customXml|move)\w+Range", b"<", files_of(content)["word/document.xml"])
    names = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange")
    found = {name: len(re.findall(rf"<w:{name} ".encode(), text)) for name in names}
    assert {name: count for name, count in found.items() if count} == fewest


def test_two_columns_with_an_appendix_more_come_back_both_ways() -> None:
    old, new = (side_by_side(each, replace(each, language="fr")) for each in KINDS["appendix in"])
    _laws(old, new)
    _laws(new, old)


def test_in_two_columns_too_references_lead_to_a_heading_whichever_version_is_kept() -> None:
    """A table that comes between takes the headings behind it to another table: they are deleted here and inserted there."""
    old, new = (side_by_side(each, replace(each, language="fr")) for each in KINDS["table in"])
    content = write(redline(old, new), "docx")
    for how in ("accept", "reject"):
        body = version(content, how)["word/document.xml"]
        targets = {each.text.split()[1] for each in body.iter(f"{W}instrText") if each.text.split()[:1] == ["REF"]}
        assert targets - {each.get(f"{W}name") for each in body.iter(f"{W}bookmarkStart")} == set()


def test_an_untouched_paragraph_is_the_same_to_the_byte() -> None:
    merged = _paragraphs(write(redline(*KINDS["word changed"]), "docx"))
    plain = _paragraphs(write(KINDS["word changed"][1], "docx"))
    assert len(merged) == len(plain)
    assert sum(one != other for one, other in zip(merged, plain, strict=True)) == 1


_SECOND_LIST = KINDS["last lettered item in, in a second list"]


def _paragraphs(content: bytes) -> list[bytes]:
    return re.findall(rb"<w:p>.*?</w:p>|<w:p/>", files_of(content)["word/document.xml"])


def test_other_parts_are_those_of_the_new_version() -> None:
    merged, plain = (files_of(write(each, "docx")) for each in (redline(*KINDS["clause moved"]), KINDS["clause moved"][1]))
    assert [name for name in merged if merged[name] != plain[name]] == ["word/document.xml"]


def test_each_numbered_list_of_a_redline_is_defined_by_itself_and_those_of_a_plain_document_share_one() -> None:
    for merged, definitions in ((redline(*_SECOND_LIST), 3), (_SECOND_LIST[1], 1)):
        numbering = etree.fromstring(files_of(write(merged, "docx"))["word/numbering.xml"])
        lists = [each.find(f"{W}abstractNumId").get(f"{W}val") for each in numbering.iter(f"{W}num")][len(Lists._fields) :]  # type: ignore[union-attr]  # each has one
        assert (len(lists), len(set(lists))) == (3, definitions)


def test_a_redline_of_hundreds_of_numbered_lists_is_sound() -> None:
    lists = (OrderedList((ListItem((Paragraph((Text(f"item {number}"),)),)),)) for number in range(260))
    old = document_of(section("a", *(block for each in lists for block in (each, Paragraph((Text("and then:"),))))))
    _laws(old, replace(old, sections=(replace(old.sections[0], title=(Text("Another"),)), *old.sections[1:])))


def test_the_same_redline_is_the_same_file() -> None:
    made = [write(redline(*KINDS["clauses swapped"], "Counsel", date(2026, 11, 25)), "docx") for _ in range(2)]
    assert made[0] == made[1]


def test_every_revision_says_who_and_when() -> None:
    content = files_of(
        write(redline(*KINDS["clause moved and edited"], "Maître Petit", datetime(2026, 11, 25, 12, tzinfo=timezone(timedelta(hours=1)))), "docx")
    )
    body = etree.fromstring(content["word/document.xml"])
    revisions = [each for each in body.iter() if f"{W}author" in each.attrib]
    assert {(each.get(f"{W}author"), each.get(f"{W}date")) for each in revisions} == {("Maître Petit", "2026-11-25T11:00:00Z")}
    ids = [each.get(f"{W}id") for each in revisions]
    assert len(ids) == len(set(ids)) > 10


def test_a_redline_without_a_date_has_none() -> None:
    old, new = (replace(each, properties=Properties(author="Provider")) for each in KINDS["clause moved"])
    body = etree.fromstring(files_of(write(redline(old, new), "docx"))["word/document.xml"])
    assert {each.get(f"{W}author") for each in body.iter(f"{W}ins")} == {"Provider"}
    assert all(each.get(f"{W}date") is None for each in body.iter(f"{W}ins", f"{W}del"))
    assert all(each.get(f"{W}date") for each in body.iter(f"{W}moveFromRangeStart", f"{W}moveToRangeStart"))


def test_a_clause_that_moved_is_a_move_of_one_name_on_both_sides() -> None:
    body = etree.fromstring(files_of(write(redline(*KINDS["clause moved"]), "docx"))["word/document.xml"])
    names = [[each.get(f"{W}name") for each in body.iter(f"{W}move{side}RangeStart")] for side in ("From", "To")]
    assert names == [["move1"], ["move1"]]
    assert "Evidence is kept" in "".join(text for box in body.iter(f"{W}moveFrom") for text in box.itertext())


def test_references_of_a_rejected_move_still_find_their_clause() -> None:
    old = _moved("notice", "duties", "steps")
    content = write(redline(old, _moved("duties", "steps", "notice")), "docx")
    body = version(content, "reject")["word/document.xml"]
    names = {each.get(f"{W}name") for each in body.iter(f"{W}bookmarkStart") if each.getnext().tag != f"{W}bookmarkEnd"}
    wanted = {(each.text or "").split()[1] for each in body.iter(f"{W}instrText") if (each.text or "").split()[:1] == ["REF"]}
    assert wanted
    assert wanted <= names


def _moved(*names: str) -> Document:
    return document_of(*(section(name, Paragraph((Text("See "), Reference("notice", "label")))) for name in names))


def test_a_content_control_that_was_filled_in_is_taken_out_with_its_words() -> None:
    body = chosen(etree.fromstring(files_of(write(redline(*KINDS["fill-in field filled"]), "docx"))["word/document.xml"]))
    (control,) = body.iter(f"{W}sdt")
    assert control.getprevious().tag == f"{W}customXmlDelRangeStart"
    assert control.find(f"{W}sdtContent/{W}del") is not None


def test_the_marks_that_a_control_came_or_went_are_for_word_alone() -> None:
    """Of any other office such a mark makes a change of formatting of all that is behind it."""
    for kind in ("fill-in field filled", "row with a field in", "row with a field moved"):
        body = etree.fromstring(files_of(write(redline(*KINDS[kind]), "docx"))["word/document.xml"])
        assert "customXml" in etree.tostring(chosen(body)).decode()
        assert "customXml" not in etree.tostring(chosen(body, by_word=False)).decode()


def test_other_offices_read_the_words_of_a_row_that_came_with_its_field_and_no_control() -> None:
    body = etree.fromstring(files_of(write(redline(*KINDS["row with a field in"]), "docx"))["word/document.xml"])
    in_word, elsewhere = chosen(body), chosen(body, by_word=False)
    assert "".join(in_word.itertext()) == "".join(elsewhere.itertext())
    assert (len(list(in_word.iter(f"{W}sdt"))), len(list(elsewhere.iter(f"{W}sdt")))) == (1, 0)


@pytest.mark.parametrize("kind", ["row with a field in", "row with a field moved", "one of two fields filled in", "telephone filled in"])
def test_what_word_alone_reads_is_valid_too(kind: str, validator: Path, tmp_path: Path) -> None:
    """The validator looks at what other offices read."""
    files = files_of(write(redline(*KINDS[kind], "Counsel", date(2026, 11, 25)), "docx"))
    files["word/document.xml"] = etree.tostring(chosen(etree.fromstring(files["word/document.xml"])))
    with zipfile.ZipFile(tmp_path / "chosen.docx", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    found = sdk_errors(validator, tmp_path / "chosen.docx")
    assert found == []


def test_a_word_certificate_is_named_in_a_redline_not_joined() -> None:
    old, new = (
        replace(BASE, sections=(*BASE.sections[:-1], replace(BASE.sections[-1], blocks=(ForeignDocument("x.docx", title),))))
        for title in ("Old", "New")
    )
    texts = files_of(write(redline(old, new), "docx"))["word/document.xml"]
    assert (b">Old (x)</w:delText>" in texts, b">New (x)</w:t>" in texts) == (True, True)


def test_two_word_certificates_of_one_name_are_told_apart() -> None:
    old, new = (
        replace(BASE, sections=(*BASE.sections[:-1], replace(BASE.sections[-1], blocks=(ForeignDocument(f"{digest}.docx", "Certificate"),))))
        for digest in ("0123456789abcdef", "fedcba9876543210")
    )
    texts = files_of(write(redline(old, new), "docx"))["word/document.xml"]
    assert (b"(01234567)</w:delText>" in texts, b"(fedcba98)</w:t>" in texts) == (True, True)


def test_a_link_and_a_control_are_kept_apart_by_what_is_gone_either_way() -> None:
    for kind in ("telephone filled in", "telephone no longer known"):
        content = files_of(write(redline(*KINDS[kind]), "docx"))["word/document.xml"].decode()
        assert re.search(r'<w:ins [^>]*><w:del [^>]*><w:r><w:fldChar w:fldCharType="begin"/></w:r>', content)


def test_text_that_stands_elsewhere_says_so_by_its_author_where_a_heading_would_lose_its_style() -> None:
    for kind in ("clause with a table moved down", "clause with a table moved up"):
        content = files_of(write(redline(*KINDS[kind], "Counsel"), "docx"))["word/document.xml"].decode()
        assert set(re.findall(r'w:author="([^"]*)"', content)) == {"Counsel", "Counsel (moved text)"}
        assert "<w:moveFrom " not in content
    plain = files_of(write(redline(*KINDS["clause moved"], "Counsel"), "docx"))["word/document.xml"].decode()
    assert (set(re.findall(r'w:author="([^"]*)"', plain)), "<w:moveFrom " in plain) == ({"Counsel"}, True)


def test_an_author_is_cut_to_what_the_schema_allows() -> None:
    for kind in ("word changed", "clause with a table moved down"):
        content = files_of(write(redline(*KINDS[kind], "x" * 300), "docx"))["word/document.xml"].decode()
        assert {len(author) for author in re.findall(r'w:author="([^"]*)"', content)} == {255}


def test_a_merge_that_would_lose_a_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "merged", lambda _, new: new)
    with pytest.raises(UnfaithfulRedlineError, match="Client thirty days") as error:
        write(redline(*KINDS["last word"]), "docx")
    assert "The Service Provider informs" in error.value.where


def test_every_redline_is_valid_word(validator: Path, tmp_path: Path) -> None:
    def errors(number: int, kind: str) -> list[str]:
        path = tmp_path / f"{number}.docx"
        path.write_bytes(write(redline(*KINDS[kind], "Counsel", date(2026, 11, 25)), "docx"))
        found = sdk_errors(validator, path)
        return [f"{kind}: {each['description']}" for each in found]

    with ThreadPoolExecutor(2) as pool:
        assert [error for found in pool.map(errors, range(len(KINDS)), KINDS) for error in found] == []


# What LibreOffice 7.4 can't give back, which way, and why.
_NO_SECTION_BREAK = "it tracks no section breaks: an empty paragraph, or the other header, stays"
_BEYOND_OFFICE = {
    ("first clause out", "accept"): "no paragraph of its table of contents can be joined to one behind it: an empty entry stays",
    ("appendix in", "reject"): _NO_SECTION_BREAK,
    ("last appendix out", "accept"): _NO_SECTION_BREAK,
    ("last appendix in", "reject"): _NO_SECTION_BREAK,
    ("appendices exchanged", "accept"): _NO_SECTION_BREAK,
    ("appendices exchanged", "reject"): _NO_SECTION_BREAK,
    ("last table of the document in", "reject"): "what is before a table can't be joined to the last paragraph",
    ("table behind the last one of an appendix in", "reject"): "the paragraph between two tables can't be joined to one behind the second",
    ("part with two tables in", "reject"): "the paragraph between them can't be joined to one behind the second",
    ("contents out", "accept"): "two empty lines of a table of contents stay",
}


@pytest.mark.parametrize("third", [0, 1, 2])  # so that two can run side by side, and none for minutes
def test_libreoffice_gives_back_both_versions_of_every_kind(office: str, tmp_path: Path, third: int) -> None:
    kinds = [*KINDS][third::3]
    jobs: list[tuple[str, str]] = []
    plain: dict[int, int] = {}

    def asked(document: Document | Redline, name: str, how: str = "") -> int:
        path = tmp_path / f"{name}.docx"
        path.write_bytes(write(document, "docx"))
        jobs.append((str(path), how))
        return len(jobs) - 1

    pairs = {}
    for number, kind in enumerate(kinds):
        old, new = KINDS[kind]
        merged = redline(old, new, "Counsel", date(2026, 11, 25))
        for how, version_of in (("accept", new), ("reject", old)):
            if id(version_of) not in plain:
                plain[id(version_of)] = asked(version_of, f"{number}-{how}")
            pairs[kind, how] = asked(merged, f"{number}", how), plain[id(version_of)]
    said_by_office = run_in_office("office_revisions.py", office, tmp_path / "profile", jobs)
    differing = {
        (kind, how)
        for (kind, how), (found, wanted) in pairs.items()
        if not given_back(said_by_office[found], said_by_office[wanted], redline(*KINDS[kind]))
    }
    assert differing == {key for key in _BEYOND_OFFICE if key[0] in kinds}


def test_libreoffice_sees_no_change_but_those_that_there_are(office: str, tmp_path: Path) -> None:
    path = tmp_path / "redline.docx"
    path.write_bytes(write(redline(*KINDS["one of two fields filled in"], "Counsel"), "docx"))
    assert run_in_office("office_revisions.py", office, tmp_path / "profile", [(str(path), "list")]) == [["Delete", "Insert"]]


def test_libreoffice_gives_back_both_versions_of_fifty_pages(office: str, agreements: dict[str, Agreement], tmp_path: Path) -> None:
    old, new = long_pair(agreements["complete/client"], 3)
    paths = [tmp_path / f"{name}.docx" for name in ("redline", "old", "new")]
    documents: tuple[Document | Redline, ...] = (redline(old, new, "Counsel", date(2026, 11, 25)), old, new)
    for path, document in zip(paths, documents, strict=True):
        path.write_bytes(write(document, "docx"))
    jobs = [(str(paths[0]), "reject"), (str(paths[1]), ""), (str(paths[0]), "accept"), (str(paths[2]), "")]
    rejected, was, accepted, now = run_in_office("office_revisions.py", office, tmp_path / "profile", jobs)
    merged = documents[0]
    assert isinstance(merged, Redline)
    assert (given_back(rejected, was, merged), given_back(accepted, now, merged), len(now) > 1000) == (True, True, True)
