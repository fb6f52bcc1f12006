"""Every Word file that the examples give: the Open XML SDK validator, our own check, golden texts in both languages."""

from __future__ import annotations

import importlib.util
import re
from datetime import date
from pathlib import Path

import pytest

from snc_docs import (
    AccountDeletion,
    Agreement,
    assemble,
    assess,
    compliance_report,
    deletion_certificate,
    inspect,
    load_agreement,
    part_of,
    parts_of,
    read_reference,
    side_by_side,
    with_compliance_matrix,
    write,
)
from snc_docs.document.nodes import FillIn, Section, Text, Value
from snc_docs.document.walk import sections_of, walk
from snc_docs.language import Language
from snc_docs.model.agreement import Attachment
from snc_docs.model.attachments import DOCX
from snc_docs.writers.docx.reference import reference_docx
from snc_docs.writers.docx.verify import faults
from tests.tools import (
    EXAMPLES,
    LANGUAGES,
    ROOT,
    TODAY,
    all_text,
    assert_golden,
    changed,
    client_data,
    paragraph_texts,
    sdk_errors,
    starter_data,
    write_pair,
    xml,
)
from tests.writers.test_foreign import foreign_certificate
from tests.writers.test_reference import letterhead

CLIENTS = {
    "outscale": EXAMPLES / "outscale" / "client.yaml",
    "outscale, client unknown": EXAMPLES / "outscale" / "client-unknown.yaml",
    "complete": EXAMPLES / "complete" / "client.yaml",
    "choices, first": EXAMPLES / "choices" / "first.yaml",
    "choices, second": EXAMPLES / "choices" / "second.yaml",
    "choices, third": EXAMPLES / "choices" / "third.yaml",
    "choices, fourth": EXAMPLES / "choices" / "fourth.yaml",
    "choices, fifth": EXAMPLES / "choices" / "fifth.yaml",
    "minimal": EXAMPLES / "minimal" / "client.yaml",
    "seven services, a hospital": EXAMPLES / "seven-services" / "client.yaml",
    "software, a GmbH": EXAMPLES / "software" / "client.yaml",
    "software, a person": EXAMPLES / "software" / "client-person.yaml",
    "software, a person who is represented": EXAMPLES / "software" / "client-represented.yaml",
    "outscale, a town": EXAMPLES / "outscale" / "client-commune.yaml",
    "outscale, a Belgian SA": EXAMPLES / "outscale" / "client-belgian.yaml",
    "outscale, a Spanish SL": EXAMPLES / "outscale" / "client-spanish.yaml",
    "outscale, an association": EXAMPLES / "outscale" / "client-association.yaml",
    "starter": ROOT / "snc_docs" / "cli" / "starter" / "client.yaml",
}


def _agreement(name: str) -> Agreement:
    return load_agreement(CLIENTS[name], today=TODAY)


# A client of each provider: a file takes the validator a second, and the parts of one provider's agreements are written alike.
_OF_EACH_PROVIDER = ("outscale", "complete", "choices, second", "minimal", "seven services, a hospital", "software, a person who is represented")


# Both languages of one client of each provider; of the others one or the other, which are written alike.
_IN_BOTH = [(name, language) for name in _OF_EACH_PROVIDER for language in LANGUAGES]
_IN_ONE = [(name, LANGUAGES[number % 2]) for number, name in enumerate(CLIENTS) if name not in _OF_EACH_PROVIDER]


@pytest.mark.parametrize(("name", "language"), [*_IN_BOTH, *_IN_ONE])
def test_every_agreement_is_valid_word(validator: Path, tmp_path: Path, name: str, language: Language) -> None:
    content = write(assemble(_agreement(name), language), "docx")
    assert _errors(validator, tmp_path / "agreement.docx", content) == []


@pytest.mark.parametrize("name", _OF_EACH_PROVIDER)
def test_every_part_is_valid_word(validator: Path, tmp_path: Path, name: str) -> None:
    document = assemble(_agreement(name), "fr")
    for part in parts_of(document):
        content = write(part_of(document, part), "docx")
        assert (part, _errors(validator, tmp_path / f"{part}.docx", content)) == (part, [])


def _errors(validator: Path, path: Path, content: bytes) -> list[str]:
    path.write_bytes(content)
    return [*map(str, sdk_errors(validator, path)), *faults(content)]


