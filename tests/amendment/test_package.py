"""The amendment package of a story, and every reason why one is refused."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from snc_docs import Agreement, Language, Version, accept, amend, compare, issued_version, load, load_agreement, read_reference, version_of
from snc_docs.amendment.facts import Amendment, after
from snc_docs.amendment.package import package
from snc_docs.amendment.refusals import refusals
from snc_docs.cli.amend import with_way_out
from snc_docs.model.agreement import with_listed_roles
from snc_docs.model.commitments import AcceptanceForm, ChangeAcceptance, Commitments, RefusalEffect
from snc_docs.model.kinds import Siren, Territory
from snc_docs.model.periods import Period
from snc_docs.writers.docx.verify import faults
from tests.tools import LANGUAGES, ROOT, TODAY, paragraph_texts, parts, run_command, sdk_errors, story, xml
from tests.writers.test_reference import letterhead

NOTIFIED, EFFECTIVE = date(2027, 1, 15), date(2027, 3, 1)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return two client files, of which the old one was built where ``amend`` looks for what proves it."""
    folder = tmp_path_factory.mktemp("story")
    old, new = story(folder)
    assert run_command("build", old, "-o", folder / "out", "--part", "body").exit_code == 0
    return old, new


@pytest.fixture(scope="module")
def agreements(pair: tuple[Path, Path]) -> tuple[Agreement, Agreement]:
    old, new = (load_agreement(path, today=TODAY) for path in pair)
    return old, new


def _amendment(old: Agreement, new: Agreement, *, notified: date = NOTIFIED, effective: date = EFFECTIVE, languages: Any = LANGUAGES) -> Amendment:
    was, now = version_of(old, languages), version_of(new, languages)
    return Amendment(was, now, compare(was, now, "Outscale", notified), notified, effective)


@pytest.fixture(scope="module")
def files(agreements: tuple[Agreement, Agreement]) -> dict[str, bytes]:
    return {str(path): content for path, content in package(_amendment(*agreements)).items()}


def _texts(content: bytes) -> list[str]:
    return [text for text in paragraph_texts(xml(content)) if text]


def _instrument(pair: tuple[Path, Path], folder: Path, language: str, *layers: dict[str, str]) -> list[str]:
    """Return the paragraphs of an instrument whose versions have the clause files of an old and of a new layer."""
    for layer, files in zip(("old", "new"), layers, strict=True):
        for name, text in {"outline.yaml": _OUTLINE, **files}.items():
            path = folder / layer / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    options = (
        "-l",
        language,
        "--notified-on",
        "2027-01-15",
        "--templates",
        folder / "new",
        "--old-templates",
        folder / "old",
        "--override",
        "a test",
    )
    result = run_command("amend", *pair, "-o", folder / "out", *options)
    assert result.exit_code == 0, result.stderr
    return _texts((folder / "out" / language / "amendment.docx").read_bytes())


def _with(agreement: Agreement, **parts_of_it: Any) -> Agreement:
    return agreement.model_copy(update=parts_of_it)


def _accepting(agreement: Agreement, form: AcceptanceForm, refusal: RefusalEffect = RefusalEffect.TERMINATION) -> Agreement:
    acceptance = ChangeAcceptance(form=form, answer=Period(weeks=3), refusal=refusal)
    return _with(agreement, commitments=agreement.commitments.model_copy(update={"change_acceptance": acceptance}))


def test_the_package_holds_what_goes_to_the_client(files: dict[str, bytes]) -> None:
    names = ("agreement.docx", "amendment.docx", "changes.html", "notice-letter.docx", "redline.docx")
    assert sorted(files) == [*(f"{language}/{name}" for language in ("en", "fr") for name in names), "manifest.json"]
    assert {name: faults(content) for name, content in files.items() if name.endswith(".docx")} == {
        name: [] for name in files if name.endswith(".docx")
    }


