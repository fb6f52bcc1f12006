"""YAML 1.2 and JSON files as plain values, with the line of everything in them.

Input is hostile until checked: a size cap, no anchors or aliases (so no entity expansion), no doubled keys, no tags,
no key that isn't text. Dates stay text and numbers with a point stay decimal, so that nothing is lost before the
model sees it. Lines are worked out only when a finding asks for them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from snc_docs.characters import composed
from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.errors import Wording
from snc_docs.inputs import read_file
from snc_docs.model.decoding import decoded, malformed
from snc_docs.model.halves import half_characters
from snc_docs.model.scalars import beyond, core_value, written
from snc_docs.model.slips import slips, trouble_of
from snc_docs.paths import Step
from snc_docs.patterns import regex

MAX_BYTES: Final = 16 * 1024 * 1024
_MOST_KEPT: Final = 1024 * 1024
MAX_DEPTH: Final = 50
# Values, names of fields and brackets: thirty thousand third parties with all that is known of them have fewer.
MAX_NODES: Final = 300_000
# The fields by which the models tell the items of a list apart.
KEYS: Final = ("role", "id", "name", "service", "short", "version", "phase")
# The C parser where PyYAML has it: the same nodes, fifty times sooner.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_JSON_HINT = Wording("corriger le JSON à cette ligne", "mend the JSON on that line")
_ANCHOR_HINT = Wording(
    "mettre le texte entre guillemets droits ; une valeur qui sert plusieurs fois s'écrit à chaque endroit",
    "put the text in straight quotation marks; write a value out in each place where it is used",
)


@dataclass(frozen=True)
class Source:
    """A data file: its name for people, its values, and the places of its values.

    Data that a program holds is no file (``is_file``). ``files`` are those that the data names, where they are given with it; else they are
    in the folder of the file.
    """

    name: str
    folder: Path
    data: dict[str, Any]
    _root: Node | None = field(repr=False)
    is_file: bool = True
    files: Mapping[str, bytes] | None = None
    # The children of each node that a finding asked for, by name: thousands of findings look into the same lists.
    _children: dict[int, dict[Step, tuple[int, Node]]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def file(self) -> str | None:
        """Return the file's name for people, None for data without a file."""
        return self.name if self.is_file else None

    def known_line(self, path: Sequence[Step]) -> int | None:
        """Return the line of the value at ``path``, None for data without a file."""
        return self.line(path) if self.is_file else None

    def line(self, path: Sequence[Step]) -> int:
        """Return the line, from 1, of the value at ``path``, or of the nearest parent that the file has.

        A text step into a list names the item whose key has that value.
        """
        node, line = self._root, 1
        for step in path:
            found = self._child(node, step)
            if found is None:
                break
            line, node = found
        return line

    def _child(self, node: Node | None, step: Step) -> tuple[int, Node] | None:
        """Return the line and node of one step below ``node``; None where there is none."""
        if id(node) not in self._children:
            self._children[id(node)] = dict(_children(node))
        return self._children[id(node)].get(step)

    def is_written(self, path: Sequence[Step]) -> bool:
        """Return whether the file has characters for the value at ``path``: a name with nothing behind it has none, in YAML alone."""
        if self._root is None:
            return True
        node = self._root
        for step in path:
            found = self._child(node, step)
            if found is None:
                return False
            node = found[1]
        return not (isinstance(node, ScalarNode) and not node.value and not node.style)

    def has(self, path: Sequence[Step]) -> bool:
        """Return whether the file gives the first step of ``path``."""
        return bool(path) and path[0] in self.data


def read_source(path: Path) -> Source:
    """Return the values of a YAML 1.2 or JSON file; FileTroubleError if it can't be read, FindingsError if it's malformed."""
    return _source(read_file(path, MAX_BYTES), path)


def read_kept_source(path: Path) -> Source:
    """Return what ``read_source`` returns, read once for all who share the file, as the clients of a baseline do; it mustn't be changed."""
    content = read_file(path, MAX_BYTES)
    return _kept_source(content, path) if len(content) <= _MOST_KEPT else _source(content, path)


def _source(content: bytes, path: Path) -> Source:
    return parse_source(decoded(content, str(path)), str(path), path.parent)


_kept_source = lru_cache(maxsize=4)(_source)