@pytest.mark.parametrize("name", _OF_EACH_PROVIDER)
def test_both_languages_in_one_document_are_valid_word(validator: Path, tmp_path: Path, name: str) -> None:
    both = side_by_side(*(assemble(_agreement(name), language) for language in LANGUAGES))
    assert _errors(validator, tmp_path / "both.docx", write(both, "docx")) == []


@pytest.mark.parametrize(("name", "language"), [(name, LANGUAGES[number % 2]) for number, name in enumerate(_OF_EACH_PROVIDER)])
def test_the_matrix_of_requirements_is_valid_word(validator: Path, tmp_path: Path, name: str, language: Language) -> None:
    agreement = _agreement(name)
    document = assemble(agreement, language)
    assessment = assess(agreement, document, TODAY)
    for made in (with_compliance_matrix(document, assessment), compliance_report(document, assessment)):
        assert _errors(validator, tmp_path / "matrix.docx", write(made, "docx")) == []


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("part", ["agreement", "appendix-b"])
def test_a_joined_word_certificate_is_valid_word(validator: Path, tmp_path: Path, part: str, *, landscape: bool) -> None:
    attached = Attachment(name="certificate-specimen.pdf", media_type=DOCX, content=foreign_certificate(landscape=landscape, sections=landscape))
    document = part_of(assemble(_agreement("outscale").model_copy(update={"attachments": (attached,)}), "fr"), part)
    assert _errors(validator, tmp_path / "joined.docx", write(document, "docx")) == []


def test_a_users_own_reference_gives_valid_word(validator: Path, tmp_path: Path) -> None:
    document = assemble(_agreement("outscale"), "en")
    for content in (letterhead(tmp_path), reference_docx()):
        written = write(document, "docx", read_reference(content, "own.docx"))
        assert _errors(validator, tmp_path / "own.docx", written) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_deletion_certificate_is_valid_word(validator: Path, tmp_path: Path, language: Language) -> None:
    deletion = AccountDeletion.model_validate(
        {"account": "1", "ticket_received_on": "2026-10-01", "place": "x", "checked_on": "2026-10-19", "issued_on": "2026-10-20"}
    )
    document = deletion_certificate(_agreement("outscale"), deletion, language)
    assert _errors(validator, tmp_path / "certificate.docx", write(document, "docx")) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CLIENTS)
def test_the_examples_have_no_finding_in_their_templates(name: str, language: Language) -> None:
    assert inspect(_agreement(name), language).findings == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["outscale", "complete"])
