"""Whether the article on changes says what the data says: an amendment goes by the data, and the client by the article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.document.nodes import Document, Statement, Value
from snc_docs.document.walk import walk
from snc_docs.errors import Wording
from snc_docs.language import Language
from snc_docs.model.agreement import Agreement

# The article on changes, and the fact that it states where the client accepts them (docs/compliance.md).
_ARTICLE: Final = "changes"
_ACCEPTANCE: Final = "change-by-acceptance"


def procedure_findings(agreement: Agreement, documents: Mapping[Language, Document]) -> Iterator[Diagnostic]:
    """Yield a warning for what the article on changes says otherwise than the data, once for all languages."""
    for message in dict.fromkeys(each for document in documents.values() for each in unlike_data(agreement, document)):
        yield Diagnostic("changes.unlike-data", Severity.WARNING, message, _HINT, path="notices.change", clause=_ARTICLE)


_HINT: Final = Wording(
    "donner « notices.change » et « commitments.change_acceptance » tels que l'article les dit : « amend » suit les données",
    "give 'notices.change' and 'commitments.change_acceptance' as the article says them: 'amend' goes by the data",
)


def unlike_data(agreement: Agreement, document: Document) -> Iterator[Wording]:
    """Yield what the article on changes of a document says otherwise than the agreement's data; nothing where there is no such article."""
    article = next((section for section in document.sections if section.id == _ARTICLE), None)
    if article is None:
        return
    asked, notice = agreement.commitments.change_acceptance, agreement.notices.change
    said = any(isinstance(node, Statement) and _ACCEPTANCE in node.facts for node in walk(article))
    if said and asked is None and notice is not None:
        yield Wording(
            "l'article sur les évolutions veut l'accord du client, et les données ne demandent qu'un préavis",
            "the article on changes wants the client's acceptance, and the data asks for notice alone",
        )
    if asked is not None and not said:
        yield Wording(
            "les données demandent l'accord du client à une évolution, et l'article sur les évolutions ne le dit pas (says:change-by-acceptance)",
            "the data asks for the client's acceptance of a change, and the article on changes doesn't say so (says:change-by-acceptance)",
        )
    if notice is not None and not any(isinstance(node, Value) and node.path.startswith("notices.change") for node in walk(article)):
        from snc_docs.language.formats import period_text  # Babel, which a run that finds nothing needs not

        yield Wording(
            f"l'article sur les évolutions n'imprime pas le préavis des données ({period_text(notice.counted(), 'fr')})",
            f"the article on changes doesn't print the notice of the data ({period_text(notice.counted(), 'en')})",
        )
