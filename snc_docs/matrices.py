"""The matrix of requirements of an assembled document: as one more appendix, or standing alone."""

from __future__ import annotations

from dataclasses import replace

from snc_docs.assembly import numbered
from snc_docs.compliance.assessment import Assessment
from snc_docs.compliance.matrix import matrix
from snc_docs.document.nodes import Document
from snc_docs.document.numbering import resolve
from snc_docs.document.parts import with_sections
from snc_docs.document.walk import plain_text


def with_compliance_matrix(document: Document, assessment: Assessment) -> Document:
    """Return an assembled document with the matrix of requirements as one more appendix."""
    appendix = matrix(assessment, document.language, "appendix", mend=False)
    return numbered(replace(document, sections=(*document.sections, appendix)))[0]


def compliance_report(document: Document, assessment: Assessment) -> Document:
    """Return the matrix of an assembled document as one that stands alone, with what to do about each shortfall."""
    report = matrix(assessment, document.language, "unnumbered", mend=True)
    properties = replace(document.properties, title=plain_text(report.title))
    resolved, _ = resolve(replace(document, properties=properties, sections=(report, *document.sections)))
    return with_sections(resolved, resolved.sections[:1])
