"""Input that was made to break things: each gives a finding or a typed error, never a traceback or a wrong file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from snc_docs import Agreement, FindingsError, assemble, load, load_agreement
from snc_docs.document.nodes import Link, Paragraph, Value
from snc_docs.document.walk import walk
from snc_docs.errors import FileTroubleError
from snc_docs.model.source import read_source
from tests.tools import EXAMPLES, TODAY, all_text, changed, client_data, run_command, starter_data, write_pair

CLIENT = EXAMPLES / "outscale" / "client.yaml"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _overlay(folder: Path, body: str, clause: str = "purpose") -> Path:
    (folder / "en").mkdir(exist_ok=True)
    (folder / "en" / f"{clause}.md.j2").write_text(f"# Title {{#{clause}}}\n\n{body}\n", encoding="utf-8")
    return folder


def _found(agreement: Agreement, folder: Path, body: str) -> list[tuple[str, int | None]]:
    with pytest.raises(FindingsError) as error:
        assemble(agreement, "en", _overlay(folder, body))
    return [(finding.rule, finding.line) for finding in error.value.diagnostics]


# ------------------------------------------------------------------------------------------------------------- data


@pytest.mark.parametrize("opening", ["[", '{"a":', "- "])
@pytest.mark.parametrize("name", ["deep.yaml", "deep.json"])
def test_deep_nesting_is_a_finding(tmp_path: Path, name: str, opening: str) -> None:
    path = tmp_path / name
    path.write_text(('{"a":' if name.endswith("json") else "a: ") + opening * 30_000, encoding="utf-8")
    with pytest.raises(FindingsError):
        read_source(path)


def test_numbers_of_ten_thousand_digits_are_read(tmp_path: Path) -> None:
    baseline = starter_data()
    path = write_pair(tmp_path, baseline)
    text = (tmp_path / "baseline.yaml").read_text(encoding="utf-8")
    (tmp_path / "baseline.yaml").write_text(text.replace('"amount": 100000', f'"amount": {"1" * 10_000}'), encoding="utf-8")
    with pytest.raises(FindingsError) as error:
        load_agreement(path, today=TODAY)
    assert {finding.path for finding in error.value.diagnostics} == {"provider.share_capital.amount"}


def test_a_baseline_path_that_no_system_takes_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError):
        load_agreement(write_pair(tmp_path, client=changed(client_data(), "baseline", "a\0b")))


def test_json_is_read_as_json(tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    value = {"a": "\x7f", "x" * 2000: 1, "back\\": "\\\U0001f600"}
    path.write_text(json.dumps(value), encoding="utf-8")
    assert read_source(path).data == value


@pytest.mark.parametrize("text", ["a: !!python/object:os.system {}\n", "a: !!set {x}\n", "a: !mine [1]\n"])
def test_tags_on_lists_and_mappings_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "data.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FindingsError) as error:
        read_source(path)
    assert [finding.rule for finding in error.value.diagnostics] == ["file.tag"]


@pytest.mark.parametrize("name", ["12", "²", "x#²", "A#2", "#", "9" * 5000, "٣", "a.b", "[x]"])
def test_odd_names_of_list_items_have_their_own_line(tmp_path: Path, name: str) -> None:
    baseline = starter_data()
    baseline["third_parties"]["others"] = [{"name": "First", "category": "network-operator"}, {"name": name, "category": "plumber"}]
    path = write_pair(tmp_path, baseline)
    with pytest.raises(FindingsError) as error:
        load_agreement(path, today=TODAY)
    (finding,) = [each for each in error.value.diagnostics if each.rule == "third-party.category-unknown"]
    lines = (tmp_path / "baseline.yaml").read_text(encoding="utf-8").splitlines()
    if name != "[x]":  # a bracket at a name's end can't be told from the path's own
        assert "plumber" in lines[(finding.line or 0) - 1]


def test_a_name_like_a_role_does_not_draw_another_contacts_findings(tmp_path: Path) -> None:
    contacts = [{"role": "representative", "name": "security-incidents", "email": "a@example.com"}, {"role": "security-incidents", "name": "B"}]
    path = write_pair(tmp_path, client=changed(client_data(), "client_contacts", contacts))
    (finding,) = [each for each in load(path, today=TODAY).findings if each.rule == "contact.unreachable"]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert '"name": "B"' in "".join(lines[(finding.line or 0) - 1 :][:4])


def test_doubled_identifiers_of_covered_items_are_found(tmp_path: Path) -> None:
    baseline = starter_data()
    covers = baseline["third_parties"]["categories"][0]["covers"]
    covers.append(covers[0])
    with pytest.raises(FindingsError, match="in this list twice"):
        load_agreement(write_pair(tmp_path, baseline), today=TODAY)


def test_an_extension_is_part_of_the_telephone_link(tmp_path: Path) -> None:
    client = changed(client_data(), "client_contacts.0.telephone", "+33 4 65 71 00 01 ext. 12")
    document = assemble(load_agreement(write_pair(tmp_path, client=client), today=TODAY), "en")
    links = [node.href for node in walk(document) if isinstance(node, Link) and node.href.startswith("tel:+33465710001")]
    assert links == ["tel:+33465710001;ext=12"]


# -------------------------------------------------------------------------------------------------------- templates


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        ("## A {#a1}\n\n### B {#a2}\n\n#### C {#a3}\n\n##### D {#a4}\n", ("heading.level", 9)),
        ("## A {#a1}\n\n######## B {#a2}\ntext\n", ("heading.level", 5)),
        ("- a\n  - b\n    - c\n      - d\n", ("markdown.not-in-dialect", 6)),
        ("".join("  " * depth + f"- {depth}\n" for depth in range(30)), ("markdown.not-in-dialect", 6)),
        ("- a\n-\n- c\n", ("markdown.not-in-dialect", 4)),
        ('[m](mailto:{{ provider_contacts["representative"].email }})', ("link.address", 3)),
        ("[x](https://x/{{ provider.siren }})", ("link.address", 3)),
        ("[name of {{ provider.short_name }}](fill:a.b)", ("link.address", 3)),
        ("[{{ provider.short_name }}](def:x)", ("link.address", 3)),
        ("::: embed {{ certificate.file }} of {{ provider.short_name }}", ("directive.malformed", 3)),
        ("::: definitions\n{{ provider.short_name }} {#x}\n: y\n:::", ("directive.malformed", 4)),
        ('{{ "\\ue0100\\ue011" }}', ("template.fault", 3)),
        ('{{ "%c" % 55296 }}', ("template.control", 3)),
        ("{{ 1/0 }}", ("template.control", 3)),
        ('{{ "{}".format() }}', ("template.control", 3)),
        ('{{ "a".index("b") }}', ("template.control", 3)),
        ("{{ 2.0**99999 }}", ("template.control", 3)),
        ("{{ " + "(" * 150 + "1" + ")" * 150 + " }}", ("template.fault", None)),
        ("{% for a in service.offer %}" * 25 + "x" + "{% endfor %}" * 25, ("template.fault", None)),
        ("{% for a in service.offer %}{{ loop }}{% endfor %}", ("template.fault", 3)),
        ("{{ self }}", ("template.fault", 3)),
        ("::: table\n|" + " a |" * 101 + "\n:::", ("directive.malformed", 3)),
        ("::: table widths=" + "9" * 5000 + "\n| a |\n:::", ("directive.malformed", 3)),
        ("one\ntwo [](#nowhere)\n", None),
        ("::: embed {{ service.name }} The annex", ("embed.unknown", 3)),
        ('{{ "%c999%c" % (57360, 57361) }}', ("template.control", 3)),
    ],
)
def test_templates_that_go_wrong_are_findings(outscale: Agreement, tmp_path: Path, body: str, finding: tuple[str, int | None] | None) -> None:
    found = _found(outscale, tmp_path, body)
    if finding is None:
        assert found == [("reference.unknown", 4)]
    elif finding[1] is None:
        assert [rule for rule, _ in found] == [finding[0]]
    else:
        assert finding in found


def test_no_text_of_a_template_is_lost(outscale: Agreement, tmp_path: Path) -> None:
    body = "Before.\n\n[annex]: see-annex\n\n&#xE010;0&#xE011; {{ provider.siren }}\n\n::: notice\nOne.\n\nTwo.\n:::"
    purpose = next(each for each in assemble(outscale, "en", _overlay(tmp_path, body)).sections if each.id == "purpose")
    notices = [block for block in purpose.blocks if isinstance(block, Paragraph) and block.role == "notice"]
    assert "[annex]: see-annex" in all_text(purpose)
    assert "&#xE010;0&#xE011;" in all_text(purpose)
    assert sum(isinstance(node, Value) for node in walk(purpose)) == 1
    assert len(notices) == 2


def test_a_template_with_a_byte_order_mark_is_read(outscale: Agreement, tmp_path: Path) -> None:
    folder = _overlay(tmp_path, "x")
    path = folder / "en" / "purpose.md.j2"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert assemble(outscale, "en", folder).sections


@pytest.mark.parametrize(
    ("outline", "rule"),
    [
        ("outline:\n  - {id: purpose, role: clause, when: 1/0}\n", "template.fault"),
        (f"outline:\n  - {{id: purpose, role: clause, when: '{'(' * 3000}1{')' * 3000}'}}\n", "template.fault"),
        (f"outline:\n  - {{id: {'x' * 400}, role: clause}}\n", "outline.malformed"),
        ("outline:\n  - {id: ../purpose, role: clause}\n", "outline.malformed"),
        ("outline:\n  - {id: purpose, role: clause, when: 'false'}\n", "outline.empty"),
    ],
)
def test_outlines_that_go_wrong_are_findings(outscale: Agreement, tmp_path: Path, outline: str, rule: str) -> None:
    (tmp_path / "outline.yaml").write_text(outline, encoding="utf-8")
    with pytest.raises(FindingsError) as error:
        assemble(outscale, "en", tmp_path)
    assert [finding.rule for finding in error.value.diagnostics] == [rule]


def test_a_document_of_appendices_alone_has_no_body(tmp_path: Path) -> None:
    (tmp_path / "outline.yaml").write_text("outline:\n  - {id: appendix-b, role: appendix}\n", encoding="utf-8")
    for language in ("fr", "en"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "appendix-b.md.j2").write_text("# Title {#appendix-b}\n\nx\n", encoding="utf-8")
    result = run_command("build", CLIENT, "-o", tmp_path / "out", "--templates", tmp_path)
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "out" / "fr").iterdir()) == ["agreement.docx", "appendix-b.docx"]
