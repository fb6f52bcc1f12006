"""YAML 1.2 and JSON files as plain values, with the line of everything in them.

Input is hostile until checked: a size cap, no anchors or aliases (so no entity expansion), no doubled keys, no tags,
no key that isn't text. Dates stay text and numbers with a point stay decimal, so that nothing is lost before the
model sees it. Lines are worked out only when a finding asks for them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.model.paths import Step
from snc_docs.model.scalars import core_value, written

MAX_BYTES: Final = 16 * 1024 * 1024
MAX_DEPTH: Final = 50
# The C parser where PyYAML has it: the same nodes, fifty times sooner.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What PyYAML, a YAML 1.1 reader, may call a node that has no tag of its own; the 1.2 meaning is worked out here.
_ALLOWED_TAGS: Final = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq")
)
_SYNTAX = Wording("corriger la syntaxe à cet endroit", "mend the syntax there")
_ANCHOR_HINT = Wording("recopier la valeur à chaque endroit", "write the value out in each place")


@dataclass(frozen=True)
class Source:
    """A data file: its name for people, its values, and the places of its values."""

    name: str
    folder: Path
    data: dict[str, Any]
    _root: Node | None = field(repr=False)

    def line(self, path: Sequence[Step]) -> int:
        """Return the line, from 1, of the value at ``path``, or of the nearest parent that the file has.

        A text step into a list names the item whose key has that value.
        """
        node, line = self._root, 1
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            line, node = found
        return line

    def has(self, path: Sequence[Step]) -> bool:
        """Return whether the file gives the first step of ``path``."""
        return bool(path) and path[0] in self.data


def read_source(path: Path) -> Source:
    """Return the values of a YAML 1.2 or JSON file; FileTroubleError if it can't be read, FindingsError if it's malformed."""
    return parse_source(_read_text(path, str(path)), str(path), path.parent)


def parse_source(text: str, name: str, folder: Path) -> Source:
    """Return the values of a file's text; FindingsError if it's malformed."""
    values = _Values(name)
    if name.endswith(".json"):
        data, root = _json_values(text, name), _json_nodes(text)
        if root is not None:
            values.of(root)  # for what JSON lets pass: a name given twice
    else:
        root = _compose(text, name)
        data = values.of(root) if root is not None else {}
    if not isinstance(data, dict):
        values.refuse(
            "file.not-a-mapping",
            Wording("le fichier doit contenir des champs « nom: valeur »", "the file must hold fields 'name: value'"),
            Wording("partir des fichiers de « make-agreement init »", "start from the files of 'make-agreement init'"),
            1,
        )
    if values.findings:
        raise FindingsError(values.findings)
    return Source(name, folder, data, root)


def _read_text(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileTroubleError(
            Wording(
                f"{name} : lecture impossible ({reason}) ; vérifier le chemin et les droits.",
                f"{name}: can't be read ({reason}); check path and rights.",
            )
        ) from error
    if len(raw) > MAX_BYTES:
        raise FileTroubleError(
            Wording(
                f"{name} : plus de {MAX_BYTES // 2**20} Mio ; réduire le fichier.", f"{name}: over {MAX_BYTES // 2**20} MiB; make the file smaller."
            )
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _malformed(
            name, line, Wording("le fichier n'est pas en UTF-8", "the file isn't UTF-8"), Wording("l'enregistrer en UTF-8", "save it as UTF-8")
        ) from error


def _json_values(text: str, name: str) -> Any:
    """Return the values of JSON text, numbers as exact as they were written."""
    try:
        return json.loads(text, parse_float=Decimal, parse_int=written, parse_constant=str)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise _malformed(name, line, Wording(f"JSON mal formé : {error}", f"malformed JSON: {error}"), _SYNTAX) from error


def _json_nodes(text: str) -> Node | None:
    """Return JSON text as YAML nodes, for the lines of its values; None for the little of JSON that isn't YAML too."""
    escaped = _JSON_ESCAPED_PAIR.sub(lambda pair: json.loads(f'"{pair.group()}"'), text.replace("\t", " "))
    try:
        return _compose(escaped, "")
    except FindingsError:
        return None


def _compose(text: str, name: str) -> Node | None:
    try:
        _check_depth(text, name)
        root: Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "?"
        raise _malformed(name, mark.line + 1 if mark else 1, Wording(f"YAML mal formé : {problem}", f"malformed YAML: {problem}"), _SYNTAX) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        line = _line_of_bad_character(text, error)
        raise _malformed(name, line, Wording(f"YAML illisible : {error}", f"unreadable YAML: {error}"), _SYNTAX) from error
    return root


