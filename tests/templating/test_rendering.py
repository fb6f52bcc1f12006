from __future__ import annotations

from pathlib import Path

import pytest

from snc_docs import Agreement, FindingsError, assemble
from snc_docs.document.nodes import FillIn, Link, Paragraph, Row, Value
from snc_docs.document.walk import plain_text, walk
from snc_docs.language import Language
from snc_docs.model.kinds import Email
from tests.tools import LANGUAGES, all_text

OUTLINE = "outline:\n  - {id: clause-x, role: clause}\n"


def _folder(folder: Path, body: str, *, outline: str = OUTLINE, french: str | None = None) -> Path:
    (folder / "outline.yaml").write_text(outline, encoding="utf-8")
    for language, text in (("en", body), ("fr", french if french is not None else body)):
        (folder / language).mkdir(exist_ok=True)
        (folder / language / "clause-x.md.j2").write_text(f"# Title {{#clause-x}}\n\n{text}\n", encoding="utf-8")
    return folder


def shown_words(agreement: Agreement, folder: Path, body: str, language: Language = "en") -> str:
    block = assemble(agreement, language, _folder(folder, body)).sections[0].blocks[0]
    assert isinstance(block, Paragraph)
    return plain_text(block.children).replace("\u00a0", " ")


def _faults(agreement: Agreement, folder: Path) -> list[tuple[str, int | None]]:
    with pytest.raises(FindingsError) as error:
        assemble(agreement, "en", folder)
    assert all(finding.file for finding in error.value.diagnostics)
    return [(finding.rule, finding.line) for finding in error.value.diagnostics]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("{{ provider.siren }}", "527 594 493"),
        ("{{ provider.share_capital }}", "€1,849,930"),
        ("{{ provider.share_capital|in_words }}", "one million, eight hundred and forty-nine thousand, nine hundred and thirty euros (€1,849,930)"),
        ("{{ document.effective_date }}", "1 September 2026"),
        ("{{ notices.change }}", "30 days"),
        ("{{ notices.change|in_words }}", "thirty (30) days"),
        ("{{ provider.country }} {{ provider.country|in_place }}", "France in France"),
        ("{{ locations.operations|in_place }}", "in France or in the European Union"),
        ("from {{ locations.operations|place }}", "from France or the European Union"),
        (
            '{{ languages.support|in_language("or") }}; {{ languages.support|in_language("and") }}',
            "in French or in English; in French and in English",
        ),
        ("{{ governing_law.country|law_of }}", "French law"),
        ("{{ languages.support|listed }}; {{ languages.support|alternatives }}", "French and English; French or English"),
        ("{{ service.offer|listed }}", "IaaS, PaaS and SaaS"),
        ("{{ service.regions|names_of }}", "cloudgouv-eu-west-1"),
        ('{{ service.regions|plural("region", "regions") }}', "region"),
        ('{{ service.offer|plural("model", "models") }}', "models"),
        ("{{ provider.legal_name|upper }}", "OUTSCALE"),
        ('{{ provider.short_name|elided("de") }}', "d’Outscale"),
        ('{{ deletion.account|sample("account") }}', "[account]"),
        ("{{ third_parties.others|length }}", "7"),
        ("{{ third_parties.categories['data-centre'].label }}", "Data centre"),
        (
            "{% if provider|has_capital %}yes{% endif %}{% if client|is_foreign %}no{% endif %}{% if client|in_trade_register %}yes{% endif %}",
            "yesyes",
        ),
        ("{{ provider.register_city|of_town }}|{{ provider.register_city|in_town }}", "de Nanterre|à Nanterre"),
        ('{% if contract.kind == "specific" %}yes{% else %}no{% endif %}', "yes"),
        ("{% for r in service.regions %}{{ r.name }}{{ loop.last|choose('.', ';') }}{% endfor %}", "cloudgouv-eu-west-1."),
        ('{{ "words of the template" }} {{ 3 }}', "words of the template 3"),
        ("{{ provider.short_name ~ provider.siren }}", "Outscale527 594 493"),
        ("a <!-- a remark --> b", "a b"),
    ],
)
def test_values_print_as_their_kind_does(outscale: Agreement, tmp_path: Path, body: str, shown: str) -> None:
    assert " ".join(shown_words(outscale, tmp_path, body).split()) == shown


