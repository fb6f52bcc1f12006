"""What a document states, sentence by sentence, each with what it rests on: data, or the line of a template. Legal reads and ticks the list once.

A statement is a sentence of a paragraph, an item of a list, a row of a table, a definition or a labelled line; headings, the cover and
signature blocks state nothing. Its key is a digest of its clause and its words with data paths in place of values, so that another figure
of the same datum is the same statement, and another sentence or another item of a list is a new one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, assert_never

from snc_docs.diagnostics import Diagnostic, FindingsError, Severity
from snc_docs.document.nodes import (
    Block,
    BulletList,
    Cell,
    Column,
    Contents,
    DefinitionList,
    Deletion,
    Document,
    Embed,
    Facts,
    FillIn,
    ForeignDocument,
    Inline,
    Insertion,
    ItemBlock,
    OrderedList,
    PageBreak,
    Paragraph,
    Picture,
    Reference,
    Row,
    Section,
    SideBySide,
    Signatures,
    Statement,
    Table,
    Text,
    Value,
)
from snc_docs.document.origins import Origin, place_of
from snc_docs.document.walk import plain_text, sections_of
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.fact_loading import declared_in
from snc_docs.model.facts import facts_model
from snc_docs.patterns import regex
from snc_docs.templating.folders import TemplateFolders
from snc_docs.templating.outline import read_outline
from snc_docs.templating.unfolding import Control, unfold

# A sentence ends here where another begins behind it.
_END: Final = regex(r"(?<=[.!?])[ \n]+(?=[A-ZÀ-Þ“«\[])")
# The data that a condition asks for, by names of the model: "incident_level", "governing_law.scope"; a part as a whole isn't what a test on it asks ("client|is_person").
_NAME: Final = regex(r"(?<![\w.|])[a-z_]+(?:(?:\.[a-z_]+)+|(?![\w.(|]))")
_STRING: Final = regex(r"'[^']*'|\"[^\"]*\"")
_ROOTS: Final = frozenset((*Agreement.model_fields, "deletion"))
_SILENT: Final = frozenset(("cover", "signatures"))


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing that a document states: where, in which words, and what it rests on.

    ``paths`` is the data that it prints, ``conditions`` the data under whose conditions it stands, ``facts`` what it states for rules of
    compliance.
    """

    key: str
    language: str
    section: str
    label: str
    text: str
    paths: tuple[str, ...]
    conditions: tuple[str, ...]
    facts: tuple[str, ...]
    origin: Origin | None
    deviates: bool = False

    def basis(self) -> str:
        """Return what it rests on: the data that it prints and that under whose conditions it stands, else the line of its template."""
        if self.paths or self.conditions:
            own = f" ({_OWN_TERM.in_language(self.language)})" if self.deviates else ""
            named = (*self.paths, *self.conditions)  # a part of the data goes without saying where something in it is named
            further = [each for each in self.conditions if each not in self.paths and not any(_is_at(path, each) for path in named if path != each)]
            given = f" ; {_GIVEN.fr} " if self.language == "fr" else f"; {_GIVEN.in_language(self.language)} "
            return f"{given.join(', '.join(each) for each in (self.paths, further) if each)}{own}"
        return f"{self.origin.file}:{self.origin.line}" if self.origin else "–"


_GIVEN: Final = Wording("selon", "given")
_OWN_TERM: Final = Wording("propre à ce client", "of this client's own")


def statements(document: Document, folders: TemplateFolders, agreement: Agreement | None = None) -> tuple[Stated, ...]:
    """Return what an assembled document states, in its order; ``agreement`` tells which of its conditions hold by data that it has, and which terms are this client's own."""
    conditions = _Conditions(document.language, folders, agreement)
    deviations = agreement.deviations if agreement is not None else ()
    found = (each for section in sections_of(document.sections) if section.id not in _SILENT for each in _of_section(section, document, conditions))
    return tuple(replace(each, deviates=_is_of(each, deviations)) for each in found)


def _is_of(stated: Stated, deviations: Collection[str]) -> bool:
    """Return whether a statement prints, or depends on, one of some data paths."""
    return any(_is_at(path, each) for each in deviations for path in (*stated.paths, *stated.conditions))


def _is_at(path: str, part: str) -> bool:
    """Return whether a path is that of a part of the data, or of something in it."""
    return path == part or path.startswith((f"{part}.", f"{part}["))


def _of_section(section: Section, document: Document, conditions: _Conditions) -> Iterator[Stated]:
    for block in section.blocks:
        for origin, inlines in _units(block):
            for sentence in _sentences(inlines):
                if _states(sentence, section):
                    yield _stated(section, document.language, sentence, origin, conditions)


