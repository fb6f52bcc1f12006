"""Messages that misled: each now says what is wrong there, and no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from snc_docs import FindingsError, assemble, load, load_agreement, write
from snc_docs.document.nodes import Document, FillIn
from snc_docs.document.walk import walk
from tests.tools import EXAMPLES, TODAY, changed, client_data, run_command, starter_data, write_pair


def _said(path: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(FindingsError) as refused:
        load_agreement(path, today=TODAY)
    return [(each.path or "", each.message.en, each.hint.en) for each in refused.value.diagnostics]


def test_a_comma_in_a_short_form_says_to_quote_the_text(tmp_path: Path) -> None:
    text = (EXAMPLES / "minimal" / "baseline.yaml").read_text(encoding="utf-8")
    form = "{fr: société par actions simplifiée (SAS) de droit français, en: a French simplified joint-stock company (SAS)}"
    (tmp_path / "baseline.yaml").write_text(text.replace(form, "{fr: société, de droit français, en: a French company}"), encoding="utf-8")
    ((where, message, hint),) = _said(tmp_path / "baseline.yaml")
    assert (where, "the comma cut the text in two" in message, "quotation marks" in hint) == ("provider.legal_form.de droit français", True, True)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("provider_contacts", [{"role": "nobody"}]),
        ("exclusions.topics", [{"id": "Bad Id", "title": {"fr": "a", "en": "b"}, "items": [{"id": "x", "text": {"fr": "a", "en": "b"}}]}]),
    ],
)
def test_a_wrong_only_item_is_not_a_missing_one_too(tmp_path: Path, path: str, value: Any) -> None:
    said = _said(write_pair(tmp_path, changed(starter_data(), path, value)))
    assert len(said) == 1
    assert "at least" not in said[0][1]


def test_an_empty_list_still_wants_an_item(tmp_path: Path) -> None:
    ((where, message, _),) = _said(write_pair(tmp_path, changed(starter_data(), "provider_contacts", [])))
    assert (where, "at least 1" in message) == ("provider_contacts", True)


@pytest.mark.parametrize(
    ("path", "value", "shown"),
    [
        ("provider.legal_form", "société anonyme", '{fr: "…", en: "…"}'),
        ("notices.change", 30, "{days: 30}"),
        ("notices.compliance", "30 days", "{days: 30}"),
        ("provider.share_capital", 1000, "{amount: 1000, currency: EUR}"),
        ("general_terms", "https://example.com", '{fr: "https://…", en: "https://…"}'),
    ],
)
def test_a_plain_value_is_told_the_form_that_is_wanted(tmp_path: Path, path: str, value: Any, shown: str) -> None:
    ((where, message, hint),) = _said(write_pair(tmp_path, changed(starter_data(), path, value)))
    assert (where, shown in message, shown in hint or hint.startswith(("écrire « ", "write '"))) == (path, True, True)


@pytest.mark.parametrize(
    ("content", "kind"), [(b"PK\x03\x04rest", "Word"), (b"%PDF-1.7", "PDF"), (b"\xd0\xcf\x11\xe0", "old format"), (b"{\\rtf1", "RTF")]
)
def test_another_programs_file_is_named_as_such(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "agreement.docx"
    path.write_bytes(content)
    ((_, message, hint),) = _said(path)
    assert kind in message
    assert "UTF-8" not in message + hint
    assert "UTF-8" not in run_command("check", path).stderr


def test_a_document_that_is_not_ours_is_told_from_one_without_its_data(tmp_path: Path) -> None:
    from docx import Document as Word

    theirs, ours = tmp_path / "theirs.docx", tmp_path / "ours.docx"
    Word().save(str(theirs))
    ours.write_bytes(write(Document("en", ()), "docx"))
    client = EXAMPLES / "minimal" / "client.yaml"
    said = run_command("diff", theirs, client).stderr
    assert ("isn't a document that make-agreement wrote" in said, said.count("give the client file")) == (True, 1), said
    assert "doesn't carry its data" in run_command("diff", ours, client).stderr


def test_fields_that_nothing_prints_are_named_by_their_paths(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    for language in ("fr", "en"):
        (tmp_path / language).mkdir(exist_ok=True)
        (tmp_path / language / "purpose.md.j2").write_text("# P {#purpose}\n\nX.\n", encoding="utf-8")
    shown = run_command("check", "--templates", tmp_path).stderr
    assert "'subscriptions[*].region'" in shown
    assert "Subscription.region" not in shown


@pytest.mark.parametrize("officer", [None, "provider", "both"])
def test_the_contacts_to_fill_in_are_those_that_the_appendix_leaves_open(tmp_path: Path, officer: str | None) -> None:
    """The client's data protection officer has a place where the client must have one, and else none."""
    baseline = changed(starter_data(), "commitments", {"data_protection_officer": officer}) if officer else starter_data()
    loaded = load(write_pair(tmp_path, baseline, changed(client_data(), "client_contacts", [])), today=TODAY)
    (said,) = [each.message.en for each in loaded.findings if each.rule == "contact.unknown"]
    paths = (str(each.path) for each in walk(assemble(loaded.agreement, "en")) if isinstance(each, FillIn))
    rows = {path.partition("[")[2].partition("]")[0] for path in paths if path.startswith("client_contacts[")}
    assert {role.rpartition("(")[2].partition(")")[0] for role in said.partition(": ")[2].split(", ")} == rows
    assert ("data-protection-officer" in rows) is (officer == "both")


