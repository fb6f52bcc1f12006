"""Words that the data gives in each language are set as a template's are; what it gives once prints as it is."""

from __future__ import annotations

import pytest

from snc_docs import Agreement, assemble
from snc_docs.language import Language
from snc_docs.model.kinds import LocalizedText
from tests.tools import all_text

_WORDS = LocalizedText(fr="l'accès aux « incidents » : oui ; ou non ?", en='the Client\'s "own"; yes?')
_SET = {"fr": "l’accès aux «\u00a0incidents\u00a0»\u00a0: oui\u202f; ou non\u202f?", "en": 'the Client’s "own"; yes?'}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_words_in_both_languages_are_set_and_names_are_not(outscale: Agreement, language: Language) -> None:
    service = outscale.service.model_copy(update={"name": "L'OFFRE « A » ; B"})
    agreement = outscale.model_copy(
        update={"service": service, "baseline": outscale.baseline.model_copy(update={"confidentiality": _WORDS})},
    )
    text = "\n".join(all_text(section) for section in assemble(agreement, language).sections)
    assert _SET[language] in text
    assert "L'OFFRE « A » ; B" in text


def test_words_that_are_set_already_stay_as_they_are(outscale: Agreement) -> None:
    words = LocalizedText(fr=_SET["fr"], en=_SET["en"])
    agreement = outscale.model_copy(update={"baseline": outscale.baseline.model_copy(update={"confidentiality": words})})
    assert _SET["fr"] in "\n".join(all_text(section) for section in assemble(agreement, "fr").sections)