def _states(sentence: list[_Leaf], section: Section) -> bool:
    """Return whether words state something: of the parties, what names them, and not the words between."""
    kinds = (Value, FillIn) if section.id == "parties" else (Text, Value, FillIn)
    return any(isinstance(each, kinds) and plain_text((each,)).strip() for each in sentence)


def _stated(section: Section, language: str, sentence: list[_Leaf], origin: Origin | None, conditions: _Conditions) -> Stated:
    skeleton = " ".join("".join(map(_as_skeleton, sentence)).split())
    shown = " ".join(plain_text(tuple(_shown(sentence))).split())
    paths = tuple(dict.fromkeys(each.path for each in sentence if isinstance(each, (Value, FillIn))))
    facts = tuple(dict.fromkeys(fact for each in sentence if isinstance(each, _Marked) for fact in each.facts))
    key = hashlib.sha256(f"{language}\n{section.id}\n{skeleton}".encode()).hexdigest()[:16]
    return Stated(key, language, section.id, section.label or plain_text(section.title), shown, paths, conditions.of(origin), facts, origin)


@dataclass(frozen=True, slots=True)
class _Marked:
    """Where words begin that state facts."""

    facts: tuple[str, ...]


_Leaf = Text | Value | FillIn | Reference | _Marked


def _shown(sentence: Iterable[_Leaf]) -> Iterator[Inline]:
    return (each for each in sentence if not isinstance(each, _Marked))


def _as_skeleton(leaf: _Leaf) -> str:
    match leaf:
        case Text(text):
            return text
        case Value(path, _) | FillIn(path, _):
            return f"{{{path}}}"
        case Reference(target):
            return f"[{target}]"
        case _Marked():
            return ""


def _units(block: Block | ItemBlock) -> Iterator[tuple[Origin | None, tuple[Inline, ...]]]:
    """Yield the words of each paragraph, row, item, definition and labelled line of a block; of a section nothing: its words are its own."""
    match block:
        case Paragraph():
            yield block.origin, block.children
        case BulletList() | OrderedList():
            for item in block.items:
                for inner in item.blocks:
                    yield from _units(inner)
        case Table():
            yield from ((row.origin, _in_one(row)) for row in block.rows)
        case Facts():
            yield from ((fact.origin, (*fact.label, Text(": "), *fact.children)) for fact in block.rows)
        case DefinitionList():
            for entry in block.entries:
                for paragraph in entry.blocks:
                    yield entry.origin, (Text(f"{entry.forms[0]}: "), *paragraph.children)
        case Section() | Signatures() | Contents() | PageBreak() | Embed() | Picture() | ForeignDocument() | SideBySide() | Insertion() | Deletion():
            return
        case _:
            assert_never(block)


def _in_one(row: Row) -> tuple[Inline, ...]:
    """Return the words of a row, its cells told apart by bars."""
    parts: list[Inline] = []
    for index, cell in enumerate(row.cells):
        parts += [*([Text(" | ")] if index else []), *cell.children]
    return tuple(parts)


def _sentences(inlines: Iterable[Inline]) -> Iterator[list[_Leaf]]:
    """Yield the leaves of each sentence of some words."""
    current: list[_Leaf] = []
    for leaf in _leaves(inlines):
        first, *others = _END.split(leaf.text) if isinstance(leaf, Text) else [None]
        current.append(leaf if first is None else Text(first))
        for text in others:
            yield current
            current = [Text(text or "")]
    yield current


def _leaves(inlines: Iterable[Inline]) -> Iterator[_Leaf]:
    for inline in inlines:
        match inline:
            case Text() | Value() | FillIn() | Reference():
                yield inline
            case Statement(facts, children):
                yield _Marked(facts)
                yield from _leaves(children)
            case _:
                yield from _leaves(inline.children)


class _Conditions:
    """Under which data each line of the templates of one language stands."""

    def __init__(self, language: str, folders: TemplateFolders, agreement: Agreement | None) -> None:
        self._agreement = agreement
        self._controls: dict[str, tuple[Control, ...]] = {}
        self._when: dict[str, tuple[str, ...]] = {}
        facts = facts_model(declared_in(folders.lowest_first()))
        for entry in read_outline(folders):
            found = folders.read(f"{language}/{entry.id}.md.j2")
            if found is not None:
                text, name = found
                self._controls[name] = unfold(text, name, entry.id, facts).controls
                self._when[name] = tuple(_names(entry.when, agreement))

    def of(self, origin: Origin | None) -> tuple[str, ...]:
        """Return the data that the conditions and loops around a line ask for, the outermost first."""
        if origin is None:
            return ()
        open_: list[str] = []
        for control in self._controls.get(origin.file, ()):
            if control.origin.line > origin.line:
                break
            if control.key == "end":
                open_.pop()
            elif control.key == "else":
                open_[-1] = ""  # what stands without a datum rests on its template
            elif control.is_branch:
                open_[-1] = control.key
            else:
                open_.append(control.key)
        return tuple(dict.fromkeys((*self._when.get(origin.file, ()), *(name for key in open_ for name in _names(key, self._agreement)))))


