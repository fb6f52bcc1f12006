"""The lines of a redline as sections to show: nested as in the new version, with what went where it stood.

A heading that one version alone has is a section whose title is revised, not its blocks: those may be there in both. What stays goes on in
the section that it is in now, and what went closes nothing that the new version goes on with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from snc_docs.document.lines import Container, nested, shared_depth
from snc_docs.document.nodes import Deletion, Frame, Insertion, Line, LineBlock, ListItem, ListShell, Redline, Section

Containers = tuple[Container, ...]
Shown = LineBlock | Insertion[LineBlock] | Deletion[LineBlock] | None


def displayed(redline: Redline) -> tuple[Section, ...]:
    """Return sections that hold both versions."""
    return nested(_framed(redline.lines))


def _framed(lines: Sequence[Line]) -> Iterator[tuple[LineBlock | None, Frame]]:
    """Yield what is shown of each line, and what that stands in."""
    shown: Containers = ()
    standing = _standing(lines)
    ahead = _ahead(standing)
    for line, (old, new, opened), behind in zip(lines, standing, ahead, strict=True):
        containers = new if new is not None else _for_gone(old or (), shown, behind)
        kept = shared_depth(shown, containers)
        shells = tuple(cast("ListShell", each.node) for each in containers[kept:])
        yield cast("LineBlock | None", _block(line)), Frame(kept, shells)
        shown = (*containers, opened) if opened is not None else containers


def _block(line: Line) -> Shown:
    block = line.block
    if block is None or (line.old is not None and line.new is not None):
        return block
    if isinstance(block, Section):
        is_gone = line.new is None
        words = Deletion(block.title) if is_gone else Insertion(block.title)
        return replace(block, id=former_id(block.id) if is_gone else block.id, title=(words,))
    return Deletion((block,), line.move) if line.new is None else Insertion((block,), line.move)


def former_id(identifier: str) -> str:
    """Return what a section that went is called: what went must not take the name of what is there now."""
    return f"was-{identifier}"


@dataclass(slots=True)
class _Open:
    """What is open in one version, outermost first."""

    containers: list[Container] = field(default_factory=list)

    def enter(self, frame: Frame) -> Containers:
        del self.containers[frame.kept :]
        self.containers += (Container(shell) for shell in frame.opens)
        return tuple(self.containers)


def _standing(lines: Sequence[Line]) -> list[tuple[Containers | None, Containers | None, Container | None]]:
    """Return what each line stands in in either version (None where that lacks it), and the section that it opens.

    What both versions have is the new version's.
    """
    open_old, open_new = _Open(), _Open()
    result = []
    for line in lines:
        new = open_new.enter(line.new) if line.new is not None else None
        old = open_old.enter(line.old) if line.old is not None else None
        if new is not None and old is not None:
            open_old.containers[:] = old = _as_new(old, new)
        block, former = line.block, line.was or line.block
        shown = block if new is not None else former
        opened = Container(shown) if isinstance(shown, Section) else None
        if opened is not None and new is not None:
            open_new.containers.append(opened)
        if old is not None and isinstance(former, Section):
            open_old.containers.append(opened or Container(former))
        result.append((old, new, opened))
    return result


def _as_new(old: Containers, new: Containers) -> Containers:
    """Return what a line of both versions stood in, of which what the new version has too is the new version's."""
    taken = set(old) & set(new)
    waiting = [each for each in new if each not in taken]
    result = []
    for container in old:
        twin = next((each for each in waiting if type(each.node) is type(container.node)), None) if container not in taken else None
        result.append(container if twin is None else twin)
        waiting = [each for each in waiting if each is not twin]
    return tuple(result)


def _ahead(standing: Sequence[tuple[Containers | None, Containers | None, Container | None]]) -> list[Containers]:
    """Return for each line what the next line of the new version stands in."""
    result: list[Containers] = []
    following: Containers = ()
    for _, new, _ in reversed(standing):
        result.append(following)
        following = new if new is not None else following
    return result[::-1]


def _for_gone(old: Containers, shown: Containers, following: Containers) -> Containers:
    """Return what a line that went is shown in: as much as it stood in as can be, without closing what goes on behind it."""
    kept, own = shared_depth(shown, following), shared_depth(shown, old)
    if own >= kept:
        return (*shown[:own], *(each for each in old[own:] if not isinstance(each.node, Section)))
    around = shown[:kept]
    if around and not isinstance(around[-1].node, (Section, ListItem)):  # in a list there are items alone
        around = shown[: kept + 1] if len(shown) > kept else (*around, Container(ListItem(())))
    return _nested(around, [each for each in old if not isinstance(each.node, Section) and each not in around])


def _nested(around: Containers, inner: Sequence[Container]) -> Containers:
    """Return containers with those inside them that can be: in a list there are items alone, which are nowhere else.

    A list whose item is shown already, under the list that it is an item of now, would hold words without an item; and an item whose list is shown
    further out would be in none.
    """
    held = list(around)
    for each, below in zip(inner, [*inner[1:], None], strict=False):
        is_in_list = bool(held) and not isinstance(held[-1].node, (Section, ListItem))
        is_item = isinstance(each.node, ListItem)
        if is_in_list == is_item and (is_item or (below is not None and isinstance(below.node, ListItem))):
            held.append(each)
    return tuple(held)
