"""``make-agreement explain``: what the pages say of a rule, and nothing for what is none."""

from __future__ import annotations

import json

import pytest

from snc_docs.checking.explaining import explained_rules
from snc_docs.language import Language
from tests.tools import LANGUAGES, run_command


@pytest.mark.parametrize(
    ("rule", "language", "said"),
    [
        ("heading.level", "en", "Mend: mend the number of #"),
        ("heading.level", "fr", "Remède"),
        ("[certificate.expired]", "en", "judged on the effective date"),
        ("precedence.rank", "en", "against the other: contract.precedence"),
        ("data.siren-invalid", "fr", "un chiffre mal tapé"),
        ("data.finite-number", "en", "anything else of the wrong form"),
        ("amendment.notice", "en", "way out: the first date that does is said"),
        ("campaign.fault", "fr", "les autres sont"),
    ],
)
def test_a_rule_is_explained_in_the_language_of_the_run(rule: str, language: str, said: str) -> None:
    result = run_command("explain", rule, language=language)
    assert result.exit_code == 0
    assert said.replace(" ", "") in result.stdout.replace("\n", " ").replace(" ", "")
    assert max(map(len, result.stdout.splitlines())) <= 100
    assert "`" not in result.stdout


@pytest.mark.parametrize(
    ("name", "said"), [("heading.levl", "did you mean 'heading.level'?"), ("data.bogus", "isn't a rule"), ("zzz", "lists them all")]
)
def test_what_is_no_rule_is_answered_with_the_nearest(name: str, said: str) -> None:
    result = run_command("explain", name)
    assert (result.exit_code, said in result.stderr) == (2, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_rule_all_are_listed(language: Language) -> None:
    listed = run_command("explain", language=language).stdout.split()
    assert listed == list(explained_rules(language))
    assert explained_rules("fr") == explained_rules("en")


def test_a_program_is_told_the_pages_and_the_text() -> None:
    data = json.loads(run_command("explain", "party.no-capital", "--json").stdout)
    assert (data["rule"], [each["page"] for each in data["explanations"]]) == ("party.no-capital", ["data.md"])
    assert "not-applicable" in data["explanations"][0]["text"][0]


def test_a_mistyped_command_is_answered_with_the_nearest() -> None:
    result = run_command("biuld")
    assert (result.exit_code, "Did you mean 'build'?" in result.stderr) == (2, True)
    assert "Did you mean" not in run_command("zzzz").stderr
