"""The deletion certificate of one closed account, made of the model that the agreement has for it."""

from __future__ import annotations

from dataclasses import replace

from snc_docs.assembly import assemble
from snc_docs.diagnostics import FindingsError
from snc_docs.document.nodes import Document
from snc_docs.document.numbering import resolve, without_numbers
from snc_docs.document.parts import part_of, with_sections
from snc_docs.document.walk import plain_text
from snc_docs.language import Language
from snc_docs.model.agreement import Agreement
from snc_docs.model.deletion_rules import deletion_follows_its_request, deletion_is_certified, deletion_is_of_what_it_says, deletion_is_told_whole
from snc_docs.model.parts import AccountDeletion
from snc_docs.templating.folders import Layers


def deletion_certificate(agreement: Agreement, deletion: AccountDeletion, language: Language, templates: Layers = None) -> Document:
    """Return the deletion certificate of one closed account: the model of Appendix A with the facts of ``deletion``, standing alone.

    FindingsError for an agreement that promises none or isn't named, without the day of the check, for an account where there are none or none where there are some, and where days are out of order: request,
    deletion, check, certificate.
    """
    findings = [
        *deletion_is_certified(agreement),
        *deletion_is_told_whole(agreement, deletion),
        *deletion_is_of_what_it_says(agreement, deletion),
        *deletion_follows_its_request(agreement, deletion),
    ]
    if findings:
        raise FindingsError(findings)
    whole = assemble(agreement.for_closed_account(deletion), language, templates)
    (appendix,) = part_of(whole, "appendix-a").sections
    certificate = replace(without_numbers(appendix), role="unnumbered")
    issued_on = deletion.issued_on.isoformat() if deletion.issued_on else ""
    facts = replace(whole.properties, title=plain_text(appendix.title), reference=deletion.account or "", version="", date=issued_on)
    others = tuple(section for section in whole.sections if section.id != appendix.id)
    resolved, _ = resolve(replace(whole, properties=facts, sections=(certificate, *others)))
    return with_sections(resolved, resolved.sections[:1])
