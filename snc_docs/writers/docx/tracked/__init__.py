"""Tracked changes: two versions of a Word document, written by one writer, merged into one with revisions.

Which paragraphs, rows and sections of the two belong together the redline says (``spots``), and which words changed in them. Every
merged document is verified before it is returned: with all revisions rejected it must say what the old version says, with all
accepted what the new one does; otherwise it is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from snc_docs.document.nodes import Deletion, Insertion, Redline, Section
from snc_docs.document.revisions import Kept, UnfaithfulRedlineError, View, view_of
from snc_docs.document.walk import sections_of
from snc_docs.patterns import regex
from snc_docs.writers.docx.contents import make_field
from snc_docs.writers.docx.inlines import bookmark_name
from snc_docs.writers.docx.pages import Group, key_of_group, page_groups
from snc_docs.writers.docx.place import Context
from snc_docs.writers.docx.serializing import MOVED
from snc_docs.writers.docx.stamp import Stamp
from snc_docs.writers.docx.tracked.copies import sign_copies
from snc_docs.writers.docx.tracked.faithful import Reading
from snc_docs.writers.docx.tracked.groups import merged_groups
from snc_docs.writers.docx.written import NEW, OLD, Flow, Holder, Mark, P, paragraphs, pieces

__all__ = ["field_balance", "moves_of", "ranged", "tracked_groups"]

_FIELD: Final = regex('w:fldCharType="(begin|end)"')
_SIZES: Final = {"begin": 1, "end": -1}

Write = Callable[[Context], list[Group]]


class Tracked(NamedTuple):
    """The page groups of a redline with its revisions, those of its new version, and the moves that have words in both their places."""

    groups: list[Group]
    new_groups: list[Group]
    moves: frozenset[str]


def tracked_groups(redline: Redline, context_of: Callable[[View, Kept], Context], write: Write) -> Tracked:
    """Return the page groups of a redline.

    ``context_of`` makes the context of a version, and ``write`` writes the groups of one. UnfaithfulRedlineError for revisions that would
    not give back both versions.
    """
    new, old = (view_of(redline, kept) for kept in (Insertion, Deletion))
    new_context, old_context = context_of(new, Insertion), context_of(old, Deletion)
    old_context.renamed = _renamed(redline)
    places, old_places = _places(new_context), _places(old_context)
    old_context.doubled = frozenset(name for name, place in old_places.items() if places.get(old_context.renamed.get(name, name), place) != place)
    tracked, doubled = _tracked(old_context, new_context, write)
    if doubled:
        old_context.doubled |= {name for name in old_places if bookmark_name(old_context.renamed.get(name, name)) in doubled}
        tracked, _ = _tracked(old_context, new_context, write)
    return tracked


def _tracked(old_context: Context, new_context: Context, write: Write) -> tuple[Tracked, frozenset[str]]:
    """Return two versions merged, and the bookmarks that stand in it twice: in two columns, a heading may change tables."""
    # The new version is written first: it shares its relationships and lists with the plain file of that version.
    new_groups, old_groups = write(new_context), write(old_context)
    expected = [(state, _plain(groups)) for state, groups in ((OLD, old_groups), (NEW, new_groups))]
    merged = merged_groups(old_groups, new_groups)
    flow = [each for group in merged for each in group.blocks]
    moves = sign_copies(flow, moves_of(flow))
    for state, version in expected:
        Reading(state, moves).check(flow, version)
    counts = Counter(
        piece.name for each in paragraphs(flow) for _, piece in pieces(each.content) if type(piece) is Mark and piece.tag == "w:bookmarkStart"
    )
    return Tracked(merged, new_groups, moves), frozenset(name for name, count in counts.items() if count > 1)


def _renamed(redline: Redline) -> dict[str, str]:
    """Return the new identifiers of the sections that both versions have, by their old ones, where these differ."""
    headings = ((line.was, line.block) for line in redline.lines if line.new is not None and line.old is not None)
    return {was.id: now.id for was, now in headings if isinstance(was, Section) and isinstance(now, Section) and was.id != now.id}


def _places(context: Context) -> dict[str, tuple[str, str]]:
    """Return where each section of a version stands: in which group, at which spot."""
    return {
        section.id: (key_of_group(group, context), context.key(section))
        for group in page_groups(context.document.sections)
        for section in sections_of(group)
    }


def _plain(groups: Sequence[Group]) -> Flow:
    """Return the flow of a version with its tables of contents as fields, as its plain document has it."""
    flow = [replace(each) if type(each) is P and each.entry else each for group in groups for each in group.blocks]
    for contents in dict.fromkeys(each.entry for each in flow if type(each) is P and each.entry):
        make_field([each for each in flow if type(each) is P and each.entry == contents])
    return flow


def moves_of(flow: Flow) -> frozenset[str]:
    """Return the moves that have words in both their places: what has some in one alone is a plain deletion or insertion."""
    sides: dict[str, set[str]] = {OLD: set(), NEW: set()}
    for each in paragraphs(flow):
        for state, piece in pieces(each.content):
            move = each.was_move if state == OLD else each.move
            if state in sides and move and not isinstance(piece, (Holder, Mark)):
                sides[state].add(move)
    return frozenset(sides[OLD] & sides[NEW])


def ranged(text: str, stamp: Stamp) -> str:
    """Return text with the ranges of its moves, one pair of range marks a side (17.13.5.22 to 28)."""
    found = list(MOVED.finditer(text))
    firsts = {match.groups()[1:]: match.start() for match in reversed(found) if not match[1]}
    lasts = {match.groups()[1:]: match.start() for match in found if match[1]}
    ranges = {(state, name): stamp.move_range(state, f"move{name}") for state, name in firsts}

    def shown(match: re.Match[str]) -> str:
        end, side = match[1], (match[2], match[3])
        if match.start() != (lasts if end else firsts)[side]:
            return ""
        return ranges[side][1 if end else 0]

    return MOVED.sub(shown, text)


def field_balance(text: str) -> None:
    """Refuse text in which a field ends that never began, or never ends; UnfaithfulRedlineError."""
    depth = 0
    for match in _FIELD.finditer(text):
        depth += _SIZES[match[1]]
        if depth < 0:
            break
    if depth:
        raise UnfaithfulRedlineError("")