def _check_depth(text: str, name: str) -> None:
    """Refuse nesting that no data needs: composing it would overflow the C stack of libyaml."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            message = Wording(f"plus de {MAX_DEPTH} niveaux imbriqués", f"over {MAX_DEPTH} nested levels")
            raise _malformed(name, event.start_mark.line + 1 if event.start_mark else 1, message, _SYNTAX)


# JSON writes characters beyond U+FFFF as two escapes; YAML knows them one by one only.
_JSON_ESCAPED_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


def _line_of_bad_character(text: str, error: Exception) -> int:
    position = getattr(error, "position", None)
    return text.count("\n", 0, position) + 1 if isinstance(position, int) else 1


def _malformed(name: str, line: int, message: Wording, hint: Wording) -> FindingsError:
    return FindingsError([Diagnostic.error("file.malformed", message, hint, file=name, line=line)])


class _Values:
    """Plain values of composed nodes, and findings on what isn't allowed in data."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.findings: list[Diagnostic] = []
        self._seen: set[int] = set()

    def of(self, node: Node) -> Any:
        """Return the node as dict, list, str, int, Decimal, bool or None."""
        if id(node) in self._seen:
            self.refuse(
                "file.alias", Wording("les alias YAML (*nom) ne sont pas admis", "YAML aliases (*name) aren't allowed"), _ANCHOR_HINT, _line(node)
            )
            return None
        self._seen.add(id(node))
        match node:
            case _ if str(node.tag) not in _ALLOWED_TAGS:
                self.refuse(
                    "file.tag",
                    Wording(f"l'étiquette YAML « {node.tag} » n'est pas admise", f"YAML tag '{node.tag}' isn't allowed"),
                    Wording("retirer l'étiquette", "remove the tag"),
                    _line(node),
                )
                return None
            case MappingNode():
                return self._mapping(node)
            case SequenceNode():
                return [self.of(item) for item in node.value]
            case ScalarNode():
                return node.value if node.style else core_value(node.value)
            case _:
                raise AssertionError(type(node).__name__)

    def _mapping(self, node: MappingNode) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else None
            if not isinstance(name, str) or name == "<<":
                self.refuse("file.key", Wording("un nom de champ est un texte simple", "a field's name is plain text"), _ANCHOR_HINT, _line(key))
                continue
            if name in data:
                self.refuse(
                    "file.key-doubled",
                    Wording(f"le champ « {name} » est donné deux fois", f"field '{name}' is given twice"),
                    Wording("n'en garder qu'un", "keep one of them"),
                    _line(key),
                )
            data[name] = self.of(value)
        return data

    def refuse(self, rule: str, message: Wording, hint: Wording, line: int) -> None:
        """Add a finding at a line of this file."""
        self.findings.append(Diagnostic.error(rule, message, hint, file=self.name, line=line))


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _child(node: Node | None, step: Step) -> tuple[int, Node] | None:
    """Return the line and node of one step below ``node``; None where there is none."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == step:
                return _line(key), value
    if isinstance(node, SequenceNode):
        item = _item(node.value, step)
        if item is not None:
            return _line(item), item
    return None


def _item(items: Sequence[Node], step: Step) -> Node | None:
    """Return the item at a position, or the one that a key names, ``#2`` being the second of that key."""
    if isinstance(step, int):
        return items[step] if step < len(items) else None
    keys = [_key_of(item) for item in items]
    if step in keys:
        return items[keys.index(step)]
    name, _, rank = step.rpartition("#")
    if name and _POSITION.fullmatch(rank):
        found = [item for item, key in zip(items, keys, strict=True) if key == name]
        return found[int(rank) - 1] if 0 < int(rank) <= len(found) else None
    return items[int(step)] if _POSITION.fullmatch(step) and int(step) < len(items) else None


_POSITION: Final = re.compile("[0-9]{1,6}")


def _key_of(item: Node) -> str | None:
    """Return the value of the field by which the models tell items apart: a contact's role, an identifier, a name."""
    if not isinstance(item, MappingNode):
        return None
    fields = {key.value: value.value for key, value in item.value if isinstance(key, ScalarNode)}
    key = next((fields[name] for name in ("role", "id", "name") if name in fields), None)
    return key if isinstance(key, str) else None
