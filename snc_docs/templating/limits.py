"""What a template may do at most: which expressions and statements it may hold, how many turns its loops take, how much it prints.

A clause prints values, chooses between words and goes over lists; it computes nothing and calls nothing. So arithmetic, calls and
assignments are refused when a template is parsed, before ``"a" * 300000000`` is worked out; and loops in loops, and what they print,
are counted while it is rendered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from jinja2 import TemplateRuntimeError, nodes, pass_context
from jinja2.runtime import Context

from snc_docs.errors import Wording

MAX_TURNS: Final = 2_000_000
MAX_PRINTED: Final = 20_000_000
# The filter and the variable by which turns are counted; no template can write such names.
COUNTED: Final = " counted"
BUDGET: Final = " budget"

_ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.For,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Filter,
    nodes.Keyword,
    nodes.Const,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Test,
    nodes.Tuple,
    nodes.List,
    nodes.CondExpr,
    nodes.Concat,
)


def nodes_in(tree: nodes.Template) -> list[nodes.Node]:
    """Return all nodes of a template, but for what is in one that clauses may not hold."""
    found: list[nodes.Node] = [tree]
    for node in found:
        if isinstance(node, _ALLOWED):
            found.extend(node.iter_child_nodes())
    return found


def refused(found: Iterable[nodes.Node]) -> Iterator[tuple[int, Wording, Wording]]:
    """Yield the line, message and hint of each node that clauses may not hold."""
    for node in found:
        if isinstance(node, _ALLOWED):
            continue
        what = (
            "call"
            if isinstance(node, nodes.Call)
            else "arithmetic"
            if isinstance(node, (nodes.BinExpr, nodes.UnaryExpr))
            else type(node).__name__.lower()
        )
        yield (
            node.lineno,
            Wording(f"« {what} » n'est pas admis dans un modèle", f"'{what}' isn't allowed in a template"),
            Wording("employer if, for et les filtres seulement", "use if, for and filters alone"),
        )


class Budget:
    """What is left of the turns that one rendering may take."""

    def __init__(self) -> None:
        """Start with all of them."""
        self.left = MAX_TURNS

    def spend(self, turns: int) -> None:
        """Take turns off; TemplateRuntimeError where there are too few."""
        self.left -= turns
        if self.left < 0:
            raise TemplateRuntimeError(f"its loops take over {MAX_TURNS} turns")


@pass_context
def counted(context: Context, rows: Collection[Any]) -> Collection[Any]:
    """Return what a loop goes over, its turns counted."""
    context[BUDGET].spend(len(rows))
    return rows


def count_turns(found: Iterable[nodes.Node]) -> None:
    """Put ``counted`` around what each loop goes over."""
    for node in found:
        if isinstance(node, nodes.For):
            node.iter = nodes.Filter(node.iter, COUNTED, [], [], None, None, lineno=node.lineno)
