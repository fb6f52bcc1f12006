"""Numbers of articles, sections and appendices that somebody typed: they stay as they are when a clause comes or goes before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.document.checks import passages
from snc_docs.document.nodes import Document, Section
from snc_docs.document.origins import Origin, place_of
from snc_docs.document.walk import plain_text, sections_of
from snc_docs.errors import Wording
from snc_docs.patterns import regex

# The words before a number of ours, and the number: 7, 7.6, C, C.2; not that of a code (L. 441-10, 1231-5) nor a word.
_TYPED: Final = regex(
    r"(?<!\w)(?:(?:articles?|sections?|clauses?|paragraphes?|paragraphs?|annexes?|appendix|appendices)[ \u00a0]+(?:n°[ \u00a0]*)?|§[ \u00a0]*)"
    r"(\d{1,2}(?:\.\d{1,2})*|[A-Z](?:\.\d{1,2})*)(?![\w-]|\.\s?\d|,\d)",
    re.IGNORECASE,
)
# What follows the number of an article that is somebody else's: a law, a regulation, a framework, a standard.
_OTHERS: Final = regex(
    r"[ \u00a0,]*(?:(?:et|and|à|to|ou|or|,)[ \u00a0]+[\w.]+[ \u00a0]*)*(?:[(][^)]{1,12}[)][ \u00a0]*)?"
    r"(?:du|de la|de l[’']|des|of the|of|under the|in the)[ \u00a0]*(?:\w+[ \u00a0]+){0,4}?"
    r"(?:code|loi|règlement|rgpd|directive|décret|ordonnance|arrêté|référentiel|traité|norme|charte|"
    r"gdpr|regulation|act|law|decree|order|framework|treaty)",
    re.IGNORECASE,
)
# A heading that begins with its number: "5.1 Objet", "5. Purpose", "Article 3 – Objet", "A.2 Data".
_NUMBERED: Final = regex(
    r"\s*(?:(?:article|section|clause|annexe|appendix)[ \u00a0]+(?:\d{1,2}|[A-Z])(?:\.\d{1,2})*\b|(?:\d{1,2}|[A-Z])(?:\.\d{1,2})+[.)]?[ \u00a0]+\w|\d{1,2}[.)][ \u00a0]+\w)",
    re.IGNORECASE,
)


def typed_numbers(document: Document) -> Iterator[Diagnostic]:
    """Yield a warning for each number of an article, section or appendix that a template types."""
    for section in sections_of(document.sections):
        title = plain_text(section.title)
        if _NUMBERED.match(title):
            yield _finding("reference.typed-heading", title, section.origin, _TITLE_HINT)
    for text, origin, node in passages(document):
        for match in () if isinstance(node, Section) else _TYPED.finditer(text):
            if not _OTHERS.match(text, match.end()) and not match[1].islower():
                yield _finding("reference.typed", match.group(), origin, _HINT)


_HINT: Final = Wording(
    "écrire un renvoi vivant : [](#identifiant) donne « Article 7.6 », [:number](#identifiant) son numéro",
    "write a live reference: [](#identifier) gives 'Article 7.6', [:number](#identifier) its number",
)
_TITLE_HINT: Final = Wording("retirer le numéro : les titres se numérotent seuls", "remove the number: headings number themselves")


def _finding(rule: str, words: str, origin: Origin | None, hint: Wording) -> Diagnostic:
    message = Wording(f"numéro tapé à la main : « {words} »", f"a number typed by hand: '{words}'")
    return Diagnostic(rule, Severity.WARNING, message, hint, **place_of(origin))
