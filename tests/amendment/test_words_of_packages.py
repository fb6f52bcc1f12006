"""What the documents of an amendment package say, whole, in both languages: golden files, so that a changed word is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import pytest

from snc_docs import Agreement, compare, load_agreement, version_of
from snc_docs.amendment.facts import Amendment
from snc_docs.amendment.instrument import instrument
from snc_docs.amendment.letters import form, letter
from snc_docs.amendment.package import package, words_of_package
from snc_docs.amendment.refusals import refusals
from snc_docs.document.nodes import FillIn, Paragraph, Section, Value
from snc_docs.document.walk import walk
from snc_docs.model.commitments import AcceptanceForm, ChangeAcceptance, RefusalEffect
from snc_docs.model.periods import Period
from snc_docs.templating.folders import template_folders
from tests.tools import LANGUAGES, TODAY, assert_golden, paragraph_texts, parts, story, xml

Pair = tuple[Agreement, Agreement]

# Given elsewhere, and compared there with what they are made of.
_NOT_READ = ("agreement.docx", "redline.docx")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    old, new = (load_agreement(path, today=TODAY) for path in story(tmp_path_factory.mktemp("story")))
    return old, new


def _accepted(agreement: Agreement, form: AcceptanceForm, refusal: RefusalEffect) -> Agreement:
    acceptance = ChangeAcceptance(form=form, answer=Period(weeks=3), refusal=refusal)
    return agreement.model_copy(update={"commitments": agreement.commitments.model_copy(update={"change_acceptance": acceptance})})


def _signed(pair: Pair) -> Pair:
    old, new = (_accepted(each, AcceptanceForm.SIGNED_AMENDMENT, RefusalEffect.TERMINATION) for each in pair)
    return old, new


def _written(pair: Pair) -> Pair:
    old, new = (_accepted(each, AcceptanceForm.WRITTEN_ACCEPTANCE, RefusalEffect.VERSION_IN_FORCE) for each in pair)
    return old, new


def _little_known(pair: Pair) -> Pair:
    """A party renamed, a contact and a signatory of whom nothing is known, no reference and no version: all that stays open in a document."""
    old, new = _signed(pair)
    unsigned = {"signatory": new.client.signatory.model_copy(update={"name": None, "title": None})}
    contacts = [
        tuple(each.model_copy(update={"name": None, "email": None, "job_title": None}) for each in agreement.client_contacts)
        for agreement in (old, new)
    ]
    return (
        old.model_copy(
            update={
                "client_contacts": contacts[0],
                "client": old.client.model_copy(update={"legal_name": "Archives d’hier"}),
                "document": old.document.model_copy(update={"reference": None, "version": None, "effective_date": None}),
            }
        ),
        new.model_copy(
            update={
                "client_contacts": contacts[1],
                "client": new.client.model_copy(update=unsigned),
                "document": new.document.model_copy(update={"reference": None, "version": None}),
            }
        ),
    )


_KINDS: dict[str, tuple[Callable[[Pair], Pair], date]] = {
    "notice": (lambda pair: pair, date(2027, 1, 15)),
    "short-notice": (lambda pair: pair, date(2027, 2, 15)),
    "signed": (_signed, date(2027, 1, 15)),
    "written": (_written, date(2027, 1, 15)),
    "little-known": (_little_known, date(2027, 1, 15)),
}


@pytest.mark.parametrize("kind", _KINDS)
def test_the_words_of_a_package(request: pytest.FixtureRequest, pair: Pair, kind: str) -> None:
    change, notified = _KINDS[kind]
    old, new = (version_of(each, LANGUAGES) for each in change(pair))
    amendment = Amendment(old, new, compare(old, new, "Outscale", notified), notified, date(2027, 3, 1))
    found = refusals(amendment)
    files = package(amendment, overridden=found, reason="agreed beforehand" if found else "")
    said = [
        line for path, content in sorted(files.items()) if path.name.endswith(".docx") and path.name not in _NOT_READ for line in _said(path, content)
    ]
    said.append(_manifest(next(content for path, content in files.items() if path.name == "manifest.json")))
    assert_golden(request, f"package-{kind}.txt", "\n".join(said) + "\n")


def _said(path: PurePosixPath, content: bytes) -> Iterator[str]:
    """Yield the path, the title and the version that a file says it is, and its paragraphs."""
    core = xml(content, "docProps/core.xml")
    yield f"=== {path}"
    yield from (f"{str(each.tag).split('}')[-1]}: {each.text}" for each in core.iter() if each.text and each.text.strip())
    yield from (text for text in paragraph_texts(xml(content)) if text.strip())
    yield f"media: {[name for name in parts(content) if name.startswith('word/media/')]}"


def _manifest(content: bytes) -> str:
    """Return the manifest; of the files their names only, whose digests are compared with the files elsewhere."""
    data: dict[str, Any] = json.loads(content)
    assert content.decode() == json.dumps(data, ensure_ascii=False, indent=2) + "\n"  # for people to read
    data["files"] = {name: sorted(facts) for name, facts in data["files"].items()}
    assert data.pop("made_with").startswith("snc_docs ")
    return json.dumps(data, ensure_ascii=False, indent=1)


def test_the_trees_of_a_package_say_what_each_part_is_and_where_values_come_from(request: pytest.FixtureRequest, pair: Pair) -> None:
    old, new = (version_of(each, LANGUAGES) for each in _little_known(pair))
    amendment = Amendment(old, new, compare(old, new, "Outscale", date(2027, 1, 15)), date(2027, 1, 15), date(2027, 3, 1))
    words = words_of_package(amendment, "en", template_folders())
    said = []
    for section in (*instrument(amendment, words), letter(amendment, words), form(amendment, words)):
        for node in walk(section):
            if isinstance(node, Section):
                said.append(f"{node.id} {node.role} {node.number!r} {node.label!r} {node.covers}")
            elif isinstance(node, (Value, FillIn)) and node.path.startswith(("amendment.", "client_contacts", "provider.", "client.", "signatory.")):
                said.append(f"  {type(node).__name__} {node.path}")
            elif isinstance(node, Paragraph) and node.role != "body":
                said.append(f"  {node.role}")
    assert_golden(request, "package-trees.txt", "\n".join(said) + "\n")
