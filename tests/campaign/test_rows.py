"""Rows of any table give the same records, and what a spreadsheet does to values is undone and said, or refused with its cell."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from snc_docs.campaign.cells import CellError, Note, order_of, value_of
from snc_docs.campaign.columns import all_columns, column_at, columns_of
from snc_docs.campaign.rows import Record, records_of
from snc_docs.campaign.sheet import HELP, sheet_to_fill_in, usual_columns
from snc_docs.campaign.sources import read_records
from snc_docs.campaign.tables import Cell, TableError, read_tables
from snc_docs.diagnostics import FindingsError, Severity
from snc_docs.errors import Wording
from snc_docs.model.agreement import ClientFile
from snc_docs.model.loading import load, load_agreement
from snc_docs.paths import DataPath
from tests.campaign.tables import BASELINE, as_csv, as_json_lines, as_ods, as_parquet, as_xlsx, clients, nested
from tests.tools import EXAMPLES, TODAY, run_command

ROWS = clients(3)


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        ("csv", as_csv(ROWS)),
        ("csv", as_csv(ROWS, ",", "cp1252")),
        ("tsv", as_csv(ROWS, "\t", "utf-8-sig")),
        ("csv", as_csv(ROWS, ";", "utf-16")),
        ("xlsx", as_xlsx(ROWS)),
        ("ods", as_ods(ROWS)),
        ("parquet", as_parquet(ROWS)),
        ("jsonl", as_json_lines([nested(each) for each in ROWS])),
    ],
    ids=["csv", "excel-csv", "tabs", "utf-16", "xlsx", "ods", "parquet", "json-lines"],
)
def test_every_kind_of_table_gives_the_same_agreements(suffix: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"clients.{suffix}"
    path.write_bytes(content)
    records = read_records(path).records
    wanted = [load_agreement(nested(each), baseline=BASELINE, today=TODAY) for each in ROWS]
    assert [load_agreement(each.given, baseline=BASELINE, today=TODAY) for each in records] == wanted
    assert [each.line for each in records] == ([1, 2, 3] if suffix in ("jsonl", "parquet") else [2, 3, 4])


def test_a_csv_file_says_how_it_was_read() -> None:
    _, findings = read_tables(as_csv(ROWS, ";", "cp1252"), "clients.csv")
    assert [each.message.en for each in findings] == ["CSV read as Windows-1252, separator ';'"]


def _value(path: str, value: object, order: str | None = None) -> tuple[object, list[Note]]:
    column = column_at(DataPath(path))
    assert column is not None
    notes: list[Note] = []
    return value_of(Cell(value, 2, Wording("ici", "here")), column, order, notes), notes


@pytest.mark.parametrize(
    ("path", "value", "wanted", "rules"),
    [
        ("client.siren", 32829320, "032829320", ["table.zeros"]),
        ("client.siren", 732829320.0, "732829320", []),
        ("client.siren", "732\u00a0829\u00a0320", "732 829 320", []),
        ("client.siret", 73282932000074, "73282932000074", []),
        ("client_contacts[operations].telephone", 33153275270, "+33153275270", ["table.telephone"]),
        ("client.legal_name", "\ufeffExem\u200bple SA\u00a0", "Exemple SA", ["table.characters"]),
        ("document.reference", 20260042, "20260042", ["table.number"]),
        ("client.share_capital.amount", "1 234 567,50 €", Decimal("1234567.50"), ["table.decimals"]),
        ("client.share_capital.amount", "1.234.567", Decimal(1234567), ["table.decimals"]),
        ("client.share_capital.amount", "1,234,567.5", Decimal("1234567.5"), ["table.decimals"]),
        ("client.share_capital.amount", 1234.5, Decimal("1234.5"), []),
        ("client.share_capital.amount", "250000", Decimal(250000), []),
        ("document.effective_date", date(2027, 1, 15), date(2027, 1, 15), []),
        ("document.effective_date", "2027-01-15", "2027-01-15", []),
        ("contract.kind", "Conditions générales", "general-terms", []),
        ("contract.kind", "SPECIFIC contract", "specific", []),
        ("contract.kind", "none of them", "none of them", []),
    ],
)
def test_what_a_spreadsheet_did_is_undone_and_said(path: str, value: object, wanted: object, rules: list[str]) -> None:
    found, notes = _value(path, value)
    assert found == wanted
    assert type(found) is type(wanted)
    assert [each.rule for each in notes] == rules


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("client.legal_name", "1,23E+13"),
        ("client.legal_name", True),
        ("client.legal_name", 12.5),
        ("client.short_name", date(2026, 3, 2)),
        ("document.version", 1),
        ("client_contacts[operations].telephone", 153275270),
        ("client.share_capital.amount", "1,234"),
        ("client.share_capital.amount", "1.23E+13"),
        ("client.share_capital.amount", "a lot"),
        ("client.share_capital.amount", 10.0**15),
        ("client.share_capital.amount", True),
        ("document.effective_date", 46000),
        ("document.effective_date", "46000"),
        ("document.effective_date", "01/02/2027"),
        ("document.effective_date", False),
        ("subscriptions[iaas]", "perhaps"),
    ],
)
def test_what_a_spreadsheet_lost_is_refused_with_a_remedy(path: str, value: object) -> None:
    with pytest.raises(CellError) as caught:
        _value(path, value)
    assert all(caught.value.message)
    assert all(caught.value.hint)


def test_days_with_slashes_are_read_as_their_column_shows() -> None:
    assert order_of(["01/02/2027", "31/12/2027"]) == "dmy"
    assert order_of(["01/02/2027", "12/31/2027"]) == "mdy"
    assert order_of(["01/02/2027"]) is None
    assert order_of(["31/12/2027", "12/31/2027"]) is None
    assert _value("document.effective_date", "31/12/2027", "dmy")[0] == date(2027, 12, 31)
    with pytest.raises(CellError, match="calendar"):
        _value("document.effective_date", "31/02/2027", "dmy")


def _records(rows: Sequence[Mapping[str, object]], **more: Any) -> tuple[Record, ...]:
    tables, _ = read_tables(as_xlsx(rows), "clients.xlsx")
    return records_of(tables, **more).records


def test_a_cell_that_is_wrong_is_named_with_its_sheet_row_and_column() -> None:
    (record,) = _records([{**ROWS[0], "client.legal_name": 12.5}])
    (finding,) = record.findings
    assert (finding.line, finding.path) == (2, "client.legal_name")
    assert finding.message.en.startswith("sheet 'clients', cell D2: ")


def test_what_the_model_refuses_is_named_with_its_cell_too() -> None:
    (record,) = _records([{**ROWS[0], "client_contacts[technical-account].email": "nobody"}])
    with pytest.raises(FindingsError) as caught:
        load_agreement(record.given, baseline=BASELINE, today=TODAY)
    (finding,) = map(record.located, caught.value.diagnostics)
    assert (finding.file, finding.line, finding.path) == ("clients.xlsx", 2, "client_contacts[technical-account].email")
    assert finding.message.en.startswith("sheet 'clients', cell K2: ")


def test_what_was_mended_in_a_column_is_said_once() -> None:
    tables, _ = read_tables(as_xlsx([{**each, "client.siren": int(str(each["client.siren"])[1:])} for each in ROWS]), "clients.xlsx")
    (said,) = records_of(tables).findings
    assert said.severity is Severity.WARNING
    assert "3 cell(s); lines 2, 3, 4" in said.message.en


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("client.legal_name", "client.legal_name"),
        ("Dénomination sociale\nLegal name\nclient.legal_name", "client.legal_name"),
        ("client – numéro SIREN", "client.siren"),
        ("Client – SIREN number", "client.siren"),
        ("SIREN", "client.siren"),
        ("Date d’effet", "document.effective_date"),
        ("Version", "document.version"),
        ("client's contacts – Operations and change – e-mail", "client_contacts[operations].email"),
    ],
)
def test_a_heading_is_a_path_or_what_the_field_is_called(heading: str, path: str) -> None:
    found = columns_of([heading], "x.csv")
    assert ([each.path for each in found.by_heading.values()], found.findings) == ([path], ())


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("client.legal_nam", "did you mean 'client.legal_name'"),
        ("client.legal_form", "client.legal_form.fr and client.legal_form.en"),
        ("colour of the moon and of all the stars", "in the file of --map"),
        ("client_contacts", "did you mean"),
        ("Raison sociale", "did you mean 'client.legal_name'"),
        ("Référence", "did you mean 'document.reference'"),
        ("Nom", "in the file of --map"),
        ("client", ""),
        ("provider.legal_name", ""),
    ],
)
def test_a_heading_that_leads_nowhere_is_answered(heading: str, said: str) -> None:
    (finding,) = columns_of([heading], "x.csv").findings
    assert finding.rule == "table.column"
    assert said in finding.hint.en


def test_a_finding_on_a_cell_says_what_to_write_in_it(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_bytes(as_csv([{**ROWS[0], "client.country": "France", "client.siren": "999 999 O30"}]))
    (record,) = read_records(path).records
    with pytest.raises(FindingsError) as refused:
        load_agreement(record.given, baseline=BASELINE, today=TODAY)
    said = {each.path: record.located(each).hint for each in refused.value.diagnostics}
    assert said["client.country"] == Wording("écrire « FR » dans la cellule", "write 'FR' in the cell")
    assert said["client.siren"] == Wording("écrire « 999999030 » dans la cellule", "write '999999030' in the cell")


@pytest.mark.parametrize(
    ("headings", "path"),
    [
        ("Pays|Country", "client.country"),
        ("Adresse|Address|Ville|Code postal|City", "client.registered_office"),
        ("Nom|Name|Société|Company|Raison sociale|Client|Customer|Entreprise", "client.legal_name"),
        ("Forme|Forme juridique|Legal form", "client.legal_form.fr"),
        ("Capital|Capital social|Share capital", "client.share_capital.amount"),
        ("N° SIREN", "client.siren"),
        ("TVA|N° TVA|VAT", "client.vat_number"),
        ("Mail|E-mail|Courriel|Email", "client_contacts[representative].email"),
        ("Tél|Téléphone|Phone", "client_contacts[representative].telephone"),
        ("Contact|Interlocuteur|Nom du contact", "client_contacts[representative].name"),
        ("Signataire|Représentant légal|Signatory", "client.signatory.name"),
        ("Fonction|Titre|Title|Position", "client.signatory.title.fr"),
        ("Date|Date de début|Start date", "document.effective_date"),
        ("Référence|Ref|N°|ID|Number", "document.reference"),
        ("Type de contrat", "contract.kind"),
        ("Greffe|RCS", "client.register_city"),
        ("Civilité", "client.gender"),
    ],
)
def test_a_heading_that_people_use_is_answered_with_the_field_that_they_mean_and_never_taken_for_another(headings: str, path: str) -> None:
    for heading in headings.split("|"):
        (finding,) = columns_of([heading], "x.csv").findings
        assert f"did you mean '{path}'" in finding.hint.en, heading


def test_a_column_of_services_is_told_to_be_one_a_service() -> None:
    (finding,) = columns_of(["Services"], "x.csv").findings
    assert "subscriptions[SERVICE]" in finding.hint.en


@pytest.mark.parametrize(
    "row",
    [
        {"document.reference": "TOTAL", "client.legal_name": "8 clients"},
        {"document.reference": "Sous-total :"},
        {"client.legal_name": "Total général"},
        {"document.version": "Somme", "client.share_capital.amount": "1000"},
        {**ROWS[0], "document.reference": "Total"},
    ],
)
def test_a_row_that_is_a_total_is_refused(row: dict[str, object]) -> None:
    *clients_, total = _records([*ROWS, row])
    assert [(each.rule, each.severity, each.line) for each in total.findings] == [("campaign.total", Severity.ERROR, 5)]
    assert not any(each.findings for each in clients_)


def test_a_row_of_next_to_nothing_is_pointed_out() -> None:
    *_, short = _records([*ROWS, {"document.reference": "SNC-1", "client.legal_name": "Alpha"}])
    assert [(each.rule, each.severity) for each in short.findings] == [("campaign.short-row", Severity.WARNING)]


def test_a_company_called_as_a_total_is_a_client() -> None:
    records = _records([{**each, "client.legal_name": "Total"} for each in ROWS])
    assert not any(each.findings for each in records)
    assert not any(each.findings for each in _records([{"document.reference": "SNC-1", "client.legal_name": "Alpha"}]))


def test_a_finding_on_a_field_that_has_no_cell_names_its_column() -> None:
    (record,) = _records([{"document.reference": "SNC-1", "client.legal_name": "Dr Élodie Roux", "contract.kind": "general-terms"}])
    (finding,) = [each for each in load(record.given, baseline=BASELINE, today=TODAY).findings if each.rule == "client.kind-unknown"]
    hint = record.located(finding).hint
    assert hint.en == "write 'person' in a column 'client.kind', or 'company' where it is one"
    assert hint.fr == "écrire « person » dans une colonne « client.kind », ou « company » si c'est une société"


def test_a_hint_on_a_cell_speaks_of_cells_and_of_the_table() -> None:
    (record,) = _records([{"document.reference": "SNC-1", "client.legal_name": "à définir", "contract.kind": "general-terms"}])
    with pytest.raises(FindingsError) as refused:
        load(record.given, baseline=BASELINE, today=TODAY)
    said = {each.rule: record.located(each).hint for each in refused.value.diagnostics}
    assert said["data.placeholder"] == Wording(
        "vider la cellule : le champ s'imprime à remplir", "empty the cell: the field prints as one to fill in"
    )
    assert said["contact.unknown"] == Wording("les ajouter au tableau si on les connaît", "add them to the table once known")


def test_the_sheet_has_what_the_client_is_and_all_that_is_printed_of_contacts() -> None:
    paths = {each.path for each in usual_columns(roles=["operations"])}
    printed = ("name", "job_title.fr", "job_title.en", "email", "telephone", "availability.fr", "availability.en")
    assert {"client.kind", "client.gender", *(f"client_contacts[operations].{name}" for name in printed)} <= paths
    told = {cell.value for row in read_tables(sheet_to_fill_in(usual_columns()), "x.xlsx")[0][1].rows for cell in row.cells.values()}
    assert not any("fait propre" in str(each) for each in told)


@pytest.mark.parametrize(("example", "offered"), [("complete", True), ("minimal", False)])
def test_a_level_of_incidents_is_asked_for_where_the_baseline_has_some(tmp_path: Path, example: str, *, offered: bool) -> None:
    for more in ((), ("--all",)):
        done = run_command(
            "campaign", "columns", "--baseline", EXAMPLES / example / "baseline.yaml", "-o", tmp_path / f"{len(more)}.xlsx", "--json", *more
        )
        assert ("incident_level" in json.loads(done.stdout)["columns"]) is offered


def test_two_headings_of_one_field_are_refused() -> None:
    (finding,) = columns_of(["client.siren", "client – numéro SIREN"], "x.csv").findings
    assert "two columns give 'client.siren'" in finding.message.en


def test_a_mapping_leads_headings_to_fields_and_leaves_out_others(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("Raison sociale: client.legal_name\nCommercial: null\n", encoding="utf-8")
    (tmp_path / "crm.csv").write_text("Raison sociale;Commercial\nExemple SA;Bob\n", encoding="utf-8")
    (record,) = read_records(tmp_path / "crm.csv", tmp_path / "map.yaml").records
    assert record.given == {"client": {"legal_name": "Exemple SA"}}
    (tmp_path / "map.yaml").write_text("Raison sociale: [1]\n", encoding="utf-8")
    with pytest.raises(FindingsError):
        read_records(tmp_path / "crm.csv", tmp_path / "map.yaml")


def test_a_second_sheet_gives_the_items_of_a_list() -> None:
    contacts = [
        {"document.reference": "SNC-2027-0002", "role": "Exploitation et changements", "name": "Léa", "email": "lea@example.com"},
        {"document.reference": "SNC-2027-0002", "role": "support-desk", "name": "Max", "email": "max@example.com"},
    ]
    tables, _ = read_tables(as_xlsx(ROWS, {"client_contacts": contacts}), "clients.xlsx")
    records = records_of(tables).records
    (second,) = [each for each in records if isinstance(each.given, dict) and each.given["document"]["reference"] == "SNC-2027-0002"]
    agreement = load_agreement(second.given, baseline=BASELINE, today=TODAY)
    assert {each.role.value: each.name for each in agreement.client_contacts if each.name} == {
        "technical-account": "Ada Martin-2",
        "operations": "Léa",
        "support-desk": "Max",
    }


@pytest.mark.parametrize(
    ("sheet", "rows", "severity"),
    [
        ("notes", [{"a": "b"}], Severity.INFO),
        ("client_contacts", [{"role": "operations", "name": "Léa"}], Severity.ERROR),
        ("client_contacts", [{"document.reference": "SNC-0", "role": "operations"}], Severity.ERROR),
        ("client_contacts", [{"document.reference": "SNC-2027-0001", "colour": "red"}], Severity.ERROR),
    ],
)
def test_a_second_sheet_that_says_nothing_or_nothing_of_a_row_is_said(sheet: str, rows: list[dict[str, object]], severity: Severity) -> None:
    tables, _ = read_tables(as_xlsx(ROWS, {sheet: rows}), "clients.xlsx")
    try:
        findings = records_of(tables).findings
    except FindingsError as error:
        findings = error.diagnostics
    assert [each.severity for each in findings] == [severity]


def test_subscriptions_are_columns_to_mark() -> None:
    row = {
        **ROWS[0],
        "subscriptions[iaas]": "x",
        "subscriptions[paas]": "non",
        "subscriptions[saas].region": "eu",
        "subscriptions[saas].options": "a, b",
    }
    (record,) = _records([row])
    assert isinstance(record.given, dict)
    assert record.given["subscriptions"] == [{"service": "iaas"}, {"service": "saas", "region": "eu", "options": ["a", "b"]}]


def test_a_service_that_is_not_taken_and_has_values_is_refused() -> None:
    (record,) = _records([{**ROWS[0], "subscriptions[paas]": "non", "subscriptions[paas].region": "eu"}])
    assert [(each.rule, each.path) for each in record.findings] == [("table.cell", "subscriptions[paas]")]


def test_a_wrong_cell_of_a_second_sheet_is_named_by_its_field_and_place() -> None:
    contacts = [{"document.reference": "SNC-2027-0002", "role": "operations", "name": "Léa", "email": "no", "telephone": 153275270}]
    tables, _ = read_tables(as_xlsx(ROWS, {"client_contacts": contacts}), "clients.xlsx")
    record = records_of(tables).records[1]
    assert [(each.path, each.line) for each in record.findings] == [("client_contacts.telephone", 2)]
    with pytest.raises(FindingsError) as caught:
        load_agreement(record.given, baseline=BASELINE, today=TODAY)
    (finding,) = map(record.located, caught.value.diagnostics)
    assert (finding.path, finding.message.en.startswith("sheet 'client_contacts', cell D2: ")) == ("client_contacts[operations].email", True)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", b"a;a\n1;2\n"),
        ("x.csv", b"a;b\n1;2;3\n"),
        ("x.csv", b'a;b\n"1;2\n'),
        ("x.csv", b"a;b\n\x81;2\n"),
        ("x.xlsx", b"not a workbook"),
        ("x.xlsx", b"\xd0\xcf\x11\xe0rest"),
        ("x.ods", b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
        ("x.parquet", b"PAR1"),
        ("x.jsonl", b"{]"),
        ("x.jsonl", b"[1]"),
        ("x.docx", b""),
    ],
)
def test_a_table_that_cannot_be_read_says_why(name: str, content: bytes) -> None:
    with pytest.raises(TableError, match=r"x\."):
        read_tables(content, name)


def test_a_workbook_that_repeats_cells_without_end_is_refused() -> None:
    bomb = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string" table:number-columns-repeated="16000">'
        "<text:p>a</text:p></table:table-cell></table:table-row>"
    )
    with pytest.raises(TableError, match="over 200000 lines"):
        read_tables(as_ods(ROWS, bomb), "x.ods")


def test_the_sheet_to_fill_in_is_read_back_by_its_headings() -> None:
    columns = usual_columns(services=["iaas"], roles=["technical-account"])
    content = sheet_to_fill_in(columns)
    assert content == sheet_to_fill_in(columns)
    tables, _ = read_tables(content, "clients.xlsx")
    assert [each.name for each in tables] == ["clients", HELP]
    found = columns_of(tables[0].headings, "clients.xlsx")
    assert ([each.path for each in found.by_heading.values()], found.findings) == ([each.path for each in columns], ())


def test_every_column_leads_to_a_single_field_and_has_a_name_in_both_languages() -> None:
    columns = all_columns(services=["iaas"])
    assert {each.path.steps[0] for each in columns} == set(ClientFile.model_fields) - {"without"}
    assert all(each.label.fr and each.label.en for each in columns)
    assert len({each.path for each in columns}) == len(columns)


def test_a_folder_of_client_files_is_a_table_too(tmp_path: Path) -> None:
    (tmp_path / "baseline.yaml").write_text("provider: {}\n", encoding="utf-8")
    with pytest.raises(FindingsError, match="no client file"):
        read_records(tmp_path)
    for name in ("b", "a"):
        (tmp_path / f"{name}.yaml").write_text("client: {legal_name: A}\n", encoding="utf-8")
    assert [Path(each.file).name for each in read_records(tmp_path).records] == ["a.yaml", "b.yaml"]


def test_parquet_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(TableError, match=r"snc_docs\[parquet\]"):
        read_tables(b"PAR1", "x.parquet")