@pytest.mark.parametrize(
    ("capital", "said", "hint"),
    [
        ("{amount: 8.000, currency: EUR}", "thousands or decimals?", "write 8000, or two decimals"),
        ("{amount: 500.000, currency: EUR}", "thousands or decimals?", "write 500000, or two decimals"),
        ("{amount: 8 000,50, currency: EUR}", "the comma cut a number in two", "write 'amount: 8000.50'"),
        ("{amount: 8.125, currency: EUR}", "", ""),
        ("{amount: 8.000, currency: TND}", "", ""),
    ],
)
def test_an_amount_is_what_it_says(tmp_path: Path, capital: str, said: str, hint: str) -> None:
    path = write_pair(tmp_path)
    path.write_text(f"baseline: baseline.yaml\nclient:\n  legal_name: Vergers\n  share_capital: {capital}\n", encoding="utf-8")
    shown = run_command("check", path).stderr
    assert (said in shown, hint in shown) == (True, True)
    assert ("share_capital" in shown) is bool(said)


def test_a_second_item_without_a_dash_is_one_finding(tmp_path: Path) -> None:
    path = write_pair(tmp_path)
    contacts = "client_contacts:\n  - role: representative\n    name: A\n    email: a@example.com\n    role: operations\n    name: B\n    email: b@example.com\n"
    path.write_text(f"baseline: baseline.yaml\n{contacts}", encoding="utf-8")
    shown = run_command("check", path).stderr
    assert shown.count("[file.key-doubled]") == 1
    assert "begin it with '- '" in shown


def test_a_text_that_lacks_a_language_is_told_the_way_out(tmp_path: Path) -> None:
    data = client_data()
    data["client"]["legal_form"] = {"fr": "société d’un autre genre", "en": "…"}
    shown = run_command("check", write_pair(tmp_path, client=data)).stderr
    assert "remove the whole field, both its languages" in shown
    for written, proposed in (
        ("Association loi 1901", "an association under the French law of 1 July 1901"),
        ("S.A.R.L.", "a private limited company (SARL)"),
    ):
        data["client"]["legal_form"] = written
        assert proposed in run_command("check", write_pair(tmp_path, client=data)).stderr
    data["client"]["legal_form"] = client_data()["client"]["legal_form"]
    data["client"]["signatory"]["title"] = "gérante"
    assert 'write \'title: {fr: "gérante", en: "Manager"}\'' in run_command("check", write_pair(tmp_path, client=data)).stderr


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("register_city", "Greffard"),
        ("registered_office", "Siège de la Région, 1 place des Brumes, 69002 Lyon, France"),
        ("legal_form", {"fr": "société coopérative au capital variable", "en": "a cooperative with a variable capital"}),
    ],
)
def test_what_only_looks_like_words_of_its_sentence_is_none(tmp_path: Path, field: str, value: Any) -> None:
    loaded = load(write_pair(tmp_path, client=changed(client_data(), f"client.{field}", value)), today=TODAY)
    assert "party.said-already" not in {each.rule for each in loaded.findings}


@pytest.mark.parametrize(
    ("path", "written", "proposed"),
    [
        ("client.siren", "999 999 030 R.C.S. Lyon", 'siren: "999999030"'),
        ("client.siren", "RCS Lyon B 999 999 030", 'siren: "999999030"'),
        ("client.siren", "n° 999999030", 'siren: "999999030"'),
        ("client.share_capital", "37.000 €", "share_capital: {amount: 37000, currency: EUR}"),
        ("client.share_capital", "1.234.567 euros", "share_capital: {amount: 1234567, currency: EUR}"),
        ("client.kind", "SAS", "kind: company"),
        ("client.kind", "auto-entrepreneur", "kind: person"),
        ("client.gender", "Mme", "gender: feminine"),
        ("client_contacts.0.role", "DPO", "role: data-protection-officer"),
        ("client_contacts.0.role", "RSSI", "role: security-incidents"),
        ("client_contacts.0.role", "comptabilité", "role: contract-billing"),
        ("client_contacts.0.telephone", "0690000000", 'telephone: "+590 690 00 00 00"'),
        ("client_contacts.0.telephone", "0262 12 34 56", 'telephone: "+262 262 12 34 56"'),
        ("subscriptions", "machines", "- {service: machines}"),
        ("client_contacts.0.email", "leo@huet..fr", "email: leo@huet.fr"),
        ("client_contacts.0.email", "leo.@huet.fr.", "email: leo@huet.fr"),
        ("client_contacts.0.email", "Léo Huet <leo@huet.fr>", "email: leo@huet.fr"),
        ("client.siren", "HRB 123 456", "registration: {number: HRB 123 456, country: …}"),
    ],
)
def test_what_is_proposed_is_what_was_meant_and_is_taken(tmp_path: Path, path: str, written: str, proposed: str) -> None:
    ((_, _, hint),) = _said(write_pair(tmp_path, client=changed(client_data(), path, written)))
    assert proposed in hint


