"""Laws of the whole pipeline: no value changes the tree, the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import time
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from snc_docs import Agreement, assemble, write
from snc_docs.characters import VISIBLE
from snc_docs.document.nodes import FillIn, Link, Resource, Text, Value
from snc_docs.document.walk import rewrite, walk
from snc_docs.language import Language
from snc_docs.model.base import Model
from snc_docs.model.kinds import LocalizedText
from snc_docs.writers.docx.verify import faults
from tests.tools import EXAMPLES, ROOT, paragraph_texts, xml

NASTY = (
    "# Liability\n**none** {{ x }} </w:t>",
    "::: table\n| a | b |\n:::",
    "- a\n- b\n\n1. c",
    "[](#preamble) [x](def:y) `code` <b>x</b> &amp; &#65;",
    "{% raw %}{{ provider }}{% endraw %} {# {#id} <!-- x -->",
    "\ue0100\ue011 \ue0125\ue013",
    "\u202e right to left \u200f\u2067 mark \u2069",
    "| pipe \\| backslash \\ | : ; ! ?",
    "x" * 10_000,
    "mot " * 2_500,
    "line\nline\r\nline\tTab\u2028\u2029\x85",
    "'apostrophes' \"quotes\" « guillemets » d'un",
    "]]>&<>\"'\ufffd😀",
    "  spaces  ",
)


M = TypeVar("M", bound=Model)


def _with_text(model: M, text: str) -> M:
    """Return the model with ``text`` in every field of free text that it holds, and a text known where it was unknown."""
    return model.model_copy(update={name: _changed(type(model), name, value, text) for name, value in model})


def _changed(kind: type[Model], name: str, value: Any, text: str) -> Any:
    if isinstance(value, LocalizedText):
        return LocalizedText(fr=text, en=text)
    if isinstance(value, Model):
        return _with_text(value, text)
    if isinstance(value, tuple) and value and isinstance(value[0], Model):
        return tuple(_with_text(item, text) for item in value)
    if type(value) is str and name not in KEYS and not (kind.__name__ in ("Certificate", "Attachment") and name in ("file", "name")):
        return text
    return value


# Identifiers and codes aren't free text: their own patterns hold markup out.
KEYS = {"id", "category", "currency", "media_type"}


# "de" before a value is elided as the value begins: the one thing in the words of a template that a value decides.
ELISIONS = ("de ", "d’")


def _shape(node: Any) -> Any:
    """Return the tree with every value's words taken away: what must not depend on them."""

    def blank(each: Any) -> Any:
        match each:
            case Value(path, _):
                return Value(path, "")
            case Link(_, children) if any(isinstance(child, Value) for child in children):
                return replace(each, href="")
            case Text(lead) if lead in ELISIONS:
                return Text("de ")
            case _ if hasattr(each, "key"):
                return replace(each, key="")
            case _:
                return each

    return rewrite(node, blank)


def _paths_without_keys(node: Any) -> Any:
    """Return the shape with list items named by nothing: their names are values too."""

    def unnamed(each: Any) -> Any:
        return replace(each, path=re.sub(r"\[.*\]", "[]", each.path, flags=re.DOTALL)) if isinstance(each, (Value, FillIn)) else each

    return rewrite(_shape(node), unnamed)


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="".join(map(chr, (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)))), min_size=1
).filter(VISIBLE.search)


def _examples(function: Any) -> Any:
    for text in NASTY:
        function = example(text=text)(function)
    return function


@pytest.mark.parametrize("language", ["fr", "en"])
@_examples
@settings(max_examples=25)
@given(text=TEXTS)
def test_no_value_changes_the_tree(outscale: Agreement, language: Language, text: str) -> None:
    plain = assemble(_with_text(outscale, "plain"), language)
    nasty = assemble(_with_text(outscale, text), language)
    assert _paths_without_keys(nasty).sections == _paths_without_keys(plain).sections
    assert {node.text for node in walk(nasty) if isinstance(node, Value) and node.path == "client.legal_name"} == {text}


@pytest.mark.parametrize("text", NASTY)
def test_nasty_values_stand_in_the_word_file_as_they_are(outscale: Agreement, text: str) -> None:
    content = write(assemble(_with_text(outscale, text), "en"), "docx")
    assert faults(content) == []
    shown = "\n".join(paragraph_texts(xml(content)))
    assert text.replace("\r\n", "\n").replace("\r", "\n") in shown or text in shown


@given(st.text(st.sampled_from("\x00\x01\x08\x0b\x0c\x1f\ufffe\uffff"), min_size=1, max_size=3), st.text(max_size=3))
def test_characters_that_xml_cannot_hold_are_refused_by_the_model(bad: str, good: str) -> None:
    with pytest.raises(ValidationError) as error:
        LocalizedText.model_validate({"fr": "x" + bad + good, "en": "x"})
    assert error.value.errors()[0]["type"] == "text_not_xml"


_DIGESTS = """
import hashlib, json, os, sys, time
if "SNC_CLOCK" in os.environ:
    clock = float(os.environ["SNC_CLOCK"])
    real = time.localtime, time.gmtime
    time.time = lambda: clock
    time.localtime = lambda *seconds: real[0](*(seconds or (clock,)))
    time.gmtime = lambda *seconds: real[1](*(seconds or (clock,)))
from pathlib import Path
from snc_docs import assemble, load_agreement, part_of, parts_of, write
found = {}
for client in ("client.yaml", "client-unknown.yaml"):
    agreement = load_agreement(Path(sys.argv[1]) / "outscale" / client)
    for language in ("fr", "en"):
        document = assemble(agreement, language)
        for part in parts_of(document):
            for form in ("docx", "html"):
                found[f"{client} {language} {part} {form}"] = hashlib.sha256(write(part_of(document, part), form)).hexdigest()
print(json.dumps(found))
"""


def _digests(**environment: str) -> dict[str, str]:
    path = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", _DIGESTS, str(EXAMPLES)], capture_output=True, check=True, env=path | environment)
    result: dict[str, str] = json.loads(done.stdout)
    return result


def test_the_same_input_gives_the_same_bytes_in_any_process() -> None:
    first = _digests(PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LANG="C", SNC_CLOCK="1770000000")
    second = _digests(PYTHONHASHSEED="2", TZ="America/Los_Angeles", LANG="fr_FR.UTF-8", SOURCE_DATE_EPOCH="1", SNC_CLOCK="1850000000")
    assert len(first) == 40
    assert first == second


def test_the_same_input_gives_the_same_bytes_on_any_day(outscale: Agreement, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write(assemble(outscale, "fr"), "docx")
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(0))
    assert hashlib.sha256(write(assemble(outscale, "fr"), "docx")).hexdigest() == hashlib.sha256(first).hexdigest()


def test_a_picture_resource_is_named_by_its_content(outscale: Agreement) -> None:
    (resource,) = assemble(outscale, "fr").resources
    assert isinstance(resource, Resource)
    assert resource.name == f"{hashlib.sha256(resource.content).hexdigest()[:16]}.png"
