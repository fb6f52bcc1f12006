"""Trees as JSON and back: ``decode(encode(document)) == document``.

Every node is an object with ``type``, the class name, and its fields; a document adds ``schema``, the version of this
form. Origins are left out: they speak of template files, not of what the document says.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import is_dataclass
from functools import partial
from typing import Any, Final

from snc_docs.document import nodes
from snc_docs.document.nodes import Document, Redline
from snc_docs.document.shapes import misfit
from snc_docs.document.walk import MOST_KEPT, field_names, weight_of
from snc_docs.errors import SncDocsError, Wording
from snc_docs.kept import Kept

# The form that is written; and the former ones, of which documents of one version are read: sections, and in the first documents too,
# had fields for the other version of a redline.
SCHEMA: Final = 3
_FORMER: Final = (1, 2)
_FORMER_FIELDS: Final = {"Document": ("was", "revised"), "Section": ("was",)}
_PLAIN: Final = frozenset((type(None), bool, int, float, str))
# Sections as JSON text: most are the same for every client.
_sections: Final[Kept[str]] = Kept(MOST_KEPT, weight_of)


class NotATreeError(SncDocsError):
    """JSON that isn't a document of a version this package reads."""


def encode(document: Document | Redline) -> str:
    """Return the document as JSON text, keys in the order of the fields."""
    return "".join(encoded_pieces(document))


def encoded_pieces(document: Document | Redline) -> Iterator[str]:
    """Yield what ``encode`` returns in pieces; the text of a clause that documents share is one object."""
    kind = type(document)
    yield f'{{"schema": {SCHEMA}, "document": {{"type": "{kind.__name__}"'
    for name in field_names(kind):
        yield f', "{name}": '
        value = getattr(document, name)
        if name == "sections" and isinstance(document, Document):
            yield "["
            for index, each in enumerate(value):
                yield ", " if index else ""
                yield _sections.get(each, None, partial(_text, each))
            yield "]"
        else:
            yield _text(value)
    yield "}}"


def _text(value: Any) -> str:
    return json.dumps(_encode(value), ensure_ascii=False)


def decode(text: str) -> Document | Redline:
    """Return the document or redline that ``encode`` wrote; NotATreeError for anything else."""
    try:
        data = json.loads(text)
        if data["schema"] in _FORMER:
            data = {**json.loads(text, object_hook=_without_former_fields), "schema": SCHEMA}
        if data["schema"] != SCHEMA:
            raise _not_a_tree(f"schema {data['schema']!r}")
        document = _decode(data["document"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _not_a_tree(str(error) or type(error).__name__) from error
    if not isinstance(document, (Document, Redline)):
        raise _not_a_tree(type(document).__name__)
    return document


def _without_former_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a node of a former form; one that holds another version keeps it, and is refused."""
    former = _FORMER_FIELDS.get(fields.get("type", ""), ())
    return {name: value for name, value in fields.items() if name not in former or (name == "was" and value is not None)}


def _not_a_tree(what: str) -> NotATreeError:
    return NotATreeError(
        Wording(
            f"Ce JSON n'est pas un document snc_docs de version {SCHEMA} ({what}) : le produire avec le même paquet.",
            f"This JSON isn't a snc_docs document of schema {SCHEMA} ({what}): make it with the same package.",
        )
    )


def _encode(value: Any) -> Any:
    kind: Any = type(value)
    if kind in _PLAIN or isinstance(value, str):
        return value
    if kind is tuple:
        return [_encode(item) for item in value]
    if kind is bytes:
        return {"type": "bytes", "base64": base64.b64encode(value).decode("ascii")}
    fields: dict[str, Any] = {"type": kind.__name__}
    for name in field_names(kind):
        if name != "origin":
            fields[name] = _encode(getattr(value, name))
    return fields


def _decode(data: Any) -> Any:
    if type(data) is list:
        return tuple([_decode(item) for item in data])
    kind = data.get("type") if type(data) is dict else None
    if type(kind) is not str:
        return data
    if kind == "bytes" and "base64" in data:
        return base64.b64decode(data["base64"], validate=True)
    node = _NODES[kind](**{name: value if type(value) is str else _decode(value) for name, value in data.items() if name != "type"})
    wrong = misfit(node)
    if wrong is not None:
        raise TypeError(wrong)
    return node


_NODES: dict[str, Any] = {name: value for name, value in vars(nodes).items() if is_dataclass(value) and name != "Origin"}
