"""Numbers that somebody typed where a live reference belongs."""

from __future__ import annotations

import pytest

from snc_docs import inspect, load_agreement
from snc_docs.document.typed import typed_numbers
from snc_docs.language import Language
from tests.tools import EXAMPLES, LANGUAGES, TODAY, document_of, read


def _found(words: str, language: Language = "en") -> list[str]:
    document = document_of(read(f"# Title {{#test}}\n\n{words}\n", language=language), language=language)
    return [each.rule for each in typed_numbers(document)]


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("See Article 7.6.", "en"),
        ("as laid down in article 12", "en"),
        ("under section 5.1, the Client", "en"),
        ("set out in Appendix C", "en"),
        ("see § 4.2", "en"),
        ("Voir l'article 7.6.", "fr"),
        ("l’article 7 de la présente Convention", "fr"),
        ("à l'annexe B", "fr"),
        ("de la section 5.1", "fr"),
        ("Articles 6.1 et 6.2", "fr"),
    ],
)
def test_a_number_of_ours_is_found(words: str, language: Language) -> None:
    assert _found(words, language) == ["reference.typed"]


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("article 28 of the General Data Protection Regulation", "en"),
        ("articles 4 and 28 of the GDPR", "en"),
        ("article 28(3) of the GDPR", "en"),
        ("[](#test) says so", "en"),
        ("Article [:number](#test) says so", "en"),
        ("ISO/IEC 27001, version 3.2, requirement 19.1.c", "en"),
        ("within 21 days", "en"),
        ("this article sets a rule", "en"),
        ("article 28 du règlement général sur la protection des données", "fr"),
        ("articles 4 et 28 du RGPD", "fr"),
        ("article 1231-5 du code civil", "fr"),
        ("article L. 441-10 du code de commerce", "fr"),
        ("article R1111-9 du code de la santé publique", "fr"),
        ("annexe 2 du Référentiel", "fr"),
        ("l'article à venir", "fr"),
    ],
)
def test_what_is_somebody_elses_or_live_is_not(words: str, language: Language) -> None:
    assert _found(words, language) == []


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("5.1 Objet", True),
        ("5. Purpose", True),
        ("Article 3 – Objet", True),
        ("A.2 Data", True),
        ("Appendix C", True),
        ("24 hours", False),
        ("Purpose", False),
        ("3D printing", False),
        ("A clause", False),
        ("1", False),
    ],
)
def test_a_number_at_the_head_of_a_title_is_found(title: str, *, typed: bool) -> None:
    document = document_of(read(f"# {title.replace('. ', chr(92) + '. ', 1) if title[0].isdigit() else title} {{#test}}\n\nWords.\n"))
    assert [each.rule for each in typed_numbers(document)] == (["reference.typed-heading"] if typed else [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["outscale", "complete", "seven-services", "software", "minimal"])
def test_no_shipped_clause_types_a_number(name: str, language: Language) -> None:
    agreement = load_agreement(EXAMPLES / name / "client.yaml", today=TODAY)
    rules = {each.rule for each in inspect(agreement, language).findings}
    assert rules & {"reference.typed", "reference.typed-heading", "term.undefined", "term.unused"} == set()
