"""Clause templates to Markdown: compiled once a process, rendered with the agreement's data."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from types import CodeType
from typing import Any, Final

from jinja2 import Template, TemplateSyntaxError, nodes

from snc_docs.characters import NOT_IN_XML
from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.document.marks import PRIVATE
from snc_docs.document.nodes import Inline
from snc_docs.errors import Wording
from snc_docs.kept import Kept
from snc_docs.model.agreement import Agreement
from snc_docs.templating.environment import TemplateEnvironment
from snc_docs.templating.fields import Scope, View
from snc_docs.templating.folders import TemplateFolders
from snc_docs.templating.limits import BUDGET, MAX_PRINTED, Budget, CountTurns, refused
from snc_docs.templating.outline import OutlineEntry, read_outline

# What Jinja says of an attribute of a part of the data that isn't given: it stands there as a single unknown value.
_OF_UNKNOWN: Final = re.compile(r"Field(?: object)?' has no attribute '(\w+)'")
# What was rendered of a template last, with the data that it read: the latest of each.
_renderings: Final[Kept[list[tuple[list[Any], RenderedClause]]]] = Kept(256)
_MOST_KEPT: Final = 2
_HINT: Final = Wording("corriger le modèle à cette ligne", "mend the template on that line")


@dataclass(frozen=True, slots=True, eq=False)
class RenderedClause:
    """The Markdown of one clause, with line marks and tokens; ``values`` holds what each token stands for.

    The same template gives the same object for the same data: what was made of it can be kept by it.
    """

    entry: OutlineEntry
    file: str
    markdown: str
    values: tuple[tuple[Inline, ...], ...]


@cache
def environment() -> TemplateEnvironment:
    """Return the one environment of this process."""
    return TemplateEnvironment()


def render(agreement: Agreement, language: str, folders: TemplateFolders) -> list[RenderedClause]:
    """Return the Markdown of every clause whose condition holds, in the outline's order; FindingsError for faulty templates."""
    findings: list[Diagnostic] = []
    clauses = []
    for entry in read_outline(folders):
        try:
            if _holds(entry, agreement, language):
                clauses.append(_render(entry, agreement, language, folders))
        except FindingsError as error:
            findings += error.diagnostics
    if not clauses and not findings:
        message = Wording("aucune clause : toutes les conditions sont fausses", "no clause: every condition is false")
        findings.append(Diagnostic.error("outline.empty", message, _HINT, file=folders.name("outline.yaml"), line=1))
    if findings:
        raise FindingsError(findings)
    return clauses


def _holds(entry: OutlineEntry, agreement: Agreement, language: str) -> bool:
    if not entry.when:
        return True
    try:
        condition = _condition(entry.when)
        return bool(condition(**context(agreement, Scope(language))))
    except Exception as error:  # whatever a template's own expressions raise is the template's fault
        raise _fault(entry.file, entry.line, error, entry.id) from error


@lru_cache(maxsize=256)
def _condition(when: str) -> Callable[..., Any]:
    return environment().compile_expression(when, undefined_to_none=False)


def context(agreement: Agreement, scope: Scope) -> dict[str, Any]:
    """Return what a template sees: the agreement's fields by name."""
    view = View("", agreement, scope)
    return {BUDGET: Budget(), **{name: getattr(view, name) for name in Agreement.model_fields if name != "attachments"}}


def _render(entry: OutlineEntry, agreement: Agreement, language: str, folders: TemplateFolders) -> RenderedClause:
    relative = f"{language}/{entry.id}.md.j2"
    found = folders.read(relative)
    if found is None:
        raise FindingsError([missing_template(entry, relative)])
    text, name = found
    template, reads = _compiled(text, name, entry.id)
    values = [getattr(agreement, field) for field in reads]
    kept = _renderings.get(template, (entry, language), list)
    for read, clause in kept:
        if all(one is other for one, other in zip(read, values, strict=True)):  # cheaper than to compare what it says, and never wrong
            return clause
    clause = _rendering(template, entry, name, agreement, language)
    kept[_MOST_KEPT - 1 :] = []
    kept.insert(0, (values, clause))
    return clause