def test_the_wording_is_that_of_the_golden_text(request: pytest.FixtureRequest, name: str, language: Language) -> None:
    document = assemble(_agreement(name), language)
    lines = [line for line in paragraph_texts(xml(write(document, "docx"))) if line.strip()]
    assert_golden(request, f"{name}-{language}.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("name", CLIENTS)
def test_both_languages_have_the_same_clauses_numbers_and_fields(name: str) -> None:
    french, english = (assemble(_agreement(name), language) for language in LANGUAGES)
    shapes = [[(each.id, each.role, each.number) for each in sections_of(document.sections)] for document in (french, english)]
    assert shapes[0] == shapes[1]
    for fr, en in zip(french.sections, english.sections, strict=True):
        fields = [sorted({node.path for node in walk(each) if isinstance(node, (Value, FillIn))}) for each in (fr, en)]
        assert (fr.id, fields[0]) == (en.id, fields[1])


def test_no_template_and_no_code_names_the_example_provider() -> None:
    files = [*(ROOT / "templates").rglob("*"), *(ROOT / "snc_docs").rglob("*.py"), *(ROOT / "snc_docs").rglob("*.yaml")]
    named = [path.name for path in files if path.is_file() and "outscale" in path.read_text(encoding="utf-8").lower()]
    assert named == []


def test_no_template_types_an_article_number() -> None:
    typed = []
    for path in (ROOT / "templates").rglob("*.j2"):
        text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        typed += [(path.name, found) for found in re.findall(r"(?:[Aa]rticles?|[Aa]ppendix|[Aa]nnexe)[ \u00a0]+(?:\d+|[A-Z]\b)", text)]
    # Articles 28, 32 to 36 and 33 of the GDPR are somebody else's articles.
    theirs = {
        "audit.md.j2": {"article 28"},
        "data-processing.md.j2": {"article 28", "article 32", "articles 32"},
        "exclusions.md.j2": {"article 28"},
        "incidents.md.j2": {"article 33"},
    }
    assert set(typed) == {(name, article) for name, articles in theirs.items() for article in articles}


def test_the_certificates_of_the_examples_are_those_the_project_makes() -> None:
    spec = importlib.util.spec_from_file_location("make_specimen", EXAMPLES / "make_specimen.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert len(module.CERTIFICATES) == 6
    for name, certificate in module.CERTIFICATES.items():
        assert (EXAMPLES / name).read_bytes() == module.page(certificate)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_certificate_file_the_appendix_keeps_its_place(tmp_path: Path, language: Language) -> None:
    agreement = load_agreement(write_pair(tmp_path), today=TODAY)
    appendix = next(each for each in assemble(agreement, language).sections if each.id == "appendix-b")
    assert {"fr": "Emplacement réservé", "en": "Place kept"}[language] in all_text(appendix)


@pytest.mark.parametrize(
    ("kind", "fr", "en"),
    [("general-terms", "Conditions Générales du Prestataire", "Service Provider’s General Terms"), ("specific", "CS-2026-117", "CS-2026-117")],
)
def test_the_governing_contract_is_the_one_of_the_data(tmp_path: Path, kind: str, fr: str, en: str) -> None:
    contract = {**client_data()["contract"], "kind": kind} if kind == "specific" else {"kind": kind}
    agreement = load_agreement(write_pair(tmp_path, client=changed(client_data(), "contract", contract)), today=TODAY)
    for language, words in zip(LANGUAGES, (fr, en), strict=True):
        preamble = next(each for each in assemble(agreement, language).sections if each.id == "preamble")
        assert words in all_text(preamble)


def test_optional_parts_appear_only_with_their_data(tmp_path: Path) -> None:
    def ids(path: Path) -> set[str]:
        return {each.id for each in sections_of(assemble(load_agreement(path, today=TODAY), "en").sections)}

    def tables(path: Path) -> int:
        obligations = next(each for each in assemble(load_agreement(path, today=TODAY), "en").sections if each.id == "obligations")
        return sum(type(node).__name__ == "Table" for node in walk(obligations))

    bare = starter_data()
    bare["third_parties"] = {**bare["third_parties"], "others": [], "categories": bare["third_parties"]["categories"][:1]}
    assert "other-third-parties" not in ids(write_pair(tmp_path, bare))
    assert tables(write_pair(tmp_path)) == 1
    row = {"id": "patching", "activity": {"fr": "a", "en": "a"}, "provider": {"fr": "b", "en": "b"}, "client": {"fr": "c", "en": "c"}}
    with_matrix = starter_data()
    with_matrix["responsibility_matrix"]["rows"] = [row]
    assert "other-third-parties" in ids(write_pair(tmp_path, with_matrix))
    assert tables(write_pair(tmp_path, with_matrix)) == 2


def test_the_deletion_certificate_stands_alone_with_its_facts() -> None:
    deletion = AccountDeletion.model_validate(
        {
            "account": "012345",
            "ticket_received_on": "2026-10-01",
            "checked_on": "2026-10-19",
            "place": "Lyon",
            "issued_on": date(2026, 10, 20),
            "signatory": {"name": "Ada", "title": {"fr": "Cheffe", "en": "Head"}},
        }
    )
    for language, title in zip(LANGUAGES, ("Certificat d’effacement des données", "Data deletion certificate"), strict=True):
        document = deletion_certificate(_agreement("outscale"), deletion, language)
        (section,) = document.sections
        assert isinstance(section, Section)
        assert section.title == (Text(title),)
        text = all_text(section).replace("\u00a0", " ")
        assert all(words in text for words in ("012345", "2026", "19 ", "Lyon", "Ada"))
        assert "[" not in text
        assert document.properties.title == title
        assert faults(write(document, "docx")) == []


def test_a_service_is_called_as_each_language_calls_it() -> None:
    agreement = load_agreement(EXAMPLES / "seven-services" / "client.yaml", today=TODAY)
    shown = {language: all_text(assemble(agreement, language, EXAMPLES / "seven-services" / "clauses")) for language in LANGUAGES}
    assert ("Virtual machines" in shown["en"], "Machines virtuelles" in shown["en"], "Machines virtuelles" in shown["fr"]) == (True, False, True)
