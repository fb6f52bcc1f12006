"""What people copy into the fields of a party with the words that stand around it, and who a party is by how it is called: any of a kind, not one example."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from snc_docs import FindingsError, Severity, assemble, load, load_agreement, write
from snc_docs.diagnostics import Diagnostic
from snc_docs.model.legal_forms import is_of_a_person, names_a_person
from snc_docs.model.placeholder_rules import stands_for_one
from snc_docs.model.sentence_words import repeated_in
from tests.tools import TODAY, changed, client_data, write_pair

_TOWNS = ("Lyon", "Le Mans", "La Rochelle", "Les Sables-d’Olonne", "Évry", "Saint-Denis de La Réunion", "L’Haÿ-les-Roses", "Bourg-en-Bresse", "Dole")
_OF_A_REGISTER = (
    "R.C.S. {}",
    "RCS {}",
    "R.C.S. de {}",
    "RCS : {}",
    "{} RCS",
    "R.C.S. {} B",
    "RCS {} B 842 139 578",
    "842 139 578 R.C.S. {}",
    "69002 {}",
    "{} Cedex 03",
    "{} (69)",
    ". {}",
    "- {}",
    "Greffe de {}",
    "Greffe du tribunal de commerce de {}",
    "tribunal de commerce de {}",
    "Tribunal des activités économiques de {}",
    "Registre du commerce et des sociétés de {}",
    "immatriculée au RCS de {} sous le numéro 842 139 578",
    "Registry of the Commercial Court of {}",
    "{} Trade and Companies Register",
)


@pytest.mark.parametrize("town", _TOWNS)
def test_a_town_is_found_in_all_that_a_register_extract_says_of_it_and_is_none_by_itself(town: str) -> None:
    assert repeated_in("register_city", town) is None
    for form in _OF_A_REGISTER:
        found = repeated_in("register_city", form.format(town))
        assert found is not None, form
        assert found.left == town, form


@pytest.mark.parametrize(("written", "town"), [("RCS du Mans", "Le Mans"), ("Greffe des Ulis", "Les Ulis"), ("TC d'Évry", "Évry")])
def test_a_towns_article_comes_back(written: str, town: str) -> None:
    found = repeated_in("register_city", written)
    assert found is not None
    assert found.left == town


@pytest.mark.parametrize(
    ("written", "town"), [("R.C.S. LYON B", "Lyon"), ("RCS SAINT-ÉTIENNE", "Saint-Étienne"), ("RCS BOURG-EN-BRESSE", "Bourg-en-Bresse")]
)
def test_a_town_in_capitals_is_proposed_as_a_sentence_has_it(written: str, town: str) -> None:
    found = repeated_in("register_city", written)
    assert found is not None
    assert found.left == town


@pytest.mark.parametrize(
    ("field", "value", "left"),
    [
        ("signatory.name", "M. Jean-Noël DUPONT, Président", "M. Jean-Noël DUPONT"),
        ("signatory.name", "Jean-Noël Dupont (Président)", "Jean-Noël Dupont"),
        ("signatory.name", "Jeanne Dupont – Directrice générale", "Jeanne Dupont"),
        ("signatory.name", "Monsieur Dupont en sa qualité de Président", "Monsieur Dupont"),
        ("signatory.name", "Jean Dupont, agissant en qualité de gérant", "Jean Dupont"),
        ("signatory.name", "Anne Roux, PDG", "Anne Roux"),
        ("signatory.name", "Anne Roux, dûment habilitée", "Anne Roux"),
        ("signatory.name", "John Smith, Managing Director", "John Smith"),
        ("signatory.name", "Madame la Présidente, Anne Roux", "Anne Roux"),
        ("legal_name", "Brumes & Fils, SAS au capital de 37 000 €", "Brumes & Fils"),
        ("legal_name", "Brumes & Fils, société par actions simplifiée", "Brumes & Fils"),
        ("legal_name", "Brumes SAS, RCS Lyon 842 139 578", "Brumes SAS"),
        ("legal_name", "Brumes SARL représentée par Mme Roux", "Brumes SARL"),
        ("legal_form", "SAS immatriculée au RCS de Lyon", "SAS"),
        ("legal_form", "SAS, dont le siège social est à Lyon", "SAS"),
        ("legal_form", "SARL au capital de 8000 euros", "SARL"),
        ("registered_office", "sis 14 rue des Brumes, 69002 Lyon", "14 rue des Brumes, 69002 Lyon"),
        ("registered_office", "dont le siège social est situé 14 rue des Brumes", "14 rue des Brumes"),
        ("registered_office", "Siège social sis 14 rue des Brumes", "14 rue des Brumes"),
        ("registered_office", "located at 14 Mist Street", "14 Mist Street"),
        ("signatory.title", "agissant en qualité de gérante", "gérante"),
        ("signatory.title", "in her capacity as CEO", "CEO"),
    ],
)
def test_words_of_the_sentence_are_told_from_the_value(field: str, value: str, left: str) -> None:
    found = repeated_in(field, value)
    assert found is not None
    assert found.left == left
    assert repeated_in(field, left) is None


@pytest.mark.parametrize(
    ("name", "severity"), [("Brumes & Fils, SAS", Severity.WARNING), ("Brumes & Fils, SAS au capital de 37 000 €", Severity.ERROR)]
)
def test_a_form_behind_a_name_may_be_part_of_it_and_a_capital_may_not(tmp_path: Path, name: str, severity: Severity) -> None:
    found = [each for each in _findings(tmp_path, {"legal_name": name}) if each.rule == "party.said-already"]
    assert [each.severity for each in found] == [severity]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("signatory.name", "Martin Luther King, Jr."),
        ("signatory.name", "Dupont, Jean"),
        ("signatory.name", "Bruno Le Maire"),
        ("signatory.name", "Pascale Secrétaire-Dupont"),
        ("legal_name", "Acme Co., Ltd."),
        ("legal_name", "Brumes & Fils SAS"),
        ("legal_name", "Au Capital Humain"),
        ("legal_name", "RCS Conseil"),
        ("legal_form", "société coopérative au capital variable"),
        ("legal_form", "a private limited company registered in England"),
        ("legal_form", "association inscrite au registre des associations du tribunal de Strasbourg"),
        ("registered_office", "Siège de la Région, 1 place des Brumes"),
        ("registered_office", "Sisteron, 3 rue des Brumes"),
        ("signatory.title", "assistante"),
    ],
)
def test_a_value_that_has_such_a_word_of_its_own_is_none(field: str, value: str) -> None:
    assert repeated_in(field, value) is None


def _findings(folder: Path, client: dict[str, Any]) -> list[Diagnostic]:
    try:
        return list(load(write_pair(folder, client=changed(client_data(), "client", client)), today=TODAY).findings)
    except FindingsError as error:
        return list(error.diagnostics)


_PEOPLE = (
    "Dr Élodie d’Hérouville",
    "M. Roux",
    "Mme Roux",
    "Maître Roux",
    "Me Roux",
    "Pr Roux",
    "Mr. Roux",
    "Mrs Roux",
    "Monsieur Jean Roux",
    "DR ROUX",
)
_FORMS = (
    "entrepreneur individuel (EI)",
    "EI",
    "auto-entrepreneur",
    "micro-entrepreneuse",
    "travailleur indépendant",
    "profession libérale",
    "médecin libéral",
    "entreprise individuelle",
    "sole trader",
)


@pytest.mark.parametrize("name", _PEOPLE)
def test_a_client_called_as_a_person_is_asked_whether_it_is_one(tmp_path: Path, name: str) -> None:
    found = [each for each in _findings(tmp_path, {"legal_name": name}) if each.rule == "client.kind-unknown"]
    assert ["kind: person" in each.hint.fr and "kind: person" in each.hint.en for each in found] == [True]
    assert "client.kind-unknown" not in [each.rule for each in _findings(tmp_path, {"legal_name": name, "kind": "company"})]


@pytest.mark.parametrize("form", _FORMS)
def test_a_legal_form_of_people_is_no_bodys(tmp_path: Path, form: str) -> None:
    """In both languages or as one text, it is answered with the kind of party that it means, once."""
    for written in ({"fr": form, "en": "a sole trader"}, form):
        found = [each for each in _findings(tmp_path, {"legal_name": "Élodie Roux", "legal_form": written}) if "legal_form" in (each.path or "")]
        assert ["kind: person" in each.hint.en for each in found] == [True]


@pytest.mark.parametrize("name", ["Maître Coq SAS", "M6 Web", "M Capital", "Monsieur le Maire", "M.A.I.F.", "Drones", "Meunier", "Prisme"])
def test_a_name_that_only_begins_alike_is_no_persons(name: str) -> None:
    assert not names_a_person(name)


@pytest.mark.parametrize(
    "form", ["société d’exercice libéral", "EURL", "SELARL", "autorité administrative indépendante", "association", "société libérale"]
)
def test_a_form_of_bodies_is_no_persons(form: str) -> None:
    assert not is_of_a_person(form)


@pytest.mark.parametrize(
    ("client", "asked"),
    [
        ({"kind": "person", "siren": "999 999 014"}, True),
        ({"kind": "person", "short_name": "Roux"}, True),
        ({"kind": "person", "signatory": {"name": "Yvon Roux"}}, True),
        ({"kind": "person", "siren": "999 999 014", "gender": "feminine"}, False),
        ({"kind": "person", "registration": "not-applicable"}, False),
        ({"kind": "public-body", "legal_form": "not-applicable", "siren": "999 999 014"}, True),
        ({"kind": "public-body", "legal_form": {"fr": "commune", "en": "municipality"}}, False),
        ({"kind": "company"}, False),
    ],
)
def test_a_gender_is_asked_for_where_a_participle_would_show_that_it_is_not_known(tmp_path: Path, client: dict[str, Any], *, asked: bool) -> None:
    path = write_pair(tmp_path, client=changed(client_data(), "client", {"legal_name": "Élodie Roux", **client}))
    loaded = load(path, today=TODAY)
    shown = write(assemble(load_agreement(path, today=TODAY), "fr"), "html").decode()
    assert ("party.gender-unknown" in [each.rule for each in loaded.findings]) is asked
    assert bool(re.search(r"(?:immatricul|identifi|représent|désign)é\(e\) ", shown)) is asked


_TO_COME = (
    "À désigner|à nommer|à recruter|En cours de désignation|en cours|à préciser par le client|Voir ci-dessus|Cf. représentant|cf. Kbis|idem ci-dessus|le même|la même personne"
    "|non désigné|pas encore nommée|pas de DPO|aucun DPO|Néant|N/A|sans objet|x|/|-|—|to be appointed|to be named by the client|n/a|none|nil|not appointed|same as above|see above"
    "|TBC by client|to be confirmed later|poste à pourvoir|DPO à désigner|recrutement en cours|vacant|voir le contrat|à compléter ultérieurement|ditto|no DPO yet|non communiqué"
).split("|")
_NAMES = (
    "Voir Clair|CF Industries|C.F. Møller|Pas-de-Calais|Pas de Calais|Same Deutz-Fahr|Idem Conseil|See Tickets|Sans Frontières|Aucune Idée|To Be Honest Ltd|No Limit|Néant Studio"
    "|Le Même Pas|À Table|Ada Venir|Nguyen X|X|Vacances SA|Inconnue & Fils|Anne Nil|Voirie de Lyon|En Cours SARL"
).split("|")


@pytest.mark.parametrize("text", _TO_COME)
def test_a_value_that_is_said_to_come_or_to_stand_elsewhere_is_none(text: str) -> None:
    """Whoever or whatever it is of: an error, since it would print as if it were agreed."""
    for path in ("client.legal_name", "client.register_city", "client_contacts[0].name", "client.signatory.name"):
        assert stands_for_one(text, path), path


@pytest.mark.parametrize("text", _NAMES)
def test_a_name_that_has_such_words_is_one(text: str) -> None:
    assert not stands_for_one(text, "client.legal_name")


@pytest.mark.parametrize("text", ["néant", "none", "sans objet", "/", "x"])
def test_none_is_an_answer_where_a_clause_asks_what_there_is(text: str) -> None:
    assert not any(stands_for_one(text, path) for path in ("service.name", "certificate.restrictions.fr", "facts.own"))