def test_a_program_is_told_what_to_send_and_what_its_data_was_loaded_with(pair: tuple[Path, Path]) -> None:
    loaded = [load(path, today=TODAY) for path in pair]
    assert all(each.findings for each in loaded)
    done = amend(*(version_of(each, LANGUAGES) for each in loaded), notified_on=NOTIFIED, effective_on=EFFECTIVE)
    assert {path.name for path in set(done.files) - set(done.whole)} == {"changes.html", "manifest.json"}
    assert {path.name for path in done.whole} >= {"amendment.docx", "agreement.docx", "redline.docx"}
    assert {finding for each in loaded for finding in each.findings} <= set(done.findings)


def test_the_manifest_has_the_digest_of_every_file(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    assert {name: entry["sha256"] for name, entry in manifest["files"].items()} == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "manifest.json"
    }
    assert (manifest["from"]["version"], manifest["to"]["version"]) == ("1.0", "2.0")
    assert (manifest["notified_on"], manifest["effective_on"], manifest["overridden"], manifest["override_reason"]) == (
        "2027-01-15",
        "2027-03-01",
        [],
        None,
    )
    assert manifest["duties"] == ["third-party-notice", "notice", "new-certificate"]


def test_the_same_amendment_is_the_same_package(agreements: tuple[Agreement, Agreement], files: dict[str, bytes]) -> None:
    again = package(_amendment(*agreements))
    assert {str(path): content for path, content in again.items()} == files


def test_the_consolidated_version_is_the_new_agreement_and_carries_it(agreements: tuple[Agreement, Agreement], files: dict[str, bytes]) -> None:
    for language in LANGUAGES:
        assert issued_version(files[f"{language}/agreement.docx"], "agreement.docx") == version_of(agreements[1], [language])


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "fr",
            [
                "Le texte de l’Article\u00a04.2 est remplacé par le suivant\u00a0:",
                "Au tableau de l’Article\u00a06.2, il est ajouté\u00a0:",
                "Au tableau de l’Article\u00a06.2, la ligne «\u00a0COGENT\u00a0» est supprimée.",
                "Après l’Article\u00a07.6, il est ajouté le texte suivant, qui devient l’Article\u00a07.7\u00a0:",
                "Le texte de l’Annexe\u00a0B est remplacé par le suivant\u00a0:",
                "Au tableau de la section\u00a0C.2, les lignes de même intitulé sont remplacées par les suivantes\u00a0:",
                "L’Article\u00a07.7 devient l’Article\u00a07.8.",
                (
                    "Le Prestataire adresse la présente notification au Client par écrit le 15\u00a0janvier\u00a02027, dans le respect du préavis de trente (30)\u00a0jours "
                    "que fixe la version en vigueur. Les modifications prennent effet le 1er\u00a0mars\u00a02027."
                ),
            ],
        ),
        (
            "en",
            [
                "The text of Article\u00a04.2 is replaced by the following:",
                "The following is added to the table of Article\u00a06.2:",
                "In the table of Article\u00a06.2, the row “COGENT” is deleted.",
                "After Article\u00a07.6, the following text is added, which becomes Article\u00a07.7:",
                "The text of Appendix\u00a0B is replaced by the following:",
                "Article\u00a07.7 becomes Article\u00a07.8.",
                "Article\u00a07.8 becomes Article\u00a07.9.",
            ],
        ),
    ],
)
def test_the_instrument_cites_the_numbers_as_signed(files: dict[str, bytes], language: str, sentences: list[str]) -> None:
    texts = _texts(files[f"{language}/amendment.docx"])
    assert [sentence for sentence in sentences if sentence not in texts] == []


def test_the_instrument_quotes_the_new_text_and_nothing_unchanged(files: dict[str, bytes]) -> None:
    texts = " ".join(_texts(files["en/amendment.docx"]))
    assert "forty-five (45)" in texts
    assert "ARELION" in texts
    assert "SIPARTECH" not in texts
    assert "ANSSI" not in texts


def test_every_clause_that_changed_is_in_the_instrument(agreements: tuple[Agreement, Agreement]) -> None:
    amendment = _amendment(*agreements)
    for language in LANGUAGES:
        told = {each.id for each in amendment.changes.clauses[language]} - {"cover", "signatures"}
        texts = _texts(package(amendment)[next(path for path in package(amendment) if str(path) == f"{language}/amendment.docx")])
        new = {section.id: section for section in _sections(amendment.new, language)}
        labels = [new[each].label for each in told]
        assert [label for label in labels if not any(label in text for text in texts)] == []


