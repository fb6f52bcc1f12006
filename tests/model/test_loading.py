from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from snc_docs import FindingsError, Severity, load_agreement
from snc_docs.errors import FileTroubleError
from snc_docs.model import wordings
from snc_docs.model.loading import load
from tests.tools import EXAMPLES, TODAY, changed, client_data, starter_data, write_pair


def _findings(path: Path, *more: Path) -> list[tuple[str, str | None, int | None]]:
    with pytest.raises(FindingsError) as error:
        load_agreement(path, *more, today=TODAY)
    return [(finding.rule, finding.path, finding.line) for finding in error.value.diagnostics if finding.severity is Severity.ERROR]


def test_a_client_file_that_names_its_baseline_is_enough(tmp_path: Path) -> None:
    agreement = load_agreement(write_pair(tmp_path), today=TODAY)
    assert (agreement.provider.legal_name, agreement.client.register_city) == ("Nuage Exemple", "Lyon")


def test_two_files_give_the_same_agreement(tmp_path: Path) -> None:
    path = write_pair(tmp_path)
    assert load_agreement(tmp_path / "baseline.yaml", path, today=TODAY) == load_agreement(path, today=TODAY)


def test_a_baseline_alone_has_an_unknown_client(tmp_path: Path) -> None:
    write_pair(tmp_path)
    assert load_agreement(tmp_path / "baseline.yaml", today=TODAY).client.is_blank()


def test_yaml_and_json_give_the_same_agreement(tmp_path: Path) -> None:
    path = write_pair(tmp_path)
    as_json = tmp_path / "client.json"
    as_json.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_agreement(as_json, today=TODAY) == load_agreement(path, today=TODAY)


def test_all_findings_of_both_files_come_in_one_run_with_file_and_line(tmp_path: Path) -> None:
    baseline = changed(changed(starter_data(), "provider.siren", 999999022), "notices.change.days", "thirty")
    client = {**client_data(), "colour": "blue"}
    path = write_pair(tmp_path, baseline, client)
    lines = {name: [line.strip() for line in (tmp_path / name).read_text(encoding="utf-8").split("\n")] for name in ("baseline.yaml", "client.yaml")}
    assert _findings(path) == [
        ("data.text-unquoted", "provider.siren", lines["baseline.yaml"].index('"siren": 999999022,') + 1),
        ("data.int-type", "notices.change.days", lines["baseline.yaml"].index('"days": "thirty"') + 1),
        ("data.extra-forbidden", "colour", lines["client.yaml"].index('"colour": "blue"') + 1),
    ]


@pytest.mark.parametrize("field", ["provider", "certificate", "service", "locations", "exclusions", "governing_law", "provider_contacts"])
def test_a_missing_part_is_named(tmp_path: Path, field: str) -> None:
    path = write_pair(tmp_path, changed(starter_data(), field, None))
    assert [(rule, where) for rule, where, _ in _findings(tmp_path / "baseline.yaml", path)] == [("data.missing", field)]


def test_a_text_in_one_language_only_is_refused(tmp_path: Path) -> None:
    path = write_pair(tmp_path, changed(starter_data(), "certificate.scope.en", None))
    assert [(rule, where) for rule, where, _ in _findings(path)] == [("data.missing", "certificate.scope.en")]


def test_every_message_and_hint_is_in_both_languages() -> None:
    entries = [text for entry in wordings.ENTRIES.values() for wording in entry for text in wording]
    assert all(entries)


def test_an_error_pydantic_may_add_later_is_still_a_finding() -> None:
    message, hint = wordings.wording_of("brand_new", {}, "Input is odd")
    assert (message.en, message.fr, bool(hint.fr)) == ("Input is odd", "valeur refusée", True)


def test_a_client_file_without_baseline_says_how_to_name_it(tmp_path: Path) -> None:
    path = write_pair(tmp_path, client=changed(client_data(), "baseline", None))
    assert _findings(path) == [("client.no-baseline", None, 1)]


