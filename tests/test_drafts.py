"""What must be replaced before anybody signs makes a draft of the whole document, which says so on its cover and on every page."""

from __future__ import annotations

from typing import Any

import pytest

from snc_docs import Agreement, assemble, side_by_side, write
from snc_docs.language import Language
from tests.tools import LANGUAGES, all_text, parts

_STATUS = {"fr": ("PROJET", "Projet, à ne pas signer en l’état"), "en": ("DRAFT", "Draft, not for signature")}


def _final(agreement: Agreement, **more: Any) -> Agreement:
    """Return an agreement whose list and certificate are the provider's own."""
    own = {"exclusions": {"example": False}, "certificate": {"specimen": False}}
    kept = {name: getattr(agreement, name).model_copy(update=update) for name, update in own.items() if name not in more}
    return agreement.model_copy(update={**kept, **more})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_says_so_on_its_cover_and_in_every_header(outscale: Agreement, language: Language) -> None:
    document = assemble(outscale, language)
    status, sentence = _STATUS[language]
    assert document.properties.status == status
    assert sentence in all_text(document.sections[0])
    headers = [
        content.decode() for name, content in parts(write(document, "docx")).items() if name.startswith("word/header") and b"SNC-2026-0042" in content
    ]
    assert headers
    assert [text for text in headers if f"{status} · " not in text] == []
    assert f"<p>{status} · SNC-2026-0042 · Version 1.0</p>" in write(document, "html").decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_the_providers_own_is_no_draft_though_fields_are_to_be_filled_in(outscale: Agreement, language: Language) -> None:
    document = assemble(_final(outscale, document=outscale.document.model_copy(update={"version": None})), language)
    status, sentence = _STATUS[language]
    assert document.properties.status == ""
    assert sentence not in all_text(document.sections[0])
    assert status not in write(document, "html").decode()


@pytest.mark.parametrize("part", ["exclusions", "certificate"])
def test_each_of_what_must_be_replaced_makes_a_draft(outscale: Agreement, part: str) -> None:
    assert not _final(outscale).is_draft
    assert _final(outscale, **{part: getattr(outscale, part)}).is_draft


def test_two_languages_side_by_side_say_it_in_both(outscale: Agreement) -> None:
    both = side_by_side(*(assemble(outscale, language) for language in LANGUAGES))
    assert both.properties.status == "PROJET / DRAFT"


def test_a_page_kept_for_the_certificate_makes_a_draft(outscale: Agreement) -> None:
    final = _final(outscale)
    assert not final.is_draft
    waiting = final.model_copy(update={"certificate": final.certificate.model_copy(update={"file": None}), "attachments": ()})
    assert waiting.is_draft
    assert assemble(waiting, "en").properties.status == "DRAFT"
