"""The letter as a letter: to whom, with which copy, on what basis and ground, with the rights that the change starts; and the words of an instrument that one party signs."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from snc_docs import Agreement, AmendmentRefusedError, UnknownChoiceError, amend, compare, load_agreement, version_of
from snc_docs.amendment.addressing import main_contact
from snc_docs.amendment.facts import Amendment
from snc_docs.amendment.package import package
from snc_docs.language import Language
from snc_docs.model.agreement import with_listed_roles
from snc_docs.model.commitments import AcceptanceForm, ChangeAcceptance, ObjectionEffect, Silence
from snc_docs.model.facts import FactDeclaration, facts_of
from snc_docs.model.kinds import LocalizedText, Money
from snc_docs.model.parts import Contact, ContactRole
from snc_docs.model.party import GrammaticalGender, Party, PartyKind, Signatory
from snc_docs.model.periods import Period
from tests.tools import EXAMPLES, LANGUAGES, TODAY, paragraph_texts, xml

_TOLD = date(2027, 1, 10)


@pytest.fixture(scope="module")
def old() -> Agreement:
    return load_agreement(EXAMPLES / "complete" / "client.yaml", today=TODAY)


def _next(agreement: Agreement, **document: Any) -> Agreement:
    facts = agreement.document.model_copy(update={"version": "2.0", "effective_date": date(2027, 4, 1), **document})
    return agreement.model_copy(update={"document": facts})


def _with_third_party(agreement: Agreement, name: str) -> Agreement:
    parties = agreement.third_parties
    more = parties.others[0].model_copy(update={"name": name})
    return agreement.model_copy(update={"third_parties": parties.model_copy(update={"others": (*parties.others, more)})})


def _committed(agreement: Agreement, **commitments: Any) -> Agreement:
    return agreement.model_copy(update={"commitments": agreement.commitments.model_copy(update=commitments)})


def _texts(old: Agreement, new: Agreement, name: str, language: Language = "en") -> list[str]:
    was, now = version_of(old, (language,)), version_of(new, (language,))
    made = package(Amendment(was, now, compare(was, now, "us", _TOLD), _TOLD, date(2027, 4, 1)))
    return paragraph_texts(xml(next(content for path, content in made.items() if path.match(f"*{name}.docx"))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_third_party_starts_the_right_to_object_and_nothing_else_does(old: Agreement, language: Language) -> None:
    words = {"fr": "Vous pouvez vous opposer à l’intervention d’Octave", "en": "You may object to the involvement of Octave"}[language]
    effect = {"fr": "vous pourrez résilier", "en": "you may terminate"}[language]
    for new, said in ((_next(_with_third_party(old, "Octave")), True), (_next(_committed(old, recovery_tests=None, anonymised_tests=False)), False)):
        letter = _texts(old, new, "letter", language)
        assert any(words in text for text in letter) is said
        assert any(("objection" in text and effect in text) or ("opposition" in text and effect in text) for text in letter) is said
    none = _committed(old, objection_effect=None)
    assert not any(effect in text for text in _texts(none, _next(_with_third_party(none, "Octave")), "letter", language))
    unused = _committed(old, objection_effect=ObjectionEffect.NOT_USED)
    assert any(
        {"fr": "n’aura pas lieu", "en": "no such involvement in the Services"}[language] in text
        for text in _texts(unused, _next(_with_third_party(unused, "Octave")), "letter", language)
    )


def test_the_ground_is_said_in_the_letter_and_in_the_instrument_where_there_is_one(old: Agreement) -> None:
    ground = LocalizedText(fr="un nouveau réseau.", en="a new network.")
    for given, said in ((ground, True), (None, False)):
        new = _next(_with_third_party(old, "Octave"), ground=given)
        assert ("The reason for these changes is: a new network." in _texts(old, new, "letter")) is said
        assert ("Reason for the changes: a new network." in _texts(old, new, "amendment")) is said


def test_what_both_sign_goes_to_who_signs_with_a_copy_for_the_main_contact(old: Agreement) -> None:
    new = _next(_with_third_party(old, "Octave"))
    letter = _texts(old, new, "letter", "fr")
    assert "À l’attention d’Hugo Abadie, directeur général" in letter
    assert any(text.startswith("Copie") and "Nadia Ferrand" in text for text in letter)
    assert any("si les deux Parties signent l’avenant ci-joint" in text for text in letter)
    assert any(text.startswith("Pièces jointes\N{NO-BREAK SPACE}: l’avenant, à signer\N{NARROW NO-BREAK SPACE};") for text in letter)
    alone = with_listed_roles(each for each in old.client_contacts if each.role is not ContactRole.REPRESENTATIVE)
    nobody = [each.model_copy(update={"client_contacts": alone}) for each in (old, new)]
    signatory = new.client.signatory
    assert signatory.title is not None
    assert f"For the attention of {signatory.name}, {signatory.title.en}" in _texts(nobody[0], nobody[1], "letter")
    assert not any(text.startswith("By e-mail") for text in _texts(nobody[0], nobody[1], "letter"))


@pytest.mark.parametrize("acceptance", [ChangeAcceptance(form=AcceptanceForm.SIGNED_AMENDMENT), None])
def test_a_natural_person_for_whom_nobody_signs_is_written_to_itself(old: Agreement, acceptance: ChangeAcceptance | None) -> None:
    """A notice and what both sign alike; who is named as its contact, or signs for it, goes before."""
    person = Party(
        kind=PartyKind.PERSON,
        gender=GrammaticalGender.FEMININE,
        legal_name="Ondine Marchais",
        registered_office=old.client.registered_office,
        country="FR",
    )
    contacts = tuple(Contact(role=each.role) for each in old.client_contacts)
    was = _committed(old.model_copy(update={"client": person, "client_contacts": contacts}), change_acceptance=acceptance)
    new = _next(_with_third_party(was, "Octave"))
    assert "For the attention of Ondine Marchais" in _texts(was, new, "letter")
    signed = amend(version_of(was, ["en"]), version_of(new, ["en"]), notified_on=_TOLD)
    assert "amendment.no-addressee" not in {each.rule for each in signed.findings}
    named = tuple(each.model_copy(update={"name": "Ada Roux"}) if each.role is ContactRole.TECHNICAL_ACCOUNT else each for each in contacts)
    of_contact = new.model_copy(update={"client_contacts": named})
    if acceptance is None:
        assert "For the attention of Ada Roux" in _texts(was.model_copy(update={"client_contacts": named}), of_contact, "letter")


def test_a_notice_goes_to_the_main_contact_with_a_copy_for_the_representative(old: Agreement) -> None:
    notified = _committed(old, change_acceptance=None)
    new = _next(_with_third_party(notified, "Octave"))
    letter = _texts(notified, new, "letter")
    assert "For the attention of Nadia Ferrand, Chief Information Officer" in letter
    assert "Copy to: Hugo Abadie, Chief Executive" in letter
    representative = _committed(notified, main_contact=ContactRole.REPRESENTATIVE)
    assert main_contact(representative, new).role is ContactRole.REPRESENTATIVE
    letter = _texts(representative, new, "letter")
    assert "For the attention of Hugo Abadie, Chief Executive" in letter
    assert not any(text.startswith("Copy to") for text in letter)


@pytest.mark.parametrize(
    ("form", "title", "effect"),
    [
        (
            AcceptanceForm.SIGNED_AMENDMENT,
            "Amendment to the SecNumCloud service agreement",
            "The amendment shall apply only if both Parties sign it.",
        ),
        (AcceptanceForm.ACCEPTANCE, "Proposal to change the SecNumCloud service agreement", "only if the Client accepts them."),
        (AcceptanceForm.WRITTEN_ACCEPTANCE, "Proposal to change the SecNumCloud service agreement", "only if the Client accepts them in writing."),
        (AcceptanceForm.GOVERNANCE_BODY, "Proposal to change the SecNumCloud service agreement", "in the governance committee."),
        (None, "Notice of changes to the SecNumCloud service agreement", "The Service Provider sends this notice to the Client"),
    ],
)
def test_only_what_both_sign_is_called_an_amendment(old: Agreement, form: AcceptanceForm | None, title: str, effect: str) -> None:
    acceptance = old.commitments.change_acceptance.model_copy(update={"form": form}) if form and old.commitments.change_acceptance else None
    before = _committed(old, change_acceptance=acceptance)
    texts = _texts(before, _next(_with_third_party(before, "Octave")), "amendment")
    assert texts[0] == title
    assert any(effect in text for text in texts)


def test_a_new_part_is_added_at_the_end_of_its_article(old: Agreement) -> None:
    before = _committed(old, data_handling=())
    before = _committed(before, backup=None)
    texts = _texts(before, _next(_committed(before, backup=old.commitments.backup)), "amendment")
    assert "The following text is added at the end of Article\u00a010, as Article\u00a010.9:" in texts


def test_values_are_told_and_never_yes_or_no(old: Agreement) -> None:
    before = _committed(old, anonymised_tests=False, recovery_tests=None)
    letter = _texts(before, _next(_committed(before, anonymised_tests=True)), "letter")
    assert "Anonymised test data: new;" in letter
    assert not any("no → yes" in text or "not given" in text for text in letter)


@pytest.mark.parametrize("form", [None, AcceptanceForm.WRITTEN_ACCEPTANCE])
def test_what_the_client_asked_for_is_an_amendment_of_both_whatever_the_provider_would_have_to_do(
    old: Agreement, form: AcceptanceForm | None
) -> None:
    old = _committed(old, change_acceptance=ChangeAcceptance(form=form) if form else None, objection=Period(days=30))
    new = _with_third_party(_next(old), "Réseau Neuf")
    was, now = version_of(old, ["en"]), version_of(new, ["en"])
    asked = amend(was, now, notified_on=_TOLD, asked_by="client")
    names = {path.name for path in asked.files}
    assert "covering-letter.docx" in names
    assert not names & {"notice-letter.docx", "proposal-letter.docx", "acceptance-form.docx"}
    letter = " ".join(paragraph_texts(xml(asked.files[Path("en/covering-letter.docx")])))
    assert "At your request, we send you an amendment" in letter
    assert "You may object" not in letter
    instrument = paragraph_texts(xml(asked.files[Path("en/amendment.docx")]))
    assert "Amendment to the SecNumCloud service agreement" in instrument
    assert any(text.startswith("This amendment is made at the Client’s request") for text in instrument)
    assert "For the Client" in instrument
    assert json.loads(asked.files[Path("manifest.json")])["asked_by"] == "client"


def test_no_notice_runs_for_what_the_client_asked_for(old: Agreement) -> None:
    was, now = version_of(old, ["en"]), version_of(_with_third_party(_next(old), "Réseau Neuf"), ["en"])
    effective = now.agreement.document.effective_date
    assert effective is not None
    late = effective - timedelta(days=1)
    with pytest.raises(AmendmentRefusedError) as refused:
        amend(was, now, notified_on=late)
    assert [each.rule for each in refused.value.diagnostics] == ["amendment.notice"]
    assert amend(was, now, notified_on=late, asked_by="client").files


def test_a_letter_that_nobody_can_send_is_said(old: Agreement) -> None:
    new = _with_third_party(_next(old), "Réseau Neuf")
    known = amend(version_of(old, ["en"]), version_of(new, ["en"]), notified_on=_TOLD)
    assert not {each.rule for each in known.findings} & {"amendment.no-addressee", "amendment.no-address"}
    blank = {
        "client_contacts": tuple(Contact(role=each.role) for each in old.client_contacts),
        "client": old.client.model_copy(update={"registered_office": None, "signatory": Signatory()}),
    }
    versions = (version_of(each.model_copy(update=blank), ["en"]) for each in (old, new))
    said = {each.rule: each.path for each in amend(*versions, notified_on=_TOLD).findings}
    assert said["amendment.no-addressee"] == "client_contacts[technical-account].name"
    assert said["amendment.no-address"] == "client.registered_office"


def test_who_may_object_and_has_to_accept_is_told_of_both_and_has_a_box_for_each(old: Agreement) -> None:
    acceptance = ChangeAcceptance(form=AcceptanceForm.WRITTEN_ACCEPTANCE, answer=Period(days=20))
    before = _committed(old, change_acceptance=acceptance)
    new = _next(_with_third_party(before, "Octave"))
    letter = _texts(before, new, "letter")
    assert any("nor before you have accepted these changes" in text for text in letter)
    assert any(text.startswith("Your answer in writing is expected within a period of twenty (20)") for text in letter)
    form = _texts(before, new, "form")
    assert any("objects to the involvement of Octave, which counts as a refusal" in text for text in form)
    assert any(text.startswith("An objection is to be sent to the Service Provider within a period of") for text in form)
    other = _next(_committed(before, recovery_tests=None))
    assert not any("object" in text for text in _texts(before, other, "form"))


def test_what_the_client_alone_can_tell_is_noted_and_neither_notified_nor_proposed(old: Agreement) -> None:
    contacts = tuple(
        each.model_copy(update={"name": "Zoé Neuve"}) if each.role is ContactRole.SECURITY_INCIDENTS else each for each in old.client_contacts
    )
    new = _with_third_party(_next(old), "Octave").model_copy(update={"client_contacts": contacts})
    letter = _texts(old, new, "letter")
    changes, noted = (letter.index(text) for text in ("The changes are as follows:", "We have also taken note of the following, which concerns you:"))
    said = [index for index, text in enumerate(letter) if "Zoé Neuve" in text]
    assert said
    assert all(index > noted > changes for index in said)
    asked = amend(version_of(old, ["en"]), version_of(new, ["en"]), notified_on=_TOLD, asked_by="client")
    texts = paragraph_texts(xml(asked.files[Path("en/covering-letter.docx")]))
    assert any("Zoé Neuve" in text for text in texts)
    assert not any("taken note" in text for text in texts)


def test_both_sign_where_that_is_asked_for_and_no_silence_signs(old: Agreement) -> None:
    for acceptance in (None, ChangeAcceptance(form=AcceptanceForm.ACCEPTANCE, answer=Period(days=20), silence=Silence.ACCEPTANCE)):
        before = _committed(old, change_acceptance=acceptance)
        was, now = version_of(before, ["en"]), version_of(_next(_with_third_party(before, "Octave")), ["en"])
        made = amend(was, now, notified_on=_TOLD, both_sign=True)
        texts = paragraph_texts(xml(made.files[Path("en/amendment.docx")]))
        assert texts[0] == "Amendment to the SecNumCloud service agreement"
        assert "For the Client" in texts
        letter = " ".join(paragraph_texts(xml(made.files[Path("en/proposal-letter.docx")])))
        assert "By the amendment enclosed, we propose the changes below" in letter
        assert "Under Article" not in letter
        assert "deemed accepted" not in letter
        assert json.loads(made.files[Path("manifest.json")])["acceptance"] == "signed-amendment"


def test_prices_are_signed_where_the_version_in_force_says_so(old: Agreement) -> None:
    before = _committed(old, change_acceptance=ChangeAcceptance(form=AcceptanceForm.SIGNED_FOR_PRICES))
    before = _with_fee(before, 100)
    richer = before.provider.model_copy(update={"share_capital": Money(amount=Decimal(7), currency="EUR")})
    for new, is_signed in (
        (_with_third_party(before, "Octave"), False),
        (before.model_copy(update={"provider": richer}), False),
        (_with_fee(before, 110), True),
    ):
        changed = _with_third_party(_next(new), "Réseau Neuf")
        assert ("Amendment to the SecNumCloud service agreement" in _texts(before, changed, "amendment")) is is_signed


def _with_fee(agreement: Agreement, amount: int) -> Agreement:
    """Return an agreement with an own fact that is an amount."""
    declared = (FactDeclaration.model_validate({"id": "fee", "kind": "amount", "label": {"fr": "redevance", "en": "fee"}}),)
    facts = facts_of(declared, {"fee": Money(amount=Decimal(amount), currency="EUR")})
    return agreement.model_copy(update={"declared": declared, "facts": facts})


def test_what_the_baseline_changes_is_not_at_the_clients_request(old: Agreement) -> None:
    was, now = version_of(old, ["en"]), version_of(_with_third_party(_next(old), "Octave"), ["en"])
    found = {each.rule: each for each in amend(was, now, notified_on=_TOLD, asked_by="client").findings}
    assert "Third parties › other third parties" in found["amendment.not-asked"].message.en
    assert "amendment.not-asked" not in {each.rule for each in amend(was, now, notified_on=_TOLD, both_sign=True).findings}
    office = _next(old).model_copy(update={"client": old.client.model_copy(update={"short_name": "Phares"})})
    own = amend(was, version_of(office, ["en"]), notified_on=_TOLD, asked_by="client")
    assert "amendment.not-asked" not in {each.rule for each in own.findings}


def test_nobody_else_asks(old: Agreement) -> None:
    was = version_of(old, ["en"])
    with pytest.raises(UnknownChoiceError, match="Client"):
        amend(was, version_of(_with_third_party(_next(old), "Octave"), ["en"]), notified_on=_TOLD, asked_by="Client")  # type: ignore[arg-type]  # as a program may


def test_a_date_that_was_filled_in_by_hand_is_given(old: Agreement) -> None:
    blank = old.model_copy(update={"document": old.document.model_copy(update={"effective_date": None})})
    was, now = version_of(blank, ["en"]), version_of(_with_third_party(_next(old), "Octave"), ["en"])
    with pytest.raises(AmendmentRefusedError) as refused:
        amend(was, now, notified_on=_TOLD)
    assert [each.rule for each in refused.value.diagnostics] == ["amendment.no-start"]
    assert amend(was, now, notified_on=_TOLD, in_force_since=date(2026, 12, 1)).files
    with pytest.raises(AmendmentRefusedError) as late:
        amend(was, now, notified_on=_TOLD, in_force_since=date(2027, 4, 1))
    assert "amendment.successor" in {each.rule for each in late.value.diagnostics}


def test_a_language_of_the_new_version_alone_is_said(old: Agreement) -> None:
    made = amend(version_of(old, ["fr"]), version_of(_with_third_party(_next(old), "Octave"), ["fr", "en"]), notified_on=_TOLD)
    assert {path.parts[0] for path in made.files} == {"fr", "manifest.json"}
    assert "amendment.language" in {each.rule for each in made.findings}


def test_both_may_sign_without_the_notice(old: Agreement) -> None:
    was, now = version_of(old, ["en"]), version_of(_with_third_party(_next(old), "Octave"), ["en"])
    late = date(2027, 3, 30)
    with pytest.raises(AmendmentRefusedError):
        amend(was, now, notified_on=late)
    assert amend(was, now, notified_on=late, both_sign=True).files


def test_a_notice_that_brings_a_third_party_has_a_form_to_object_with(old: Agreement) -> None:
    notified = _committed(old, change_acceptance=None)
    form = _texts(notified, _next(_with_third_party(notified, "Octave")), "objection-form")
    assert form[0] == "Objection to a Third Party"
    assert any("It objects to the involvement of Octave." in text for text in form)
    assert not any("accepts" in text or "refuses" in text for text in form)
    other = package_of(notified, _next(_committed(notified, recovery_tests=None)))
    assert not any("form" in path.name for path in other)
    letter = _texts(notified, _next(_with_third_party(notified, "Octave")), "letter")
    assert any("the form to object with" in text for text in letter)


def package_of(old: Agreement, new: Agreement) -> dict[Any, bytes]:
    was, now = version_of(old, ("en",)), version_of(new, ("en",))
    return dict(package(Amendment(was, now, compare(was, now, "us", _TOLD), _TOLD, date(2027, 4, 1))))


@pytest.mark.parametrize(("news", "acceptance"), [(True, None), (False, AcceptanceForm.SIGNED_AMENDMENT)])
def test_a_renewed_certificate_alone_is_nothing_to_accept_where_its_decision_takes_the_place_of_the_former(
    old: Agreement,
    news: bool,  # noqa: FBT001  # what is tried
    acceptance: AcceptanceForm | None,
) -> None:
    before = _committed(old, practices=old.commitments.practices.model_copy(update={"qualification_news": news}))
    renewed = _next(before).model_copy(
        update={"certificate": before.certificate.model_copy(update={"reference": "NEW-2027", "issued_on": date(2027, 3, 1)})}
    )
    was, now = version_of(before, ("en",)), version_of(renewed, ("en",))
    amendment = Amendment(was, now, compare(was, now, "us", _TOLD), _TOLD, date(2027, 4, 1))
    assert (amendment.acceptance.form if amendment.acceptance is not None else None) is acceptance
    assert (amendment.earliest == _TOLD) is news
    letter = " ".join(_texts(before, renewed, "letter"))
    assert ("accept" in letter or "sign it" in letter) is not news
    assert ("Under Article\N{NO-BREAK SPACE}11" in letter) is news  # that on the qualification, not that on changes
    more = _with_third_party(renewed, "Octave")
    now = version_of(more, ("en",))
    assert Amendment(was, now, compare(was, now, "us", _TOLD), _TOLD, date(2027, 4, 1)).acceptance is not None