def parse_source(text: str, name: str, folder: Path) -> Source:
    """Return the values of a file's text, in Unicode's normal form C; FindingsError if it's malformed."""
    text = composed(text).replace("\r\n", "\n").replace("\r", "\n")
    values = _Values(name)
    if name.lower().endswith(".json"):
        data, root = _json_values(text, values), _json_nodes(text)
    else:
        _check_line_ends(text, name)
        root = _compose(text, name)
        data = values.of(root) if root is not None else {}
        values.findings += slips(root, text, name) if root is not None else ()
    if not isinstance(data, dict):
        values.refuse(
            "file.not-a-mapping",
            Wording("le fichier doit contenir des champs « nom: valeur »", "the file must hold fields 'name: value'"),
            Wording("partir des fichiers de « make-agreement init »", "start from the files of 'make-agreement init'"),
            1,
        )
    if values.findings:
        raise FindingsError(values.findings)
    if isinstance(data.get("$schema"), str):
        del data["$schema"]  # by which editors find the JSON Schema
    return Source(name, folder, data, root)


def _json_values(text: str, values: _Values) -> Any:
    """Return the values of JSON text, numbers as exact as they were written; a name that an object gives twice is a finding."""
    name = values.name
    structure = _JSON_STRING.sub("", text)
    if sum(map(structure.count, ",[{")) > MAX_NODES:
        raise _too_many(name)
    doubled: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        data = dict(pairs)
        if len(data) < len(pairs):
            doubled.extend(each for each, count in Counter(each for each, _ in pairs).items() if count > 1)
        return data

    try:
        data = json.loads(text, parse_float=core_value, parse_int=written, parse_constant=beyond, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise malformed(name, error.lineno, Wording("JSON mal formé", f"malformed JSON: {error.msg}"), _JSON_HINT) from error
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise malformed(name, 1, Wording("JSON illisible (nombre trop long, ou trop de niveaux)", f"unreadable JSON: {error}"), _JSON_HINT) from error
    values.findings += half_characters(text, data, name, MAX_DEPTH)
    lines = _lines_of_names(text) if doubled else {}
    for each in doubled:
        values.refuse_doubled(each, lines.get(json.dumps(each, ensure_ascii=False), 1))
    return data


def _lines_of_names(text: str) -> dict[str, int]:
    """Return the last line of each field's name, as it is written, in JSON text: in one pass, since thousands may be given twice."""
    lines: dict[str, int] = {}
    line, seen = 1, 0
    for match in _JSON_NAME.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        if match[3]:
            lines[match[1]] = line
    return lines


def _json_nodes(text: str) -> Node | None:
    """Return JSON text as YAML nodes, for the lines of its values; None for the little of JSON that isn't YAML too."""
    escaped = _JSON_ESCAPED_PAIR.sub(lambda pair: json.loads(f'"{pair.group()}"'), text.replace("\t", " ").replace("\x7f", "?"))
    escaped = _JSON_NAME.sub(lambda name: f"{name[1]}:{name[2]}" if name[3] else name[0], escaped)
    try:
        return _compose(escaped, "")
    except FindingsError:
        return None


def _compose(text: str, name: str) -> Node | None:
    try:
        _check_events(text, name)
        root: Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        # What was opened and never closed ends with the file: the slip is where it was opened.
        mark = error.context_mark if "quoted scalar" in (error.context or "") else error.problem_mark or error.context_mark
        slip = trouble_of(text, mark.line + 1 if mark else 1, error.problem, error.context)
        raise malformed(name, slip.line, slip.message, slip.hint) from error
    except (yaml.YAMLError, RecursionError, ValueError, AttributeError) as error:  # the last: libyaml's reader of a field without a value
        slip = trouble_of(text, _line_of_bad_character(text, error), str(error))
        raise malformed(name, slip.line, slip.message, slip.hint) from error
    return root


def _check_line_ends(text: str, name: str) -> None:
    """Refuse what YAML 1.1 takes for a line's end and no editor does: a value would be cut in two there."""
    found = _ODD_LINE_END.search(text)
    if found is not None:
        code = f"U+{ord(found.group()):04X}"
        message = Wording(f"séparateur de lignes {code}, où YAML couperait la valeur", f"line separator {code}, at which YAML would cut the value")
        raise malformed(name, text.count("\n", 0, found.start()) + 1, message, Wording("le retirer", "remove it"))


_ODD_LINE_END: Final = regex("[\x85\u2028\u2029]")


def _check_events(text: str, name: str) -> None:
    """Refuse what no data needs before anything is made of it: many values, deep nesting (it would overflow the C stack of libyaml), anchors."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            message = Wording(f"plus de {MAX_DEPTH} niveaux imbriqués", f"over {MAX_DEPTH} nested levels")
            raise malformed(name, _event_line(event), message, Wording("retirer des niveaux", "remove some levels"))
        if count > MAX_NODES:
            raise _too_many(name)
        tag = getattr(event, "tag", None)
        if tag is not None:
            message = Wording(
                f"« {tag} » au début d'un texte serait perdu : c'est une étiquette YAML",
                f"'{tag}' at the start of a text would be lost: it is a YAML tag",
            )
            raise FindingsError([Diagnostic.error("file.tag", message, _ANCHOR_HINT, file=name, line=_event_line(event))])
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            mark = "*" if isinstance(event, yaml.AliasEvent) else "&"
            message = Wording(
                f"« {mark}{anchor} » est une ancre ou un alias YAML, non un texte", f"'{mark}{anchor}' is a YAML anchor or alias, no text"
            )
            raise FindingsError([Diagnostic.error("file.alias", message, _ANCHOR_HINT, file=name, line=_event_line(event))])


def _event_line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _too_many(name: str) -> FindingsError:
    message = Wording(f"plus de {MAX_NODES} valeurs dans un fichier", f"over {MAX_NODES} values in one file")
    return malformed(name, 1, message, Wording("en retirer", "remove some"))


# YAML wants the colon on the line of the name.
_JSON_NAME: Final = regex(r'("(?:[^"\\]|\\.)*")(\s*)(:?)')
_JSON_STRING: Final = regex(r'"(?:[^"\\]|\\.)*"')
# JSON writes characters beyond U+FFFF as two escapes; YAML knows them one by one only. One of them alone is no character.
_JSON_ESCAPED_PAIR: Final = regex(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


def _line_of_bad_character(text: str, error: Exception) -> int:
    position = getattr(error, "position", None)
    return text.count("\n", 0, position) + 1 if isinstance(position, int) else 1


class _Values:
    """Plain values of composed nodes, and findings on what isn't allowed in data."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.findings: list[Diagnostic] = []

    def of(self, node: Node) -> Any:
        """Return the node as dict, list, str, int, Decimal, bool or None; ``BeyondNumber`` for a number that no field takes."""
        match node:
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
        doubled: list[tuple[str, int]] = []
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else None
            if not isinstance(name, str) or name == "<<":
                self.refuse("file.key", Wording("un nom de champ est un texte simple", "a field's name is plain text"), _ANCHOR_HINT, _line(key))
                continue
            if name in data:
                doubled.append((name, _line(key)))
            data[name] = self.of(value)
        if len(doubled) > 1:
            self._refuse_run_together([name for name, _ in doubled], doubled[0][1])
        for name, line in doubled if len(doubled) == 1 else ():
            self.refuse_doubled(name, line)
        return data

    def _refuse_run_together(self, names: Sequence[str], line: int) -> None:
        """Add one finding on fields that are all given twice: two items of a list of which the second has no dash."""
        listed = ", ".join(names)
        self.refuse(
            "file.key-doubled",
            Wording(f"ces champs sont donnés deux fois : {listed}", f"these fields are given twice: {listed}"),
            Wording(
                "s'ils sont d'un autre élément de la liste, le commencer par « - » ; sinon, n'en garder qu'un de chaque",
                "where they are another item of the list, begin it with '- '; otherwise keep one of each",
            ),
            line,
        )

    def refuse_doubled(self, name: str, line: int) -> None:
        """Add a finding on a name that is given twice, at the line of the second one."""
        self.refuse(
            "file.key-doubled",
            Wording(f"le champ « {name} » est donné deux fois", f"field '{name}' is given twice"),
            Wording("n'en garder qu'un", "keep one of them"),
            line,
        )

    def refuse(self, rule: str, message: Wording, hint: Wording, line: int) -> None:
        """Add a finding at a line of this file."""
        self.findings.append(Diagnostic.error(rule, message, hint, file=self.name, line=line))


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _children(node: Node | None) -> Iterator[tuple[Step, tuple[int, Node]]]:
    """Yield what names each child of a node, with its line: a field's name; an item's position, and its key, ``#2`` being the second of that key."""
    if isinstance(node, MappingNode):
        yield from ((key.value, (_line(key), value)) for key, value in reversed(node.value) if isinstance(key, ScalarNode))
    if isinstance(node, SequenceNode):
        places = [(_line(item), item) for item in node.value]
        yield from ((str(index), place) for index, place in enumerate(places))
        yield from enumerate(places)
        seen: Counter[str] = Counter()
        for place in places:
            key = _key_of(place[1])
            if key is not None:
                seen[key] += 1
                yield (f"{key}#{seen[key]}" if seen[key] > 1 else key), place


def _key_of(item: Node) -> str | None:
    """Return the value of the field by which the models tell items apart: a contact's role, an identifier, a name."""
    if not isinstance(item, MappingNode):
        return None
    fields = {key.value: value.value for key, value in item.value if isinstance(key, ScalarNode)}
    key = next((fields[name] for name in KEYS if name in fields), None)
    return key if isinstance(key, str) else None