def test_a_printed_value_knows_its_data_path(outscale: Agreement, tmp_path: Path) -> None:
    body = "{{ provider_contacts['representative'].email }} {{ provider.short_name|elided('de') }} {{ notices.change|in_words }} {{ third_parties.data_centres['EQUINIX'].name }}"
    document = assemble(outscale, "en", _folder(tmp_path, body))
    assert [node.path for node in walk(document) if isinstance(node, Value)] == [
        "provider_contacts[representative].email",
        "provider.short_name",
        "notices.change",
        "third_parties.data_centres[EQUINIX].name",
    ]


def test_addresses_are_live_links(outscale: Agreement, tmp_path: Path) -> None:
    body = "{{ general_terms }} {{ provider_contacts['representative'].email }} {{ provider_contacts['representative'].telephone }} [terms]({{ general_terms }})"
    document = assemble(outscale, "en", _folder(tmp_path, body))
    assert [node.href for node in walk(document) if isinstance(node, Link)] == [
        "https://en.outscale.com/legal-informations/",
        "mailto:representative@outscale.example.com",
        "tel:+33199000001",
        "https://en.outscale.com/legal-informations/",
    ]


def test_an_unknown_value_is_a_field_with_its_label_as_prompt(unknown_client: Agreement, tmp_path: Path) -> None:
    folder = _folder(
        tmp_path,
        "{{ client.legal_name }} {{ client.share_capital|in_words }} {{ client.register_city|elided('de') }} {{ client.country|in_place }} {{ client.legal_name|upper }}",
    )
    fields = {
        language: [(node.path, node.prompt) for node in walk(assemble(unknown_client, language, folder)) if isinstance(node, FillIn)]
        for language in LANGUAGES
    }
    assert [path for path, _ in fields["en"]] == [
        "client.legal_name",
        "client.share_capital",
        "client.register_city",
        "client.country",
        "client.legal_name",
    ]
    assert [fields["fr"][0][1], fields["en"][0][1]] == ["dénomination sociale", "legal name"]


@pytest.mark.parametrize(
    ("body", "rule", "line"),
    [
        ("one\n\n{{ provider.nonsense }}", "template.fault", 5),
        ("one\n\n{{ nonsense }}", "template.fault", 5),
        ("{{ provider }}", "template.fault", 3),
        ("{{ service.regions }}", "template.fault", 3),
        ("{{ provider.siren|title }}", "template.fault", 3),
        ("one\n{% if provider %}\ntwo", "template.fault", 5),
        ("{{ third_parties.categories['plumber'].label }}", "template.fault", 3),
        ("{{ provider.siren|in_place }}", "template.fault", 3),
        ("{{ provider.legal_name|law_of }}", "template.fault", 3),
        ("{{ provider.legal_name|in_words }}", "template.fault", 3),
        ("{{ provider.legal_name.__class__.__mro__ }}", "template.fault", 3),
        ("{{ provider._model }}", "template.fault", 3),
        ("{% if provider.siren|has_capital %}\nx\n{% endif %}", "template.fault", 3),
        ("{% if service|is_foreign %}\nx\n{% endif %}", "template.fault", 3),
        ('{{ "a\\x01b" }}', "template.fault", 3),
        ("{{ '\\ue010' ~ '99' ~ '\\ue011' }}", "template.fault", 3),
        ("{{ range(10) }}", "template.control", 3),
        ("{% include 'x' %}", "template.control", 3),
        ("\ue010" + "0" + "\ue011", "template.reserved", 3),
        ("a\x01b", "template.reserved", 3),
        ("{% for a in service.regions %}\n{{ a.zzz }}\n{% endfor %}", "template.fault", 4),
        ("[x]({{ provider.legal_name }})", "link.address", 3),
        ("{% for a in service.regions %}\n{{ loop.zzz }}\n{% endfor %}", "template.fault", 4),
    ],
)
def test_a_faulty_template_is_a_finding_with_file_and_line(outscale: Agreement, tmp_path: Path, body: str, rule: str, line: int | None) -> None:
    folder = _folder(tmp_path, body)
    assert _faults(outscale, folder) == [(rule, line)]


@pytest.mark.parametrize(
    "body",
    [
        "{{ provider.legal_name.raw }}",
        "{{ provider.legal_name.tokens }}",
        "{{ provider.legal_name.text() }}",
        "{{ provider.legal_name.printed('x') }}",
        "{{ service.regions.language }}",
    ],
)
def test_raw_values_are_out_of_reach(outscale: Agreement, tmp_path: Path, body: str) -> None:
    assert [rule for rule, _ in _faults(outscale, _folder(tmp_path, body))] == ["template.control" if "(" in body else "template.fault"]


