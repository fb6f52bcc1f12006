"""Templates compiled and run by Jinja, once a process: what they print, and which line is to blame where they can't.

Jinja is imported here alone, and this module where something has to be rendered: most clauses of a run come from an earlier one.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import islice
from types import CodeType
from typing import Any, Final, NamedTuple

from jinja2 import Template, TemplateSyntaxError, nodes

from snc_docs.characters import NOT_IN_XML
from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.document.marks import LINE_MARK, PRIVATE
from snc_docs.document.nodes import Inline
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.patterns import regex
from snc_docs.templating.environment import TemplateEnvironment
from snc_docs.templating.fields import UNSEEN, Scope, View
from snc_docs.templating.limits import BUDGET, MAX_PRINTED, Budget, count_turns, nodes_in, refused
from snc_docs.templating.outline import OutlineEntry

# What Jinja says of an attribute of a part of the data that isn't given: it stands there as a single unknown value.
_OF_UNKNOWN: Final = regex(r"Printable(?: object)?' has no attribute '(\w+)'")
# How many pieces of what a template prints are joined at a time; one alone may be as long as a value of the data.
_PIECES: Final = 256
_HINT: Final = Wording("corriger le modèle à cette ligne", "mend the template on that line")


@cache
def environment() -> TemplateEnvironment:
    """Return the one environment of this process."""
    return TemplateEnvironment()


def context(agreement: Agreement, scope: Scope, fields: Iterable[str] = tuple(Agreement.model_fields)) -> dict[str, Any]:
    """Return what a template sees: the agreement's fields by name, those alone that it may read where they are given."""
    view = View("", agreement, scope)
    return {BUDGET: Budget(), **{name: getattr(view, name) for name in fields if name not in UNSEEN}}


def holds(entry: OutlineEntry, fields: Iterable[str], agreement: Agreement, language: str) -> bool:
    """Return whether the condition of an outline's entry, which reads ``fields``, is true of an agreement; FindingsError for a faulty one."""
    try:
        return bool(_condition(entry.when)(**context(agreement, Scope(language), fields)))
    except Exception as error:  # whatever a template's own expressions raise is the template's fault
        raise _fault(entry.file, entry.line, error, entry.id) from error


@lru_cache(maxsize=256)
def _condition(when: str) -> Callable[..., Any]:
    return environment().compile_expression(when, undefined_to_none=False)


def printed(text: str, name: str, clause: str, agreement: Agreement, language: str) -> tuple[str, tuple[tuple[Inline, ...], ...]]:
    """Return the Markdown that a template prints, and what its tokens stand for; FindingsError for a faulty template."""
    (code, reads), scope = compiled(text, name, clause), Scope(language)
    try:
        markdown = _printed(_template(code), context(agreement, scope, reads))
    except Exception as error:  # as above
        raise fault(name, error, clause) from error
    if (found := NOT_IN_XML.search(markdown)) is not None:
        *_, line = ("1", *LINE_MARK.findall(markdown, 0, found.start()))
        raise _fault(name, int(line), ValueError("it prints a character that can't stand in a Word file"), clause)
    return markdown, tuple(scope.tokens.values)


class Compiled(NamedTuple):
    """A template's code, and the fields of an agreement that it may read, in the model's order."""

    code: CodeType
    reads: tuple[str, ...]


@lru_cache(maxsize=1024)
def compiled(text: str, name: str, clause: str) -> Compiled:
    """Return the compiled template; FindingsError for a syntax error or a reserved character."""
    tree, found = _parsed(text, name, clause)
    # An attribute of the same name is none of them; what a loop calls so may be, and one dependence too many does no harm.
    names = {node.name for node in found if isinstance(node, nodes.Name)}
    try:
        count_turns(found)
        code = environment().compile(tree, name=name, filename=name)
        return Compiled(code, tuple(field for field in Agreement.model_fields if field in names))
    except Exception as error:  # too deep, too long: Python's own compiler may refuse a template too
        raise _fault(name, getattr(error, "lineno", None) or 1, error, clause) from error


@lru_cache(maxsize=1024)
def _template(code: CodeType) -> Template:
    return Template.from_code(environment(), code, environment().globals)


def parsed(text: str, name: str, clause: str) -> nodes.Template:
    """Return a template's tree; FindingsError for a syntax error or a character reserved for tokens."""
    return _parsed(text, name, clause)[0]


def _parsed(text: str, name: str, clause: str) -> tuple[nodes.Template, list[nodes.Node]]:
    """Return a template's tree, and all its nodes."""
    for number, line in enumerate(text.split("\n"), 1):
        if not PRIVATE.isdisjoint(line) or NOT_IN_XML.search(line):
            message = Wording("caractère de commande, ou réservé (U+E010 à U+E013)", "control character, or reserved one (U+E010 to U+E013)")
            raise FindingsError([Diagnostic.error("template.reserved", message, _HINT, file=name, line=number, clause=clause)])
    try:
        tree = environment().parse(text, name, name)
        found = nodes_in(tree)
        _refuse_reserved(found)
    except Exception as error:  # too deep, too long: Python's own parser may refuse a template too
        raise _fault(name, getattr(error, "lineno", None) or 1, error, clause) from error
    findings = [Diagnostic.error("template.control", message, hint, file=name, line=line, clause=clause) for line, message, hint in refused(found)]
    if findings:
        raise FindingsError(findings)
    return tree, found


def _refuse_reserved(found: Iterable[nodes.Node]) -> None:
    """Raise TemplateSyntaxError for a token's character written as an escape in a template's string."""
    for node in found:
        if isinstance(node, nodes.Const) and isinstance(node.value, str) and not PRIVATE.isdisjoint(node.value):
            raise TemplateSyntaxError("reserved character (U+E010 to U+E013)", node.lineno)


def _printed(template: Template, data: dict[str, Any]) -> str:
    """Return what a template prints; ValueError where that is too much."""
    printed: list[str] = []
    size, pieces = 0, template.generate(data)
    while some := list(islice(pieces, _PIECES)):
        text = "".join(some)
        size += len(text)
        if size > MAX_PRINTED:
            raise ValueError(f"it prints over {MAX_PRINTED} characters")
        printed.append(text)
    return "".join(printed)


def fault(name: str, error: Exception, clause: str) -> FindingsError:
    """Return the finding on a template that failed while it was rendered, at its line."""
    return _fault(name, _line_of(error, name), error, clause)


def _line_of(error: BaseException, name: str) -> int:
    """Return the template line where rendering failed, which Jinja rewrites into the traceback."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name]
    return (lines[-1] if lines else None) or 1


def _fault(file: str, line: int, error: Exception, clause: str) -> FindingsError:
    unknown = _OF_UNKNOWN.search(str(error))
    if unknown:
        message = Wording(f"« {unknown.group(1)} » d'une donnée qui n'est pas donnée ici", f"'{unknown.group(1)}' of data that isn't given here")
        hint = Wording("l'entourer de {% if … %} sur cette donnée, ou corriger le nom", "put {% if … %} on that data around it, or mend the name")
    else:
        what = f"{error} isn't a key of this list" if isinstance(error, KeyError) else str(error) or type(error).__name__
        message, hint = Wording(f"le modèle ne peut pas être rendu : {what}", f"the template can't be rendered: {what}"), _HINT
    return FindingsError([Diagnostic.error("template.fault", message, hint, file=file, line=line, clause=clause)])
