"""Amendments at their edges: the day of the notice, drafts, renamed parties, certificates of another kind, the end of the calendar."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordDocument
from PIL import Image

from snc_docs import Agreement, compare, load_agreement, version_of
from snc_docs.amendment.addressing import main_contact
from snc_docs.amendment.facts import Amendment
from snc_docs.amendment.package import package
from snc_docs.amendment.refusals import refusals
from snc_docs.language import Language
from snc_docs.model.agreement import Attachment
from snc_docs.model.commitments import AcceptanceForm, ChangeAcceptance, RefusalEffect
from snc_docs.model.kinds import Territory
from snc_docs.model.parts import Contact, ContactRole
from snc_docs.model.party import PartyKind, Registration
from snc_docs.model.periods import Period, after
from snc_docs.writers.docx.verify import faults
from tests.tools import EXAMPLES, LANGUAGES, TODAY, assert_golden, paragraph_texts, story, xml

NOTIFIED, EFFECTIVE = date(2027, 1, 15), date(2027, 3, 1)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def agreements(tmp_path_factory: pytest.TempPathFactory) -> tuple[Agreement, Agreement]:
    old, new = (load_agreement(path, today=TODAY) for path in story(tmp_path_factory.mktemp("story")))
    return old, new


def _amendment(
    old: Agreement, new: Agreement, *, notified: date = NOTIFIED, effective: date = EFFECTIVE, languages: Sequence[Language] = ("en",)
) -> Amendment:
    was, now = version_of(old, languages), version_of(new, languages)
    return Amendment(was, now, compare(was, now, "Outscale", notified), notified, effective)


def _rules(amendment: Amendment) -> list[str]:
    return [each.rule for each in refusals(amendment)]


def _with(agreement: Agreement, part: str, **fields: Any) -> Agreement:
    return agreement.model_copy(update={part: getattr(agreement, part).model_copy(update=fields)})


def _accepting(agreement: Agreement, form: AcceptanceForm) -> Agreement:
    acceptance = ChangeAcceptance(form=form, answer=Period(weeks=3), refusal=RefusalEffect.TERMINATION)
    return _with(agreement, "commitments", change_acceptance=acceptance)


@pytest.mark.parametrize(("notified", "kept"), [(date(2027, 1, 29), True), (date(2027, 1, 30), True), (date(2027, 1, 31), False)])
def test_the_notice_is_kept_to_the_day(agreements: tuple[Agreement, Agreement], notified: date, *, kept: bool) -> None:
    """Thirty days before 1 March 2027."""
    amendment = _amendment(*agreements, notified=notified)
    assert (amendment.keeps_notice, "amendment.notice" not in _rules(amendment)) == (kept, kept)
    assert amendment.earliest == after(notified, Period(days=30))


@pytest.mark.parametrize(("notified", "refused"), [(date(2026, 8, 31), True), (date(2026, 9, 1), False), (date(2026, 9, 2), False)])
def test_a_notice_comes_once_the_version_to_amend_is_in_force(agreements: tuple[Agreement, Agreement], notified: date, *, refused: bool) -> None:
    messages = [each.message.en for each in refusals(_amendment(*agreements, notified=notified))]
    assert (f"the version to amend is in force from 2026-09-01 on, and the notice would be of {notified}" in messages) is refused
    old, new = agreements
    signed = refusals(_amendment(_accepting(old, AcceptanceForm.SIGNED_AMENDMENT), new, notified=notified))
    assert not any("in force from" in each.message.en for each in signed)


@pytest.mark.parametrize(("began", "refused"), [(date(2027, 2, 28), False), (EFFECTIVE, True), (date(2027, 3, 2), True), (None, True)])
def test_the_new_version_takes_effect_after_the_old_one(agreements: tuple[Agreement, Agreement], began: date | None, *, refused: bool) -> None:
    old, new = agreements
    messages = [each.message.en for each in refusals(_amendment(_with(old, "document", effective_date=began), new))]
    said = "the new version doesn't take effect after the old one" if began else "the old version doesn't say its effective date"
    assert any(message.startswith(said) for message in messages) is refused


@pytest.mark.parametrize(
    ("old", "new", "follows"),
    [
        ("1.0-draft", "1.0", True),
        ("1.0 projet", "1.0", True),
        ("1.0-rc1", "1.0", True),
        ("1.0 (brouillon 2)", "1.0", True),
        ("2.0-beta", "2.0-beta2", True),
        ("1.0-rc1", "1.0-rc2", True),
        ("1.0-rc2", "1.0-rc1", False),
        ("1.0", "1.0-draft", False),
        ("1.0-draft", "1.0-draft", False),
        ("1.0", "1.1-draft", True),
        ("1.0", "1.0", False),
        ("1.9", "1.10", True),
        ("1.10", "1.9", False),
        ("2", "2.1", True),
        ("A", "B", True),
        ("A", "A", False),
        ("Vendredi 1", "Vendredi 2", True),
        ("2026-03", "2026-12", True),
        ("1.0", "\u00b2", False),
        ("1.0", "final", False),
        ("projet 1.0", "1.0", True),
        ("draft 1.0", "1.0", True),
        ("projet", "1.0", True),
        ("draft", "draft 2", True),
        ("rc1", "1.0", True),
        ("rc1", "rc2", True),
        ("1.0-pré", "1.0", True),
        ("1.0 version de travail", "1.0", True),
        ("1.0", "projet 1.0", False),
        ("1.0", "1.0.0", False),
        ("1.0.0", "1", False),
        ("1.0", "projet", False),
        ("first", "2", False),
        (None, "1", False),
        ("1", None, False),
        ("1" * 5000, "2", False),
    ],
)
def test_versions_follow_one_another(agreements: tuple[Agreement, Agreement], old: str | None, new: str | None, *, follows: bool) -> None:
    first, second = agreements
    found = refusals(_amendment(_with(first, "document", version=old), _with(second, "document", version=new)))
    assert any("doesn't follow version" in each.message.en for each in found) is not follows


def _number(number: str) -> Registration:
    return Registration(number=number)


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ({"siren": "1", "legal_name": "A"}, {"siren": "1", "legal_name": "A"}, False),
        ({"siren": "1", "legal_name": "A"}, {"siren": "2", "legal_name": "A"}, True),
        ({"siren": "1", "legal_name": "A"}, {"siren": None, "legal_name": "A"}, True),
        ({"siren": None, "legal_name": "A"}, {"siren": "1", "legal_name": "A"}, False),
        ({"siren": None, "legal_name": "A"}, {"siren": None, "legal_name": "B"}, True),
        ({"siren": None, "legal_name": None}, {"siren": "1", "legal_name": "A"}, True),
        (
            {"siren": None, "registration": _number("0999.999.922"), "country": Territory("BE")},
            {"siren": None, "registration": _number("BE 0999 999 922"), "country": Territory("BE")},
            False,
        ),
        (
            {"siren": None, "registration": _number("0999.999.922"), "country": Territory("BE")},
            {"siren": None, "registration": _number("0999999923"), "country": Territory("BE")},
            True,
        ),
        ({"siren": None, "legal_name": "A B"}, {"siren": "1", "legal_name": "A\u00a0b"}, False),
    ],
)
def test_the_client_is_the_same_by_its_number_or_its_name(
    agreements: tuple[Agreement, Agreement], old: dict[str, Any], new: dict[str, Any], *, refused: bool
) -> None:
    first, second = agreements
    found = refusals(_amendment(_with(first, "client", **old), _with(second, "client", **new)))
    assert any(each.message.en.startswith(("the client differs", "the old version doesn't say the client")) for each in found) is refused


def test_a_notice_does_not_rename_the_client(agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    renamed = _with(new, "client", legal_name="Archives réunies SA")
    assert _rules(_amendment(old, renamed)) == ["amendment.client-renamed"]
    assert _rules(_amendment(_with(old, "client", legal_name=None), renamed)) == []
    assert _rules(_amendment(old, _with(new, "client", legal_name=str(old.client.legal_name).replace(" ", "\u00a0").upper()))) == []


@pytest.mark.parametrize("form", AcceptanceForm)
def test_what_both_agree_on_says_the_former_name(agreements: tuple[Agreement, Agreement], form: AcceptanceForm) -> None:
    old, new = (_accepting(each, form) for each in agreements)
    renamed = _with(new, "client", legal_name="Archives réunies SA")
    amendment = _amendment(old, renamed)
    assert "amendment.client-renamed" not in _rules(amendment)
    files = {str(path): content for path, content in package(amendment).items()}
    for name in ("en/amendment.docx", "en/acceptance-form.docx", "en/proposal-letter.docx"):
        text = " ".join(paragraph_texts(xml(files[name])))
        assert "Archives réunies SA (formerly Société des Archives de la Vallée imaginaire)" in text


@pytest.mark.parametrize(
    ("day", "period", "expected"),
    [
        (date(9999, 12, 1), Period(days=30), date(9999, 12, 31)),
        (date(9999, 12, 2), Period(days=30), date.max),
        (date(9999, 11, 30), Period(months=1), date(9999, 12, 30)),
        (date(9999, 12, 1), Period(months=1), date.max),
        (date(9999, 1, 1), Period(months=1200), date.max),
        (date(9000, 1, 1), Period(weeks=5000, days=36500), date(9195, 10, 6)),
        (date(2026, 1, 31), Period(months=1), date(2026, 2, 28)),
        (date(2024, 1, 31), Period(months=1), date(2024, 2, 29)),
        (date(2026, 12, 31), Period(months=2), date(2027, 2, 28)),
        (date(2026, 1, 1), Period(hours=1), date(2026, 1, 2)),
        (date(2026, 1, 1), Period(hours=24), date(2026, 1, 2)),
        (date(2026, 1, 1), Period(hours=24, minutes=1), date(2026, 1, 3)),
        (date(2026, 1, 1), Period(minutes=1440), date(2026, 1, 2)),
    ],
)
def test_a_period_after_a_day_stays_in_the_calendar(day: date, period: Period, expected: date) -> None:
    assert after(day, period) == expected


def test_a_notice_at_the_end_of_the_calendar_is_refused(agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    new = _with(_with(new, "document", effective_date=date.max), "certificate", expires_on=date.max)
    for notified in (date(9999, 12, 2), date.max):
        assert "amendment.beyond-calendar" in _rules(_amendment(old, new, notified=notified, effective=date.max))
    assert "amendment.beyond-calendar" not in _rules(_amendment(old, new, notified=date(9999, 11, 1), effective=date.max))
    answering = _accepting(old, AcceptanceForm.WRITTEN_ACCEPTANCE)
    assert "amendment.beyond-calendar" in _rules(
        _amendment(_with(answering, "notices", change=Period(days=1)), new, notified=date(9999, 12, 20), effective=date.max)
    )


def test_the_letter_goes_to_the_contact_of_the_version_in_force(agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    known, other = (next(each for each in agreement.client_contacts if each.role is ContactRole.TECHNICAL_ACCOUNT) for agreement in (old, new))
    assert main_contact(old, new) == known
    nameless, blank = (_contacts(old, **dict.fromkeys(fields)) for fields in (("name",), tuple(set(Contact.model_fields) - {"role"})))
    nameless_too = _known(nameless, ContactRole.REPRESENTATIVE, "")
    without = known.model_copy(update={"name": None})
    (representative,) = (each for each in nameless.client_contacts if each.role is ContactRole.REPRESENTATIVE)
    assert main_contact(nameless_too, _known(new, ContactRole.REPRESENTATIVE, "")) == without
    assert main_contact(_known(nameless, representative.role, "Ada"), new) == representative.model_copy(update={"name": "Ada"})
    assert main_contact(blank, new) == other


def _known(agreement: Agreement, role: ContactRole, name: str) -> Agreement:
    """Return an agreement whose contact of a role has a name."""
    contacts = tuple(each.model_copy(update={"name": name} if each.role is role else {}) for each in agreement.client_contacts)
    return agreement.model_copy(update={"client_contacts": contacts})


def _contacts(agreement: Agreement, **fields: None) -> Agreement:
    """Return an agreement of whose client's contacts some things aren't known."""
    return agreement.model_copy(update={"client_contacts": tuple(each.model_copy(update=fields) for each in agreement.client_contacts)})


def test_a_contact_known_by_its_address_alone_is_known(agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    assert _rules(_amendment(_contacts(old, name=None), new)) == []
    lost = tuple(
        each.model_copy(update={"email": None, "telephone": None, "name": None, "job_title": None, "availability": None})
        for each in new.client_contacts[:1]
    )
    assert _rules(_amendment(_contacts(old, name=None), new.model_copy(update={"client_contacts": (*lost, *new.client_contacts[1:])}))) == [
        "amendment.contact-lost"
    ]


def test_of_two_contacts_of_one_role_none_is_lost(agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    second = old.client_contacts[0].model_copy(update={"name": "Second"})
    assert _rules(_amendment(old.model_copy(update={"client_contacts": (second, *old.client_contacts)}), new)) == ["amendment.contact-lost"]


@pytest.mark.parametrize(
    "fields",
    [{"kind": PartyKind.COMPANY}, {"country": Territory("GP")}],
)
def test_data_that_no_clause_prints_is_nothing_to_amend(agreements: tuple[Agreement, Agreement], fields: dict[str, Any]) -> None:
    old, new = agreements
    assert _rules(_amendment(old, _with(old.model_copy(update={"document": new.document}), "client", **fields))) == ["amendment.nothing"]


def test_where_one_language_alone_changes_the_other_says_so(agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    known = old.locations.data_centres
    assert known is not None
    centres = known.model_copy(update={"en": "in France"})
    changed = _with(old.model_copy(update={"document": new.document}), "locations", data_centres=centres)
    amendment = _amendment(old, changed, languages=LANGUAGES)
    assert _rules(amendment) == []
    french, english = (
        " ".join(paragraph_texts(xml(content))) for path, content in sorted(package(amendment).items(), reverse=True) if path.name == "amendment.docx"
    )
    assert "Le texte français de la Convention de Service ne change pas" in french
    assert "is replaced by the following" in english
    assert "The English text of the Service Agreement does not change" not in english


def test_a_clause_that_went_has_the_number_it_had(agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    parties = old.third_parties.model_copy(update={"others": (), "categories": old.third_parties.categories[:1]})
    amendment = _amendment(old, old.model_copy(update={"document": new.document, "third_parties": parties}), languages=["fr"])
    letter = paragraph_texts(xml(next(content for path, content in package(amendment).items() if str(path) == "fr/notice-letter.docx")))
    assert "texte supprimé\u00a0: 6.2 – Autres Tiers, dans la version en vigueur\u202f;" in letter
    assert [line for line in letter if "Règles communes" in line] == []  # its number alone is another


def _certificates() -> dict[str, tuple[str, bytes]]:
    """Return a certificate of each kind: its media type and its bytes."""
    picture, word, other = io.BytesIO(), io.BytesIO(), io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(picture, "PNG")
    document = WordDocument()
    document.add_paragraph("first certificate")
    document.save(word)
    document.add_paragraph("second certificate")
    document.save(other)
    pdf = (EXAMPLES / "complete" / "certificate.pdf").read_bytes()
    return {
        "pdf": ("application/pdf", pdf),
        "picture": ("image/png", picture.getvalue()),
        "word": (DOCX, word.getvalue()),
        "other word": (DOCX, other.getvalue()),
        "none": ("", b""),
    }


_KINDS = _certificates()


@pytest.mark.parametrize("was", ["pdf", "picture", "word", "none"])
@pytest.mark.parametrize("now", ["pdf", "picture", "other word", "none"])
def test_a_renewed_certificate_may_be_of_any_kind(agreements: tuple[Agreement, Agreement], was: str, now: str) -> None:
    def holding(agreement: Agreement, kind: str, reference: str) -> Agreement:
        media_type, content = _KINDS[kind]
        attached = (Attachment(name=f"{kind}.bin", media_type=media_type, content=content),) if content else ()
        return _with(agreement, "certificate", reference=reference, file=f"{kind}.bin" if content else None).model_copy(
            update={"attachments": attached}
        )

    old, new = holding(agreements[0], was, "Q-1"), holding(agreements[1], now, "Q-2")
    files = package(_amendment(old, new))
    assert {
        str(path): faults(content, joined=True) for path, content in files.items() if path.suffix == ".docx" and faults(content, joined=True)
    } == {}


def test_the_words_of_every_refusal(request: pytest.FixtureRequest, agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    cases = [
        _amendment(old, _with(old, "document", version="2.0", effective_date=EFFECTIVE)),
        _amendment(old, _with(new, "client", legal_name="Archives réunies SA")),
        _amendment(old, _with(_with(new, "document", reference="OTHER", version="0.9"), "client", siren="999999063")),
        _amendment(old, _with(new, "provider", siren="999999063")),
        _amendment(_with(old, "document", effective_date=None, reference=None, version=None), new),
        _amendment(old, new, notified=date(2026, 8, 1)),
        _amendment(old, new, notified=date(2027, 2, 20), effective=date(2027, 2, 25)),
        _amendment(old, new, notified=date.max),
        _amendment(old, new.model_copy(update={"client_contacts": new.client_contacts[1:]})),
        _amendment(old, _with(old, "certificate", reference="Q-2")),
        _amendment(old, _with(new, "notices", change=Period(days=15))),
    ]
    said = [
        f"{each.rule} {each.path}\n  fr: {each.message.fr}\n      → {each.hint.fr}\n  en: {each.message.en}\n      → {each.hint.en}"
        for amendment in cases
        for each in refusals(amendment)
    ]
    assert_golden(request, "refusals.txt", "\n".join(dict.fromkeys(said)) + "\n")


def test_a_client_file_that_lists_no_contact_has_them_all_blank(tmp_path: Path) -> None:
    old, _ = story(tmp_path)
    assert len(load_agreement(old, today=TODAY).client_contacts) >= 5