def _sections(version: Version, language: Language) -> list[Any]:
    from snc_docs.document.walk import sections_of

    return list(sections_of(version.documents[language].sections))


def test_the_letter_goes_to_the_main_contact_and_says_what_changes(files: dict[str, bytes]) -> None:
    texts = _texts(files["en/notice-letter.docx"])
    for line in (
        "Third parties, other third parties: removal of COGENT;",
        "Notice of a change: 30\u00a0days → 45\u00a0days;",
        "Dear Sir or Madam,",
        "Yours faithfully,",
    ):
        assert line in texts
    assert any(text.startswith("For the attention of Karim Lefèvre") for text in texts)
    assert any(text.startswith("Under Article\u00a04 of the Service Agreement, we hereby notify you") for text in texts)
    assert any("shall apply from 1\u00a0March\u00a02027, in compliance with the notice of thirty (30)\u00a0days" in text for text in texts)
    assert any(
        text.startswith("texts replaced or completed, quoted in the instrument attached: Article\u00a04.2 (Changes to the Service Agreement),")
        for text in texts
    )
    assert [text for text in texts if "›" in text or "not given" in text] == []


@pytest.mark.parametrize("form", AcceptanceForm)
@pytest.mark.parametrize("refusal", RefusalEffect)
def test_where_the_client_has_to_accept_there_is_a_form_and_no_notice(
    agreements: tuple[Agreement, Agreement], form: AcceptanceForm, refusal: RefusalEffect
) -> None:
    made = {
        str(path): content
        for path, content in package(_amendment(*(_accepting(each, form, refusal) for each in agreements), languages=["en"])).items()
    }
    assert "en/notice-letter.docx" not in made
    answer = _texts(made["en/acceptance-form.docx"])
    assert any("within a period of three (3)\u00a0weeks from receipt of the proposal" in text for text in answer)
    assert any("the Client also signs the amendment" in text for text in answer) is (form is AcceptanceForm.SIGNED_AMENDMENT)
    letter = " ".join(_texts(made["en/proposal-letter.docx"]))
    assert "within a period of three (3)\u00a0weeks from receipt of this letter" in letter
    assert ("may terminate the Service Agreement without penalty" in letter) is (refusal is RefusalEffect.TERMINATION)
    signatures = _texts(made["en/amendment.docx"])
    assert ("For the Client" in signatures) is (form is AcceptanceForm.SIGNED_AMENDMENT)
    assert json.loads(made["manifest.json"])["acceptance"] == form.value