def _rendering(template: Template, entry: OutlineEntry, name: str, agreement: Agreement, language: str) -> RenderedClause:
    scope = Scope(language)
    try:
        markdown = _rendered(template, context(agreement, scope))
    except Exception as error:  # as above
        raise fault(name, error, entry.id) from error
    if NOT_IN_XML.search(markdown):
        raise _fault(name, 1, ValueError("it prints a character that can't stand in a Word file"), entry.id)
    return RenderedClause(entry, name, markdown, tuple(scope.tokens.values))


def _rendered(template: Template, data: dict[str, Any]) -> str:
    """Return what a template prints; ValueError where that is too much."""
    pieces, size = [], 0
    for piece in template.generate(data):
        size += len(piece)
        if size > MAX_PRINTED:
            raise ValueError(f"it prints over {MAX_PRINTED} characters")
        pieces.append(piece)
    return "".join(pieces)


def missing_template(entry: OutlineEntry, relative: str) -> Diagnostic:
    """Return the finding on an outline entry whose file isn't there."""
    message = Wording(f"le modèle {relative} n'existe pas", f"template {relative} doesn't exist")
    hint = Wording("l'écrire, ou retirer la clause de outline.yaml", "write it, or remove the clause from outline.yaml")
    return Diagnostic.error("template.missing", message, hint, file=entry.file, line=entry.line, clause=entry.id)


@lru_cache(maxsize=1024)
def _compiled(text: str, name: str, clause: str) -> tuple[Template, tuple[str, ...]]:
    """Return the compiled template, and the fields of the agreement that it may read; FindingsError for a syntax error or a reserved character."""
    env, tree = environment(), parsed(text, name, clause)
    try:
        code = env.compile(CountTurns().visit(tree), name=name, filename=name)
    except Exception as error:  # too deep, too long: Python's own compiler may refuse a template too
        raise _fault(name, getattr(error, "lineno", None) or 1, error, clause) from error
    names = _strings(code)
    return Template.from_code(env, code, env.globals), tuple(name for name in Agreement.model_fields if name in names)


def _strings(code: CodeType) -> set[str]:
    """Return the strings of compiled code: whatever it asks its data for is among them."""
    inner = (_strings(each) for each in code.co_consts if isinstance(each, CodeType))
    return {each for each in code.co_consts if isinstance(each, str)}.union(*inner)


def parsed(text: str, name: str, clause: str) -> nodes.Template:
    """Return a template's tree; FindingsError for a syntax error or a character reserved for tokens."""
    for number, line in enumerate(text.split("\n"), 1):
        if not PRIVATE.isdisjoint(line) or NOT_IN_XML.search(line):
            message = Wording("caractère de commande, ou réservé (U+E010 à U+E013)", "control character, or reserved one (U+E010 to U+E013)")
            raise FindingsError([Diagnostic.error("template.reserved", message, _HINT, file=name, line=number, clause=clause)])
    try:
        tree = environment().parse(text, name, name)
        _refuse_reserved(tree)
    except Exception as error:  # too deep, too long: Python's own parser may refuse a template too
        raise _fault(name, getattr(error, "lineno", None) or 1, error, clause) from error
    findings = [Diagnostic.error("template.control", message, hint, file=name, line=line, clause=clause) for line, message, hint in refused(tree)]
    if findings:
        raise FindingsError(findings)
    return tree


def _refuse_reserved(tree: nodes.Template) -> None:
    """Raise TemplateSyntaxError for a token's character written as an escape in a template's string."""
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str) and not PRIVATE.isdisjoint(constant.value):
            raise TemplateSyntaxError("reserved character (U+E010 to U+E013)", constant.lineno)


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
