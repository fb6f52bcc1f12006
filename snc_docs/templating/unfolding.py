"""A template unfolded: both branches of every condition and one turn of every loop, as Markdown with a hole for each value.

What is read from it shows everything that a clause can ever say; with the controls beside it, that is what two languages of
a clause are compared by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from jinja2 import nodes

from snc_docs.diagnostics import FindingsError
from snc_docs.document.marks import LINE_MARK, hole
from snc_docs.document.origins import Origin
from snc_docs.model.facts import OwnFacts
from snc_docs.templating.analysis import OF_WORDS_ALONE, Analyzer, Fault, Meaning, item_of
from snc_docs.templating.compiling import fault, parsed


@dataclass(frozen=True, slots=True)
class Control:
    """A condition or a loop: its kind, what it depends on, where it is; ``is_branch`` for an ``elif``, which opens nothing new."""

    kind: str
    key: str
    origin: Origin
    is_branch: bool = False


@dataclass(frozen=True, slots=True)
class Unfolded:
    """One template without its controls; ``values`` holds what each hole means."""

    markdown: str
    values: tuple[Meaning, ...]
    controls: tuple[Control, ...]
    analyzer: Analyzer


@lru_cache(maxsize=1024)
def unfold(text: str, name: str, clause: str, facts: type[OwnFacts] = OwnFacts) -> Unfolded:
    """Return a template unfolded, with the own facts that layers declare; FindingsError for one that Jinja can't parse, or whose expressions are nested too deep."""
    unfolding = _Unfolding(name, analyzer=Analyzer(facts))
    try:
        unfolding.visit(parsed(text, name, clause).body, {})
    except RecursionError as error:
        raise fault(name, error, clause) from error
    return Unfolded("".join(unfolding.text), tuple(unfolding.values), tuple(unfolding.controls), unfolding.analyzer)


def condition_faults(when: str, name: str, line: int, clause: str, facts: type[OwnFacts] = OwnFacts) -> list[Fault]:
    """Return what is wrong with a condition of the outline; FindingsError for one that Jinja can't parse."""
    try:
        unfolding = unfold(f"{{% if {when} %}}{{% endif %}}", name, clause, facts)
    except FindingsError as error:
        raise FindingsError(replace(each, line=line) for each in error.diagnostics) from error
    return [replace(each, line=line) for each in unfolding.analyzer.faults]


@dataclass(slots=True)
class _Unfolding:
    """Walks a template's tree in the order of its text."""

    name: str
    text: list[str] = field(default_factory=list)
    values: list[Meaning] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    analyzer: Analyzer = field(default_factory=Analyzer)

    def visit(self, children: Iterable[nodes.Node], scope: Mapping[str, Meaning]) -> None:
        for node in children:
            match node:
                case nodes.Output(nodes=parts):
                    for part in parts:
                        self._print(part, scope)
                case nodes.If():
                    self._if(node, scope)
                case nodes.For():
                    self._for(node, scope)
                case _:
                    raise AssertionError(type(node).__name__)  # parsed() lets no other through

    def _print(self, part: nodes.Node, scope: Mapping[str, Meaning]) -> None:
        if isinstance(part, nodes.TemplateData):
            self.text.append(part.data)
            return
        meaning = self.analyzer.meaning(part, scope)
        if isinstance(part, nodes.Filter) and part.name in OF_WORDS_ALONE:
            self.text.append(str(part.args[0].as_const()))  # a word of the template, in one form or another: no value
        else:
            self.text.append(hole(len(self.values)))
            self.values.append(meaning)

    def _if(self, node: nodes.If, scope: Mapping[str, Meaning]) -> None:
        for branch in (node, *node.elif_):
            self._control("condition", f"if {self.analyzer.meaning(branch.test, scope).key}", branch.lineno, is_branch=branch is not node)
            self.visit(branch.body, scope)
        if node.else_:
            self._control("condition", "else")
            self.visit(node.else_, scope)
        self._control("condition", "end")

    def _for(self, node: nodes.For, scope: Mapping[str, Meaning]) -> None:
        over = self.analyzer.meaning(node.iter, scope)
        inner = {**scope, "loop": Meaning("loop")}
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = item_of(over)
        test = f" if {self.analyzer.meaning(node.test, inner).key}" if node.test else ""
        self._control("loop", f"for {over.key}{test}", node.lineno)
        self.visit(node.body, inner)
        self._control("loop", "end")
        self.visit(node.else_, scope)

    def _control(self, kind: str, key: str, line: int = 0, *, is_branch: bool = False) -> None:
        """Note a control, by default on the line that the text has come to; what stands before it and behind it are paragraphs of their own."""
        self.controls.append(Control(kind, key, Origin(self.name, line or self._line()), is_branch))
        self.text.append("\n")

    def _line(self) -> int:
        marks = (LINE_MARK.findall(text) for text in reversed(self.text))
        return next((int(found[-1]) for found in marks if found), 1)