def test_lines_are_those_of_the_template_after_loops_and_conditions(outscale: Agreement, tmp_path: Path) -> None:
    body = "{% for a in service.offer %}\n- {{ a }}\n{% endfor %}\n\n{% if contract %}\nyes\n\n{% endif %}\n[x](nowhere)\n\n### Deep {#deep}"
    assert _faults(outscale, _folder(tmp_path, body)) == [("link.address", 11), ("heading.level", 13)]


def test_faults_in_several_clauses_come_together(outscale: Agreement, tmp_path: Path) -> None:
    folder = _folder(tmp_path, "{{ nope }}", outline=OUTLINE + "  - {id: clause-y, role: clause}\n  - {id: clause-z, role: clause}\n")
    (folder / "en" / "clause-y.md.j2").write_text("# Y {#other}\n", encoding="utf-8")
    with pytest.raises(FindingsError) as error:
        assemble(outscale, "en", folder)
    assert sorted(finding.rule for finding in error.value.diagnostics) == ["template.fault", "template.missing"]


@pytest.mark.parametrize(
    ("outline", "rule"),
    [
        ("outline:\n  - {id: a, role: nonsense}\n", "outline.malformed"),
        ("outline:\n  - {role: clause}\n", "outline.malformed"),
        ("outline: []\n", "outline.malformed"),
        ("outline:\n  - {id: a, role: clause, colour: red}\n", "outline.malformed"),
        ("outline:\n  - {id: gone, role: clause}\n", "template.missing"),
        ("outline:\n  - {id: clause-x, role: clause, when: nonsense.x}\n", "template.fault"),
        ("outline:\n  - {id: clause-x, role: clause, when: 'a b c'}\n", "template.fault"),
    ],
)
def test_a_faulty_outline_is_a_finding(outscale: Agreement, tmp_path: Path, outline: str, rule: str) -> None:
    assert [each for each, _ in _faults(outscale, _folder(tmp_path, "x", outline=outline))] == [rule]


def test_an_outline_that_changes_is_read_again(outscale: Agreement, tmp_path: Path) -> None:
    folder = _folder(tmp_path, "x")
    assert [section.id for section in assemble(outscale, "en", folder).sections] == ["clause-x"]
    (folder / "en" / "other.md.j2").write_text("# Other {#other}\n\nx\n", encoding="utf-8")
    (folder / "outline.yaml").write_text("outline:\n  - {id: other, role: clause}\n", encoding="utf-8")
    assert [section.id for section in assemble(outscale, "en", folder).sections] == ["other"]


def test_a_heading_cannot_print_what_is_unknown(unknown_client: Agreement, tmp_path: Path) -> None:
    folder = _folder(tmp_path, "## For {{ client.legal_name }} {#for}\n\nx")
    assert _faults(unknown_client, folder) == [("heading.reference", 3)]


def test_a_row_is_named_by_the_item_it_shows(outscale: Agreement) -> None:
    keys = [node.key for node in walk(assemble(outscale, "en")) if isinstance(node, Row)]
    assert "third_parties.others[GANDI]" in keys
    assert "client_contacts[representative]" in keys


def test_a_clause_is_there_only_when_its_condition_holds(outscale: Agreement, unknown_client: Agreement, tmp_path: Path) -> None:
    outline = "outline:\n  - {id: clause-x, role: clause, when: contract.kind == 'specific'}\n"
    folder = _folder(tmp_path, "x", outline=outline)
    assert len(assemble(outscale, "en", folder).sections) == 1
    assert _faults(unknown_client, folder) == [("outline.empty", 1)]


def test_an_overlay_replaces_one_clause_and_leaves_the_others(outscale: Agreement, tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "purpose.md.j2").write_text("# Our purpose {#purpose}\n\nOurs.\n", encoding="utf-8")
    own, shipped = assemble(outscale, "en", tmp_path), assemble(outscale, "en")
    assert [section.id for section in own.sections] == [section.id for section in shipped.sections]
    assert "Ours." in all_text(own)
    assert sum(a != b for a, b in zip(own.sections, shipped.sections, strict=True)) == 1


def test_an_address_that_carries_fields_of_a_message_is_escaped(outscale: Agreement, tmp_path: Path) -> None:
    folder = _folder(tmp_path, "{{ provider_contacts['representative'].email }}")
    (contact, *others) = outscale.provider_contacts
    odd = outscale.model_copy(update={"provider_contacts": (contact.model_copy(update={"email": Email("a&b=c%d@example.com")}), *others)})
    (link,) = (node for node in walk(assemble(odd, "en", folder)) if isinstance(node, Link))
    assert link.href == "mailto:a%26b%3Dc%25d@example.com"
    assert plain_text(link.children) == "a&b=c%d@example.com"