def test_a_baseline_that_is_absent_stops_the_work(tmp_path: Path) -> None:
    path = write_pair(tmp_path)
    (tmp_path / "baseline.yaml").unlink()
    with pytest.raises(FileTroubleError, match=r"baseline\.yaml"):
        load_agreement(path)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [("nowhere.pdf", None, "can't be read"), ("odd.pdf", b"odd", "isn't PDF, PNG, JPEG or DOCX"), ("../x\x00y", None, "can't be read")],
)
def test_a_certificate_file_that_cannot_be_used_is_a_finding(tmp_path: Path, name: str, content: bytes | None, problem: str) -> None:
    baseline: dict[str, Any] = starter_data()
    baseline["certificate"]["file"] = name.replace("\x00", "")
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(FindingsError) as error:
        load_agreement(write_pair(tmp_path, baseline), today=TODAY)
    assert [finding.rule for finding in error.value.diagnostics if finding.severity is Severity.ERROR] == ["certificate.file"]
    assert problem in str(error.value)


def test_unknown_contacts_are_listed_in_the_order_of_the_roles(tmp_path: Path) -> None:
    client = changed(client_data(), "client_contacts", None)
    agreement = load_agreement(write_pair(tmp_path, client=client), today=TODAY)
    assert [contact.role.value for contact in agreement.client_contacts] == [
        "representative",
        "technical-account",
        "security-incidents",
        "data-protection-officer",
        "contract-billing",
    ]


def test_a_contract_that_no_file_names_is_a_note(tmp_path: Path) -> None:
    named, silent = (
        load(write_pair(tmp_path, client=client), today=TODAY).findings for client in (client_data(), changed(client_data(), "contract", None))
    )
    assert ["contract.assumed" in [finding.rule for finding in findings] for findings in (named, silent)] == [False, True]


def test_dates_are_judged_on_the_effective_date(tmp_path: Path) -> None:
    path = write_pair(tmp_path, client=changed(client_data(), "document.effective_date", "2031-01-01"))
    assert [rule for rule, _, _ in _findings(path)] == ["certificate.expired"]


def test_dates_are_judged_today_while_the_effective_date_is_unknown(tmp_path: Path) -> None:
    path = write_pair(tmp_path, client=changed(client_data(), "document.effective_date", None))
    assert load(path, today=date(2026, 11, 23)).agreement.document.effective_date is None
    with pytest.raises(FindingsError, match="expired"):
        load(path, today=date(2031, 1, 1))


def test_an_agreement_survives_json(tmp_path: Path) -> None:
    agreement = load_agreement(write_pair(tmp_path), today=TODAY)
    again = type(agreement).model_validate(json.loads(agreement.model_dump_json()))
    assert again == agreement


def test_a_message_whose_figure_is_not_known_is_still_one() -> None:
    assert wordings.wording_of("enum", {}, "")[0].en == "unknown choice (possible: {expected})"


def test_files_in_each_others_place_are_one_finding() -> None:
    with pytest.raises(FindingsError) as caught:
        load_agreement(EXAMPLES / "outscale" / "client.yaml", EXAMPLES / "outscale" / "baseline.yaml", today=TODAY)
    assert [(each.rule, Path(str(each.file)).name) for each in caught.value.diagnostics] == [("data.swapped", "baseline.yaml")]


@pytest.mark.parametrize(
    ("file", "field", "said"), [("client", "notices", "write it in the baseline"), ("baseline", "contract", "write it in the client file")]
)
def test_a_field_of_the_other_file_is_said_to_be_there(tmp_path: Path, file: str, field: str, said: str) -> None:
    data = {"baseline": starter_data(), "client": client_data()}
    data[file][field] = {"days": 5}
    with pytest.raises(FindingsError) as caught:
        load_agreement(write_pair(tmp_path, data["baseline"], data["client"]), today=TODAY)
    assert said in next(each.hint.en for each in caught.value.diagnostics if each.path == field)