def _names(condition: str, agreement: Agreement | None) -> Iterator[str]:
    """Yield the data paths that a condition asks to be there; of those that an agreement hasn't, none."""
    asked = _NAME.findall(re.sub(r"\bnot [\w.]+", "", _STRING.sub("", condition.replace("[*]", ""))))
    for name in dict.fromkeys(asked):
        if name.partition(".")[0] in _ROOTS and (agreement is None or _is_given(agreement, name, compared="compare(" in condition)):
            yield name


def _is_given(agreement: Agreement, name: str, *, compared: bool) -> bool:
    """Return whether the agreement has a value at a path; what is off is one where it is compared."""
    found: object = agreement
    for step in name.split("."):
        if isinstance(found, tuple):
            return True
        found = getattr(found, step, None)
    return found is not None and found != () and (compared or found is not False)


# ------------------------------------------------------------------------------------------------------------ ticking


def ticked(stated: Iterable[Stated], day: date) -> bytes:
    """Return the file of a list that was read and ticked on a day."""
    entries = {each.key: {"language": each.language, "clause": each.section, "text": each.text} for each in stated}
    return (json.dumps({"ticked_on": day.isoformat(), "statements": entries}, ensure_ascii=False, indent=1) + "\n").encode()


def keys_ticked(content: bytes, name: str) -> frozenset[str]:
    """Return the keys of a ticked list; FindingsError for a file that isn't one."""
    try:
        entries = json.loads(content.decode("utf-8-sig"))["statements"]
        return frozenset(str(key) for key in dict(entries))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = Wording("ce fichier n'est pas une liste d'énoncés cochés", "this file isn't a list of ticked statements")
        hint = Wording("l'écrire par « make-agreement statements … --tick »", "write it with 'make-agreement statements … --tick'")
        raise FindingsError([Diagnostic.error("statement.list-unreadable", message, hint, file=name, line=1)]) from error


def unticked(stated: Iterable[Stated], known: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield a finding for each thing that is stated and wasn't when the list was ticked."""
    for each in stated:
        if each.key not in known:
            yield Diagnostic(
                "statement.unticked",
                Severity.WARNING,
                Wording(f"énoncé qui n'a pas été relu : « {each.text} »", f"a statement that wasn't read: '{each.text}'"),
                Wording(
                    "le relire, puis « make-agreement statements … --tick »",
                    "read it, then 'make-agreement statements … --tick'",
                ),
                **place_of(each.origin),
                clause=each.section,
            )


# ------------------------------------------------------------------------------------------------------- presentation

WORDS: Final[Mapping[str, Wording]] = {
    "title": Wording("Ce que la convention énonce", "What the agreement states"),
    "introduction": Wording(
        "Chaque ligne est un engagement ou un fait que le document énonce. La dernière colonne dit sur quoi il repose : une donnée, ou la ligne d’un modèle.",
        "Each line is a commitment or a fact that the document states. The last column says what it rests on: a datum, or the line of a template.",
    ),
    "ticked": Wording("Relu", "Read"),
    "clause": Wording("Stipulation", "Provision"),
    "text": Wording("Énoncé", "Statement"),
    "basis": Wording("Repose sur", "Rests on"),
}
_WIDTHS: Final = (7, 13, 50, 30)
_BOX: Final = "☐"


def as_section(stated: Iterable[Stated], language: str) -> Section:
    """Return the list as a section to print and tick by hand."""
    names = ("ticked", "clause", "text", "basis")
    columns = tuple(Column((Text(WORDS[name].in_language(language)),), width) for name, width in zip(names, _WIDTHS, strict=True))
    rows = tuple(Row(each.key, tuple(Cell((Text(text),)) for text in (_BOX, each.label, each.text, each.basis()))) for each in stated)
    title, introduction = (WORDS[name].in_language(language) for name in ("title", "introduction"))
    return Section("statements", "unnumbered", (Text(title),), (Paragraph((Text(introduction),)), Table(columns, rows)))


def as_data(stated: Iterable[Stated]) -> list[dict[str, Any]]:
    """Return the list as plain values."""
    return [
        {
            "key": each.key,
            "clause": each.section,
            "label": each.label,
            "text": each.text,
            "data": list(each.paths),
            "conditions": list(each.conditions),
            "facts": list(each.facts),
            "deviates": each.deviates,
            "template": f"{each.origin.file}:{each.origin.line}" if each.origin else None,
        }
        for each in stated
    ]
