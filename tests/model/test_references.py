"""What names an item elsewhere in the data knows what people call it, and stays the identifier that it is."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from snc_docs import Agreement, compare, load_agreement, version_of
from snc_docs.diff.showing import data_entries
from snc_docs.language import Language
from snc_docs.model.base import Model, is_part, kind_of, refers_to
from snc_docs.model.paths import values_of
from snc_docs.model.references import Named, with_names
from tests.tools import EXAMPLES, LANGUAGES, TODAY


@pytest.fixture(scope="module", params=["complete", "seven-services", "outscale"])
def agreement(request: pytest.FixtureRequest) -> Agreement:
    return load_agreement(EXAMPLES / request.param / "client.yaml", today=TODAY)


def _models(model: type[Model], seen: set[type[Model]]) -> Iterator[type[Model]]:
    if model not in seen:
        seen.add(model)
        yield model
        for field in model.model_fields.values():
            kind, _ = kind_of(field.annotation)
            if is_part(kind):
                yield from _models(kind, seen)


def test_every_identifier_of_another_item_says_where_that_is() -> None:
    """Its own key apart, whoever it is that is told apart by it."""
    unsaid = []
    for model in _models(Agreement, set()):
        for base in model.__mro__:
            for name, annotation in vars(base).get("__annotations__", {}).items():
                if name in model.model_fields and "Identifier" in str(annotation) and name != "id" and refers_to(model, name) is None:
                    unsaid.append(f"{model.__name__}.{name}")
    assert unsaid == []


def test_an_agreement_whose_references_have_names_is_the_same(agreement: Agreement) -> None:
    named = with_names(agreement)
    assert named == agreement
    assert named.model_dump_json() == agreement.model_dump_json()
    found = [value for _, value in values_of(named) if isinstance(value, Named)]
    for each in found:
        assert pickle.loads(pickle.dumps(each)).label == each.label  # noqa: S301  # our own


def test_every_reference_that_leads_somewhere_has_its_name(agreement: Agreement) -> None:
    named = with_names(agreement)
    given = [*named.subscriptions, *named.commitments.support.rules] if named.commitments.support else [*named.subscriptions]
    for each in given:
        assert isinstance(getattr(each, "service", None) or getattr(each, "priority", None), Named)
    parties = named.third_parties.data_centres + named.third_parties.others
    labels = {each.id: each.label for each in named.third_parties.categories}
    assert all(isinstance(each.category, Named) and each.category.label.fr == labels[each.category].fr for each in parties)


def _changed(agreement: Agreement, **fields: Any) -> Agreement:
    document = agreement.document.model_copy(update={"version": "2.0"})
    return agreement.model_copy(update={"document": document, **fields})


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_read_the_labels_of_services_and_options_that_come_and_go(language: Language) -> None:
    old = load_agreement(EXAMPLES / "seven-services" / "client.yaml", today=TODAY)
    machines, blocks, *others = old.subscriptions
    new = _changed(
        old,
        subscriptions=(machines.model_copy(update={"options": ("gpu", "dedicated")}), blocks.model_copy(update={"service": "objects"}), *others),
    )
    entries = data_entries(compare(version_of(old, [language]), version_of(new, [language])), language)
    said = " ".join(f"{each.about} {each.old} {each.new}" for each in entries)
    wanted = {
        "fr": ("Stockage en mode bloc", "Stockage objet", "Machines virtuelles", "Cartes graphiques et Hôtes dédiés"),
        "en": ("Block storage", "Object storage", "Virtual machines", "Graphics cards and Dedicated hosts"),
    }[language]
    assert all(each in said for each in wanted), said
    assert not any(each in said.split() for each in ("gpu", "dedicated", "blocks", "objects"))


def test_a_penalty_goes_by_its_services_label_and_not_by_the_threshold_that_it_has_now() -> None:
    old = load_agreement(EXAMPLES / "seven-services" / "client.yaml", today=TODAY)
    availability = old.commitments.availability
    assert availability is not None
    first, *others = availability.penalties
    changed = availability.model_copy(update={"penalties": (first.model_copy(update={"below": type(first.below)("97.5")}), *others)})
    new = _changed(old, commitments=old.commitments.model_copy(update={"availability": changed}))
    (entry,) = [each for each in data_entries(compare(version_of(old, ["en"]), version_of(new, ["en"])), "en") if "penalties" in each.about]
    label = next(each.label.en for each in availability.services if each.id == first.service)
    assert label in entry.about
    assert f"› {first.service}" not in entry.about
    assert ("97.5" in entry.about, "97.5" in entry.new) == (False, True)


def test_an_item_that_is_called_otherwise_goes_by_its_former_name() -> None:
    old = load_agreement(EXAMPLES / "seven-services" / "client.yaml", today=TODAY)
    first, *others = old.third_parties.categories
    label = first.label.model_copy(update={"fr": "Autre nom", "en": "Another name"})
    parties = old.third_parties.model_copy(update={"categories": (first.model_copy(update={"label": label}), *others)})
    new = _changed(old, third_parties=parties)
    (entry,) = [each for each in data_entries(compare(version_of(old, ["en"]), version_of(new, ["en"])), "en") if "categor" in each.about]
    assert (first.label.en in entry.about, "Another name" in entry.about, entry.new) == (True, False, "Another name")
