"""What every rule says, in both languages: a golden file, so that a changed word is seen and read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from snc_docs import Agreement, FindingsError, load_agreement
from snc_docs.model.deletion_rules import deletion_follows_its_request, deletion_is_certified, deletion_is_of_what_it_says, deletion_is_told_whole
from snc_docs.model.loading import load
from snc_docs.model.parts import AccountDeletion
from tests.model.test_commitment_rules import FAULTS as COMMITMENT_FAULTS
from tests.model.test_commitment_rules import complete
from tests.model.test_rules import FAULTS, with_fault
from tests.tools import EXAMPLES, TODAY, assert_golden, changed, write_pair


def _said(findings: Any) -> list[str]:
    return [
        f"{each.rule} [{each.severity}] {each.path}\n  fr: {each.message.fr}\n      → {each.hint.fr}\n  en: {each.message.en}\n      → {each.hint.en}"
        for each in findings
    ]


def test_the_words_of_every_rule(request: pytest.FixtureRequest, outscale: Agreement, tmp_path: Path) -> None:
    said: list[str] = []
    for file, path, value, *_ in FAULTS:
        data = with_fault(file, path, value)
        said += _said(_findings(tmp_path, data["baseline"], data["client"]))
    for path, value, *_ in COMMITMENT_FAULTS:
        baseline = changed(complete("baseline.yaml"), path, value)
        baseline["certificate"].pop("file")
        said += _said(_findings(tmp_path, baseline, complete("client.yaml")))
    said += _said(deletion_is_certified(outscale.model_copy(update={"deletion_certificate": None})))
    dates = {"ticket_received_on": "2026-10-02"}
    for issued in ("2026-10-01", "2026-10-03"):
        said += _said(deletion_follows_its_request(outscale, AccountDeletion.model_validate({**dates, "issued_on": issued})))
    out_of_order = {"deleted_on": "2026-10-20", "checked_on": "2026-10-19", "issued_on": "2026-10-18"}
    for days in (out_of_order, {"deleted_on": "2026-10-01", "checked_on": "2026-10-01", "issued_on": "2026-10-02"}):
        said += _said(deletion_follows_its_request(outscale, AccountDeletion.model_validate({**dates, **days})))
    said += _said(deletion_is_told_whole(load_agreement(EXAMPLES / "outscale" / "client-unknown.yaml", today=TODAY), AccountDeletion()))
    no_accounts = outscale.model_copy(update={"service": outscale.service.model_copy(update={"accounts": False})})
    said += _said(deletion_is_of_what_it_says(no_accounts, AccountDeletion(account="1")))
    assert_golden(request, "findings.txt", "\n".join(dict.fromkeys(said)) + "\n")


def _findings(folder: Path, baseline: dict[str, Any], client: dict[str, Any]) -> Any:
    path = write_pair(folder, baseline, client)
    try:
        return load(path, today=TODAY).findings
    except FindingsError as error:
        return error.diagnostics
