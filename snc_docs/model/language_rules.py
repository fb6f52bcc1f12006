"""What the data has to say once both languages are one document: it is asked where that document is, not of every agreement."""

from __future__ import annotations

from collections.abc import Iterator

from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.judging import warning


def one_language_prevails(agreement: Agreement) -> Iterator[Diagnostic]:
    """Yield a warning for two languages side by side of which neither prevails: what they say differently would be for a court to settle.

    It is no error: a clause in own words, or the contract, may say which.
    """
    if agreement.commitments.prevailing_language is None:
        yield warning(
            "languages.no-prevailing",
            "commitments.prevailing_language",
            Wording(
                "deux langues côte à côte, et le socle ne dit pas laquelle prévaut",
                "two languages side by side, and the baseline doesn't say which one prevails",
            ),
            Wording(
                "ajouter « commitments.prevailing_language: fr » (ou en) au socle, ou le dire dans une clause",
                "add 'commitments.prevailing_language: fr' (or en) to the baseline, or say it in a clause",
            ),
        )