def test_it_is_the_version_in_force_that_says_how_a_change_is_accepted(agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    made = package(_amendment(old, _accepting(new, AcceptanceForm.SIGNED_AMENDMENT), languages=["en"]))
    assert "en/notice-letter.docx" in {str(path) for path in made}


@pytest.mark.parametrize(
    ("day", "period", "expected"),
    [
        (date(2027, 1, 31), Period(months=1), date(2027, 2, 28)),
        (date(2028, 1, 31), Period(months=1), date(2028, 2, 29)),
        (date(2027, 12, 15), Period(months=1, days=3), date(2028, 1, 18)),
        (date(2027, 1, 1), Period(days=30), date(2027, 1, 31)),
        (date(2027, 1, 1), Period(weeks=2, hours=1), date(2027, 1, 16)),
        (date(2027, 1, 1), Period(hours=48), date(2027, 1, 3)),
    ],
)
def test_a_period_after_a_day(day: date, period: Period, expected: date) -> None:
    assert after(day, period) == expected


def _rules(amendment: Amendment) -> list[str]:
    return [finding.rule for finding in refusals(amendment)]


def test_the_story_is_not_refused(agreements: tuple[Agreement, Agreement]) -> None:
    assert _rules(_amendment(*agreements)) == []


def test_dates_that_break_the_notice_are_refused_to_the_day(agreements: tuple[Agreement, Agreement]) -> None:
    assert _rules(_amendment(*agreements, notified=date(2027, 1, 30), languages=["en"])) == []
    (finding,) = refusals(_amendment(*agreements, notified=date(2027, 1, 31), languages=["en"]))
    assert (finding.rule, finding.hint.en) == ("amendment.notice", "take 2\u00a0March\u00a02027 at the earliest")


def test_a_version_that_is_not_the_successor_is_refused(agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    facts = new.document
    wrong = {
        "reference": _with(new, document=facts.model_copy(update={"reference": "SNC-2026-0043"})),
        "client": _with(new, client=new.client.model_copy(update={"siren": Siren("527594493")})),
        "same version": _with(new, document=facts.model_copy(update={"version": "1.0"})),
        "earlier version": _with(new, document=facts.model_copy(update={"version": "0.9"})),
        "no version": _with(new, document=facts.model_copy(update={"version": None})),
    }
    assert {name: _rules(_amendment(old, each, languages=["en"])) for name, each in wrong.items()} == {key: ["amendment.successor"] for key in wrong}
    assert _rules(_amendment(old, _with(new, document=facts.model_copy(update={"version": "1.10"})), languages=["en"])) == []
    late = _with(old, document=old.document.model_copy(update={"effective_date": EFFECTIVE}))
    assert set(_rules(_amendment(late, new, languages=["en"]))) == {"amendment.successor"}
    assert _rules(_amendment(old, new, notified=date(2026, 8, 31), languages=["en"])) == ["amendment.successor"]


def test_another_effective_date_than_the_data_says_is_refused(agreements: tuple[Agreement, Agreement]) -> None:
    assert _rules(_amendment(*agreements, effective=date(2027, 4, 1), languages=["en"])) == ["amendment.effective-date"]


def test_a_change_that_the_agreement_forbids_is_refused(agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    away = _with(new, locations=new.locations.model_copy(update={"operations": (*new.locations.operations, Territory("CH"))}))
    (finding,) = refusals(_amendment(old, away, languages=["en"]))
    assert (finding.rule, finding.message.en) == (
        "amendment.forbidden",
        "'Locations › places of administration and support': a place outside the European Union is added, which the agreement forbids",
    )


def test_nothing_to_amend_is_refused(agreements: tuple[Agreement, Agreement]) -> None:
    old, _ = agreements
    assert "amendment.nothing" in _rules(_amendment(old, old, languages=["en"]))


def test_another_number_alone_is_nothing_to_amend(agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    assert _rules(_amendment(old, _with(old, document=new.document), languages=["en"])) == ["amendment.nothing"]


def test_a_known_contact_that_is_no_longer_given_is_refused(agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    (finding,) = refusals(_amendment(old, _with(new, client_contacts=with_listed_roles(new.client_contacts[1:])), languages=["en"]))
    assert (finding.rule, finding.message.en) == ("amendment.contact-lost", "the contact 'Representative' was known and no longer is")


def test_a_certificate_with_other_dates_is_another_file(agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    certificate = new.certificate.model_copy(update={"file": old.certificate.file})
    assert _rules(_amendment(old, _with(new, certificate=certificate, attachments=old.attachments), languages=["en"])) == ["amendment.certificate"]


def test_a_notice_that_was_not_kept_is_not_claimed(agreements: tuple[Agreement, Agreement]) -> None:
    made = package(_amendment(*agreements, notified=date(2027, 2, 15), languages=["en"]))
    for name in ("amendment.docx", "notice-letter.docx"):
        text = " ".join(_texts(next(content for path, content in made.items() if path.name == name)))
        assert "15\u00a0February\u00a02027" in text
        assert "in compliance with" not in text


def test_only_what_both_sign_says_that_both_agreed(agreements: tuple[Agreement, Agreement], files: dict[str, bytes]) -> None:
    signed = package(_amendment(*(_accepting(each, AcceptanceForm.SIGNED_AMENDMENT) for each in agreements), languages=["en"]))
    both = next(content for path, content in signed.items() if path.name == "amendment.docx")
    said = "It is agreed as follows."
    assert (said in _texts(both), said in _texts(files["en/amendment.docx"])) == (True, False)


def test_a_clause_that_moved_is_told_by_its_old_number_and_its_new_place(pair: tuple[Path, Path], tmp_path: Path) -> None:
    text = (ROOT / "templates" / "outline.yaml").read_text(encoding="utf-8")
    line = next(each for each in text.splitlines(keepends=True) if "{id: confidentiality," in each)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "outline.yaml").write_text(text.replace(line, "").replace("  - {id: changes,", f"{line}  - {{id: changes,"), encoding="utf-8")
    arguments = (
        "-o",
        tmp_path / "out",
        "-l",
        "fr",
        "--notified-on",
        "2027-01-15",
        "--templates",
        tmp_path / "own",
        "--old-templates",
        ROOT / "templates",
    )
    result = run_command("amend", *pair, *arguments)
    assert result.exit_code == 0, result.stderr
    texts = _texts((tmp_path / "out" / "fr" / "amendment.docx").read_bytes())
    assert "Le texte de l’Article\u00a09 est déplacé après celui de l’Article\u00a03\u202f; il devient l’Article\u00a04." in texts
    assert "Au tableau de l’Article\u00a06.2, il est ajouté\u00a0:" in texts


_OUTLINE = (ROOT / "templates" / "outline.yaml").read_text(encoding="utf-8")
_EXTRA = {"en/extra.md.j2": "# Extra {#extra}\n\nMore.\n", "fr/extra.md.j2": "# Supplément {#extra}\n\nDavantage.\n"}
_ENTRY = "  - {id: extra, role: clause}\n"
_AT_THE_END = {**_EXTRA, "outline.yaml": _OUTLINE.replace("  - {id: signatures,", f"{_ENTRY}  - {{id: signatures,")}
_AT_THE_START = {**_EXTRA, "outline.yaml": _OUTLINE.replace("  - {id: parties,", f"{_ENTRY}  - {{id: parties,")}


def _replaced(name: str, *words: str) -> dict[str, str]:
    files = {}
    for language, old, new in zip(("en", "fr"), words[::2], words[1::2], strict=True):
        text = (ROOT / "templates" / language / f"{name}.md.j2").read_text(encoding="utf-8")
        assert old in text
        files[f"{language}/{name}.md.j2"] = text.replace(old, new)
    return files


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        (_AT_THE_END, {}, {"en": "The text of Article\u00a016 is deleted.", "fr": "Le texte de l’Article\u00a016 est supprimé."}),
        (
            {},
            _AT_THE_START,
            {
                "en": "The following text is added at the beginning, which becomes Article\u00a01:",
                "fr": "Il est ajouté en tête le texte suivant, qui devient l’Article\u00a01\u00a0:",
            },
        ),
        (
            _AT_THE_END,
            _AT_THE_START,
            {
                "en": "The text of Article\u00a016 is moved to the beginning; it becomes Article\u00a01.",
                "fr": "Le texte de l’Article\u00a016 est déplacé en tête\u202f; il devient l’Article\u00a01.",
            },
        ),
        (
            {},
            _replaced("purpose", "# Purpose", "# Aim", "# Objet", "# But"),
            {"en": "The title of Article\u00a03 becomes “Aim”.", "fr": "Le titre de l’Article\u00a03 devient «\u00a0But\u00a0»."},
        ),
        (
            {},
            _replaced(
                "parties", "It is agreed as follows.", "The Parties agree.", "Il est convenu ce qui suit.", "Les Parties conviennent de ce qui suit."
            ),
            {
                "en": "The text of the part “Parties” is replaced by the following:",
                "fr": "Le texte de la partie «\u00a0Entre les soussignés\u00a0» est remplacé par le suivant\u00a0:",
            },
        ),
    ],
    ids=["removed", "added first", "moved first", "retitled", "without a number"],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_of_change_of_a_clause_has_its_sentence(
    pair: tuple[Path, Path], tmp_path: Path, old: dict[str, str], new: dict[str, str], sentences: dict[str, str], language: str
) -> None:
    texts = _instrument(pair, tmp_path, language, old, new)
    assert sentences[language] in texts


def test_a_withdrawn_commitment_is_forbidden(agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    assert set(_rules(_amendment(_accepting(old, AcceptanceForm.SIGNED_AMENDMENT), _with(new, commitments=Commitments()), languages=["en"]))) == {
        "amendment.forbidden"
    }


def test_the_command_writes_the_package(pair: tuple[Path, Path], tmp_path: Path, validator: Path) -> None:
    result = run_command("amend", *pair, "-o", tmp_path, "--notified-on", "2027-01-15")
    assert result.exit_code == 0
    assert len(list(tmp_path.rglob("*.*"))) == 11
    for path in tmp_path.rglob("*.docx"):
        found = sdk_errors(validator, path)
        assert (path.name, found) == (path.name, [])
    redline = parts((tmp_path / "en" / "redline.docx").read_bytes())["word/document.xml"].decode()
    assert 'w:author="Outscale" w:date="2027-01-15T00:00:00Z"' in redline


def test_the_command_refuses_and_says_the_way_out(pair: tuple[Path, Path], tmp_path: Path) -> None:
    result = run_command("amend", *pair, "-o", tmp_path / "out", "--notified-on", "2027-02-15")
    assert result.exit_code == 2
    assert "doesn't keep the notice of 30\u00a0days" in result.stderr
    assert 'otherwise, --override "written reason"' in result.stderr
    assert not (tmp_path / "out").exists()


def test_no_way_past_what_is_mandatory_is_offered(agreements: tuple[Agreement, Agreement]) -> None:
    old, new = agreements
    away = _with(new, locations=new.locations.model_copy(update={"operations": (*new.locations.operations, Territory("CH"))}))
    weaker = refusals(_amendment(old, away))
    assert {(each.rule, "--override" in with_way_out(each).hint.en) for each in weaker} == {("amendment.forbidden", False)}
    late = refusals(_amendment(old, new, notified=date(2027, 2, 15)))
    assert [(each.rule, "--override" in with_way_out(each).hint.fr) for each in late] == [("amendment.notice", True)]


def test_an_override_is_kept_in_the_manifest(pair: tuple[Path, Path], tmp_path: Path) -> None:
    assert run_command("amend", *pair, "-o", tmp_path, "--notified-on", "2027-02-15", "--override", "  ").exit_code == 2
    result = run_command("amend", *pair, "-o", tmp_path, "--notified-on", "2027-02-15", "--override", "Agreed on 1 February")
    assert result.exit_code == 0
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["override_reason"] == "Agreed on 1 February"
    assert [each["rule"] for each in manifest["overridden"]] == ["amendment.notice"]


@pytest.mark.parametrize("reason", ["a\udcff", "a\x01b"])
def test_a_reason_that_no_file_can_hold_is_refused(pair: tuple[Path, Path], tmp_path: Path, reason: str) -> None:
    result = run_command("amend", *pair, "-o", tmp_path / "out", "--override", reason)
    assert (result.exit_code, (tmp_path / "out").exists()) == (2, False)
    assert "control character" in result.stderr


def test_an_issued_word_file_is_the_version_in_force(pair: tuple[Path, Path], tmp_path: Path) -> None:
    run_command("build", pair[0], "-l", "fr", "-o", tmp_path)
    result = run_command("amend", tmp_path / "fr" / "agreement.docx", pair[1], "-o", tmp_path / "out", "-l", "fr", "--notified-on", "2027-01-15")
    assert (result.exit_code, (tmp_path / "out" / "fr" / "amendment.docx").exists()) == (0, True)


def test_a_new_version_without_a_date_is_refused(pair: tuple[Path, Path], tmp_path: Path) -> None:
    text = pair[1].read_text(encoding="utf-8").replace('  effective_date: "2027-03-01"\n', "")
    undated = pair[1].with_name("undated.yaml")
    undated.write_text(text, encoding="utf-8")
    result = run_command("amend", pair[0], undated, "-o", tmp_path, "--today", "2027-02-01")
    assert (result.exit_code, "[amendment.no-date]" in result.stderr) == (2, True)


def test_the_redline_of_the_package_gives_the_consolidated_version(agreements: tuple[Agreement, Agreement]) -> None:
    amendment = _amendment(*agreements)
    for language in LANGUAGES:
        assert accept(amendment.changes.redlines[language]) == amendment.new.documents[language]


def test_an_instrument_that_renumbers_nothing_says_nothing_of_numbers(agreements: tuple[Agreement, Agreement]) -> None:
    old, _ = agreements
    new = _with(
        old,
        notices=old.notices.model_copy(update={"change": Period(days=60)}),
        document=old.document.model_copy(update={"version": "2.0", "effective_date": date(2027, 6, 1)}),
    )
    texts = _texts(
        next(
            content
            for path, content in package(_amendment(old, new, effective=date(2027, 6, 1), languages=["en"])).items()
            if path.name == "amendment.docx"
        )
    )
    assert "The text of Article\u00a04.2 is replaced by the following:" in texts
    assert "Numbering" not in texts
    assert not any("becomes Article" in text for text in texts)


def test_a_new_clause_is_quoted_with_its_parts_and_without_its_page_breaks(pair: tuple[Path, Path], tmp_path: Path) -> None:
    for name, text in {
        "outline.yaml": "add:\n  - {id: extra, role: clause, after: purpose}\n",
        "en/extra.md.j2": "# Extra {#extra}\n\nMore.\n\n::: pagebreak\n\n## Part {#part}\n\nOf it.\n\n### Piece {#piece}\n\nOf the part.\n",
        "fr/extra.md.j2": "# Supplément {#extra}\n\nEn plus.\n\n::: pagebreak\n\n## Partie {#part}\n\nEn plus.\n\n### Bout {#piece}\n\nEn plus.\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    options = ("-l", "en", "--notified-on", "2027-01-15", "--templates", tmp_path, "--old-templates", ROOT / "templates", "--override", "a test")
    result = run_command("amend", *pair, "-o", tmp_path / "out", *options)
    assert result.exit_code == 0, result.stderr
    content = (tmp_path / "out" / "en" / "amendment.docx").read_bytes()
    texts = _texts(content)
    start = texts.index("After Article\u00a03, the following text is added, which becomes Article\u00a04:")
    assert texts[start + 1 : start + 7] == [
        "“Article\u00a04. Extra",
        "4.1\u2002More.",
        "4.2 Part",
        "4.2.1\u2002Of it.",
        "4.2.2 Piece",
        "4.2.2.1\u2002Of the part.”",
    ]


_WITH_EXTRA = "add:\n  - {id: extra, role: clause, after: purpose}\n"
_THREE = "# Extra {#extra}\n\nOne, see [](#purpose).\n\nTwo:\n\n- an item.\n\nThree.\n"


@pytest.mark.parametrize(
    ("changed", "quoted"),
    [
        (_THREE.replace("Three.", "Four."), {"Article\u00a04.3": "“4.3\u2002Four.”"}),
        (
            _THREE.replace("Three.", "Four.").replace("One,", "Of old,"),
            {"Article\u00a04.1": "“4.1\u2002Of old, see Article\u00a03.”", "Article\u00a04.3": "“4.3\u2002Four.”"},
        ),
        # Items have no numbers of their own; where another paragraph came before others, or every paragraph changed, the clause is replaced.
        (_THREE.replace("an item", "another"), {"Article\u00a04": "“Article\u00a04. Extra"}),
        (_THREE.replace("Two:", "More.\n\nTwo:"), {"Article\u00a04": "“Article\u00a04. Extra"}),
        (_THREE.replace("Three.", "Three.\n\n- a second list."), {"Article\u00a04": "“Article\u00a04. Extra"}),
        (_THREE.replace("Three.", "Four.").replace("# Extra", "# More"), {"Article\u00a04.3": "“4.3\u2002Four.”"}),
        (_THREE.replace("One,", "Of old,") + "\nFour:\n\n- an item.\n", {"Article\u00a04.1": "“4.1\u2002Of old, see Article\u00a03.”"}),
        ("# Extra {#extra}\n\nA, see [](#purpose).\n\nB:\n\n- an item.\n\nC.\n", {"Article\u00a04": "“Article\u00a04. Extra"}),
    ],
)
def test_paragraphs_that_changed_are_replaced_alone(pair: tuple[Path, Path], tmp_path: Path, changed: str, quoted: dict[str, str]) -> None:
    texts = _instrument(pair, tmp_path, "en", *({"outline.yaml": _WITH_EXTRA, "en/extra.md.j2": text} for text in (_THREE, changed)))
    replaced = "The text of ", " is replaced by the following:"
    found = {
        text.removeprefix(replaced[0]).removesuffix(replaced[1]): texts[index + 1] for index, text in enumerate(texts) if text.endswith(replaced[1])
    }
    assert {place: first for place, first in found.items() if place.startswith("Article\u00a04")} == quoted


def test_a_paragraph_that_comes_behind_the_others_is_added_alone_and_a_title_is_told_alone(pair: tuple[Path, Path], tmp_path: Path) -> None:
    new = _THREE.replace("# Extra", "# More") + "\nFour:\n\n- an item.\n"
    texts = _instrument(pair, tmp_path, "en", *({"outline.yaml": _WITH_EXTRA, "en/extra.md.j2": text} for text in (_THREE, new)))
    start = texts.index("The following text is added at the end of Article\u00a04, as Article\u00a04.4:")
    assert [text.strip() for text in texts[start + 1 : start + 4]] == ["“4.4\u2002Four:", "an item.", "”"]
    assert "The title of Article\u00a04 becomes “More”." in texts
    assert not any(text.startswith("The text of Article\u00a04 ") for text in texts)


@pytest.mark.parametrize("form", [None, AcceptanceForm.SIGNED_AMENDMENT])
def test_every_word_file_of_a_package_is_in_the_house_style(
    agreements: tuple[Agreement, Agreement], tmp_path: Path, form: AcceptanceForm | None
) -> None:
    reference = read_reference(letterhead(tmp_path), "own.docx")
    old, new = agreements if form is None else (_accepting(each, form) for each in agreements)
    made = package(_amendment(old, new, languages=["en"]), reference=reference)
    written = {str(path): parts(content) for path, content in made.items() if path.suffix == ".docx"}
    assert len(written) == (4 if form is None else 5)
    assert [path for path, files in written.items() if not any(b"Garamond" in part for part in files.values())] == []


def test_own_words_are_in_every_file_of_a_package(agreements: tuple[Agreement, Agreement], tmp_path: Path) -> None:
    own = "letter: {changes: {fr: 'Modifié :', en: 'Changed:'}}\ninstrument: {purpose-title: {fr: 'But', en: 'Aim'}}\n"
    (tmp_path / "amendment.yaml").write_text(own, encoding="utf-8")
    made = {str(path): content for path, content in package(_amendment(*agreements, languages=["en"]), templates=tmp_path).items()}
    assert "Changed:" in _texts(made["en/notice-letter.docx"])
    assert "Aim" in _texts(made["en/amendment.docx"])


@pytest.mark.long
@pytest.mark.usefixtures("office")
def test_each_word_file_is_a_pdf_too_where_that_is_asked(agreements: tuple[Agreement, Agreement]) -> None:
    amendment = _amendment(*agreements, languages=("en",))
    plain, both = package(amendment), package(amendment, pdf=True)
    word = {path for path in plain if path.suffix == ".docx" and path.stem != "redline"}
    assert both.keys() - plain.keys() == {path.with_suffix(".pdf") for path in word}
    assert all(both[path] == plain[path] for path in word)
    assert all(both[path.with_suffix(".pdf")].startswith(b"%PDF-") for path in word)
    assert str(next(iter(word)).with_suffix(".pdf")) in json.loads(both[PurePosixPath("manifest.json")])["files"]
