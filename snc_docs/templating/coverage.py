"""Coverage of conditions: which ones a set of agreements makes true, and which ones false.

Templates are compiled anew with each condition wrapped in a filter that notes its outcome: those of ``if``, of ``for … if``, of
``choose`` and of the outline's ``when``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from types import CodeType
from typing import Any, Final

from jinja2 import Template, nodes
from jinja2.visitor import NodeTransformer

from snc_docs.diagnostics import Diagnostic
from snc_docs.model.agreement import Agreement
from snc_docs.model.subscribed import as_subscribed
from snc_docs.templating.compiling import context, fault
from snc_docs.templating.environment import TemplateEnvironment
from snc_docs.templating.fields import Scope
from snc_docs.templating.folders import TemplateFolders
from snc_docs.templating.limits import count_turns, nodes_in
from snc_docs.templating.outline import OutlineEntry

_NOTE: Final = "noted"
Place = tuple[str, int, int]


@dataclass(slots=True)
class Coverage:
    """The outcomes of each condition, by file, line and rank on that line."""

    outcomes: dict[Place, set[bool]] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)

    def never(self, outcome: bool) -> list[Place]:  # noqa: FBT001  # the outcome is the question
        """Return the conditions that never had an outcome, in order."""
        return sorted(place for place, seen in self.outcomes.items() if outcome not in seen)


def coverage(agreements: Iterable[Agreement], outline: Iterable[OutlineEntry], language: str, folders: TemplateFolders) -> Coverage:
    """Return what the conditions of one language's templates came to over all agreements, with the faults met on the way.

    Templates must be free of syntax errors: check them first.
    """
    result = Coverage()
    environment = _Environment(result)
    compiled = [found for each in outline if (found := _compiled(environment, each, language, folders)) is not None]
    for agreement in map(as_subscribed, agreements):
        for entry, condition, template in compiled:
            data = context(agreement, Scope(language))
            try:
                holds = condition is None or bool(condition(**data))
                if condition is not None:
                    result.outcomes[entry.file, entry.line, 0].add(holds)
                if holds:
                    template.render(data)
            except Exception as error:  # noqa: BLE001  # whatever a template's own expressions raise is the template's fault
                result.faults += fault(template.filename or entry.file, error, entry.id).diagnostics
    return result


def _compiled(environment: _Environment, entry: OutlineEntry, language: str, folders: TemplateFolders) -> tuple[OutlineEntry, Any, Template] | None:
    """Return an entry with its own condition, None for none, and its template; None where the template is missing."""
    found = folders.read(f"{language}/{entry.id}.md.j2")
    if found is None:
        return None
    condition = None
    if entry.when:
        environment.coverage.outcomes.setdefault((entry.file, entry.line, 0), set())
        condition = environment.compile_expression(entry.when, undefined_to_none=False)
    return entry, condition, environment.instrumented(*found)


class _Environment(TemplateEnvironment):
    """The environment of templates, with conditions that note their outcomes."""

    def __init__(self, coverage: Coverage) -> None:
        super().__init__()
        self.coverage = coverage
        self.filters[_NOTE] = self._note

    def _note(self, value: Any, file: str, line: int, rank: int) -> Any:
        self.coverage.outcomes[file, line, rank].add(bool(value))
        return value

    def instrumented(self, text: str, name: str) -> Template:
        code, places = _instrumented(text, name)
        self.coverage.outcomes.update((place, set()) for place in places)
        return Template.from_code(self, code, self.globals)


@lru_cache(maxsize=1024)
def _instrumented(text: str, name: str) -> tuple[CodeType, tuple[Place, ...]]:
    """Return the code of a template whose conditions are noted, and the places of these: the same whatever lies over it, or under."""
    environment, instrument = _Environment(Coverage()), _Instrument(name)
    tree = instrument.visit(environment.parse(text, name, name))
    count_turns(nodes_in(tree))
    return environment.compile(tree, name=name, filename=name), tuple(instrument.places)


class _Instrument(NodeTransformer):
    """Wraps conditions in the noting filter."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: list[Place] = []

    def visit_If(self, node: nodes.If) -> nodes.Node:  # noqa: N802  # jinja's name for the method
        node.test = self._noted(node.test)
        return self.generic_visit(node)

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802  # as above
        if node.test is not None:
            node.test = self._noted(node.test)
        return self.generic_visit(node)

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802  # as above
        if node.name == "choose" and node.node is not None and not _is_of_loop(node.node):
            node.node = self._noted(node.node)
        return self.generic_visit(node)

    def _noted(self, test: Any) -> nodes.Filter:
        place = (self.name, test.lineno, sum(line == test.lineno for _, line, _ in self.places))
        self.places.append(place)
        arguments: list[nodes.Expr] = [nodes.Const(part, lineno=test.lineno) for part in place]
        return nodes.Filter(test, _NOTE, arguments, [], None, None, lineno=test.lineno)


def _is_of_loop(node: nodes.Node) -> bool:
    """Return whether a condition only asks where in a loop it is: punctuation, no choice of the data."""
    return isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "loop"
