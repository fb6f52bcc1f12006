"""Whether a merged document gives back its versions: its paragraphs and tables are read as Word settles revisions, and compared.

A revision that goes takes its runs; a tracked mark that goes joins a paragraph to the next one, whose properties both then have;
a row that goes takes its cells, and a table without rows is gone. What has no words and no use is no difference: an empty
link, control or bookmark, how runs of one look are divided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from lxml import etree

from snc_docs.document.revisions import UnfaithfulRedlineError
from snc_docs.writers.docx.tracked.atoms import content_of, signature
from snc_docs.writers.docx.tracked.stamp import NEW
from snc_docs.writers.docx.xml import Element, qn

_P: Final = qn("w:p")
_R: Final = qn("w:r")
_PPR: Final = qn("w:pPr")
_RPR: Final = qn("w:rPr")
_TR: Final = qn("w:tr")
_SECTION: Final = qn("w:sectPr")
_NEW_BOXES: Final = (qn("w:ins"), qn("w:moveTo"))
_OLD_BOXES: Final = (qn("w:del"), qn("w:moveFrom"))
_TEXT: Final = {qn("w:delText"): qn("w:t"), qn("w:delInstrText"): qn("w:instrText")}
_BOOKMARK: Final = qn("w:bookmarkStart")
_BOOKMARK_END: Final = qn("w:bookmarkEnd")
_HOLDERS: Final = (qn("w:hyperlink"), qn("w:sdt"))
_LENGTH: Final = 80

Said = tuple[Any, ...]


def check_version(merged: Sequence[Element], expected: Sequence[bytes], state: str) -> None:
    """Refuse a flow that doesn't give back the version of ``state``, whose elements were ``expected``; UnfaithfulRedlineError says where."""
    waiting = iter(expected)
    for said, element in _blocks(merged, state):
        want = next(waiting, b"")
        if said is None and etree.tostring(element) == want:
            continue
        found = said if said is not None else _block(element, state)
        if not want or found != _block(etree.fromstring(want), state):
            raise UnfaithfulRedlineError("".join(element.itertext())[:_LENGTH])
    if next(waiting, None) is not None:
        raise UnfaithfulRedlineError("")


def _blocks(merged: Sequence[Element], state: str) -> Iterator[tuple[Said | None, Element]]:
    """Yield what each block of a version says, with its element; None where no other paragraph is joined to it, so that it may be as it was."""
    joined: list[Said] = []
    is_open = False
    for element in merged:
        if element.tag != _P:
            if _is_gone_table(element, state):
                continue
            if is_open:
                raise UnfaithfulRedlineError("".join(element.itertext())[:_LENGTH])
            yield None, element
        elif _mark_is_gone(element, state):
            joined += _content(element, state)
            is_open = True
        else:
            yield (_paragraph(element, state, joined) if is_open else None), element
            joined, is_open = [], False
    if is_open:
        raise UnfaithfulRedlineError("")


def _is_gone_table(table: Element, state: str) -> bool:
    return all(_row_is_gone(row, state) for row in table.iterfind(_TR))


def _row_is_gone(row: Element, state: str) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:del' if state == NEW else 'w:ins')}") is not None


def _mark_is_gone(paragraph: Element, state: str) -> bool:
    return paragraph.find(f"{_PPR}/{_RPR}/{qn('w:del' if state == NEW else 'w:ins')}") is not None


def _block(element: Element, state: str) -> Said:
    return _paragraph(element, state, []) if element.tag == _P else _table(element, state)


def _table(table: Element, state: str) -> Said:
    rows = []
    for row in table.iterfind(_TR):
        if not _row_is_gone(row, state):
            cells = [
                (
                    _properties(cell.find(qn("w:tcPr")), state),
                    tuple(
                        said if said is not None else _block(each, state)
                        for said, each in _blocks([each for each in cell if each.tag != qn("w:tcPr")], state)
                    ),
                )
                for cell in row.iterfind(qn("w:tc"))
            ]
            rows.append((_properties(row.find(qn("w:trPr")), state), *cells))
    return _properties(table.find(qn("w:tblPr")), state), _properties(table.find(qn("w:tblGrid")), state), *rows


def _paragraph(paragraph: Element, state: str, joined: list[Said]) -> Said:
    return _properties(paragraph.find(_PPR), state), *_joined([*joined, *_content(paragraph, state)])


def _properties(properties: Element | None, state: str) -> Said:
    """Return what properties were or are, revisions and section breaks aside."""
    if properties is None:
        return ()
    change = next((child for child in properties if str(child.tag).endswith("Change")), None)
    if change is not None and state != NEW:
        properties = change[0]
    aside = (_SECTION, *_NEW_BOXES, *_OLD_BOXES, *((change.tag,) if change is not None else ()))
    return tuple(signature(child) for child in properties if child.tag not in aside and not (child.tag == _RPR and properties.tag == _PPR))


def _content(parent: Element, state: str) -> list[Said]:
    said: list[Said] = []
    for child in parent:
        if child.tag == _R:
            said += _run(child, state)
        elif child.tag in (*_NEW_BOXES, *_OLD_BOXES):
            if child.tag in (_NEW_BOXES if state == NEW else _OLD_BOXES):
                said += _content(child, state)
        elif child.tag in _HOLDERS:
            inside = tuple(_joined(_content(content_of(child), state)))
            if inside:  # a link or control around nothing shows nothing, whether it holds an empty text or no text
                said.append((child.tag, tuple(sorted(child.attrib.items())), inside))
        elif child.tag in (_BOOKMARK, _BOOKMARK_END):
            said.append((child.tag, child.get(qn("w:name"))))
    return said


def _run(run: Element, state: str) -> Iterator[Said]:
    look = _properties(run.find(_RPR), state)
    for child in run:
        if child.tag != _RPR:
            tag, *rest = signature(child)
            tag = _TEXT.get(tag, tag)
            if tag == qn("w:t"):
                yield tag, look, child.text or ""
            else:
                yield tag, look, *rest


def _joined(said: Sequence[Said]) -> list[Said]:
    """Return content with texts of one look joined, and bookmarks around nothing left out."""
    result: list[Said] = []
    for each in said:
        last = result[-1] if result else ()
        if each[0] == qn("w:t"):
            if last and last[0] == each[0] and last[1] == each[1]:
                result[-1] = (*last[:2], last[2] + each[2])
            elif each[2]:
                result.append(each)
        elif each[0] == _BOOKMARK_END and last and last[0] == _BOOKMARK:
            result.pop()
        else:
            result.append(each)
    return result