@pytest.mark.parametrize(
    ("country", "written", "proposed"),
    [
        ("DE", "0221 99 12 34", "+49 221 991234"),
        ("BE", "02 555 12 12", "+32 2 555 12 12"),
        ("FR", "01 99 00 00 00", "+33 1 99 00 00 00"),
        ("DE", "12", None),
    ],
)
def test_a_telephone_number_is_dialled_as_in_the_country_of_its_party(tmp_path: Path, country: str, written: str, proposed: str | None) -> None:
    data = changed(changed(client_data(), "client_contacts.0.telephone", written), "client.country", country)
    data["client"].pop("siren", None)
    hints = [hint for path, _, hint in _said(write_pair(tmp_path, client=data)) if path.endswith("telephone")]
    assert [proposed is None or f'telephone: "{proposed}"' in hint for hint in hints] == [True]
    assert proposed is not None or "write 'telephone" not in hints[0]


@pytest.mark.parametrize(
    ("path", "written"),
    [("client.vat_number", "n/a"), ("client.country", "néant"), ("client_contacts.0.email", "aucun"), ("client_contacts.0.telephone", "sans objet")],
)
def test_a_field_of_which_there_is_none_is_to_be_removed(tmp_path: Path, path: str, written: str) -> None:
    ((_, _, hint),) = _said(write_pair(tmp_path, client=changed(client_data(), path, written)))
    assert hint.startswith("remove this field")


@pytest.mark.parametrize("written", [3900, 112, "3900", "36 39"])
def test_a_short_number_is_told_as_one_and_never_to_be_written_again(tmp_path: Path, written: Any) -> None:
    ((_, _, hint),) = _said(write_pair(tmp_path, client=changed(client_data(), "client_contacts.0.telephone", written)))
    assert "short number" in hint


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("37,000.00", "37000.00"),
        ("37,000", "37000"),
        ("1,234,567.50", "1234567.50"),
        ("8 000,50", "8000.50"),
        ("8000,5", "8000.5"),
        ("12,50", "12.50"),
    ],
)
def test_a_number_that_its_commas_cut_is_put_together_again(tmp_path: Path, written: str, meant: str) -> None:
    path = write_pair(tmp_path)
    path.write_text(f"baseline: baseline.yaml\nclient:\n  share_capital: {{amount: {written}, currency: EUR}}\n", encoding="utf-8")
    ((where, message, hint),) = _said(path)
    assert (where, "cut a number in two" in message, hint) == ("client.share_capital.amount", True, f"write 'amount: {meant}'")


def test_decimals_that_a_comma_cut_off_are_told_to_be_behind_a_point(tmp_path: Path) -> None:
    """Whatever field's they are: the rest of the number is one by itself."""
    path = write_pair(tmp_path)
    path.write_text('baseline: baseline.yaml\ndocument: {reference: R, version: "1.0", 5}\n', encoding="utf-8")
    ((_, message, hint),) = _said(path)
    assert ("cut a number in two" in message, "behind a point" in hint) == (True, True)


_SERVICES = [
    {
        "id": "machines",
        "name": "Machines",
        "label": {"fr": "Machines virtuelles", "en": "Virtual machines"},
        "model": "iaas",
        "options": [{"id": "gpu", "label": {"fr": "Cartes graphiques", "en": "Graphics cards"}}],
    },
    {"id": "blocks", "name": "Stockage en mode bloc", "model": "iaas"},
]


@pytest.mark.parametrize(
    ("services", "subscription", "hint"),
    [
        ([], {"service": "machines"}, "the baseline has no list of services"),
        (_SERVICES, {"service": "virtual-machines"}, "did you mean 'machines'"),
        (_SERVICES, {"service": "machine"}, "did you mean 'machines'"),
        (_SERVICES, {"service": "nothing"}, "take one of machines (Virtual machines), blocks (Stockage en mode bloc)"),
        (_SERVICES, {"service": "machines", "options": ["cartes-graphiques"]}, "did you mean 'gpu'"),
        (_SERVICES, {"service": "blocks", "options": ["gpu"]}, "that service has no options"),
        (_SERVICES, {"service": "blocks", "region": "here"}, "that service has no regions"),
    ],
)
def test_a_subscription_to_what_is_not_offered_is_told_what_is(
    tmp_path: Path, services: list[dict[str, Any]], subscription: dict[str, Any], hint: str
) -> None:
    path = write_pair(tmp_path, changed(starter_data(), "services", services), changed(client_data(), "subscriptions", [subscription]))
    assert [hint in said for where, _, said in _said(path) if where.startswith("subscriptions")] == [True]


def test_an_address_cut_by_a_space_is_not_proposed_as_another_one(tmp_path: Path) -> None:
    ((_, _, hint),) = _said(write_pair(tmp_path, client=changed(client_data(), "client_contacts.0.email", "leo huet@example.com")))
    assert "huet@example.com" not in hint
