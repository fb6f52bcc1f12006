"""SecNumCloud service agreements: typed data and templates in, French and English Word documents out.

>>> from snc_docs import load_agreement, assemble, write
>>> agreement = load_agreement("client.yaml")
>>> word_file = write(assemble(agreement, language="fr"), "docx")

The public names are those of ``__all__``. Each is imported when it is first used: the command's help and the shell's
completion must not wait for the whole library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from snc_docs._version import __version__

if TYPE_CHECKING:
    from snc_docs.amendment.amending import AmendmentRefusedError, amend
    from snc_docs.assembly import Assembly, assemble, inspect, side_by_side
    from snc_docs.building.agreements import build
    from snc_docs.building.baselines import load_baseline
    from snc_docs.building.certificates import certificate
    from snc_docs.building.files import Built
    from snc_docs.building.letterheads import letterhead
    from snc_docs.building.verdicts import Compliance, compliance_of
    from snc_docs.building.versions import Compared, differences
    from snc_docs.certificates import deletion_certificate
    from snc_docs.checking.agreements import Checked, check
    from snc_docs.compliance.assessment import Verdict, assess
    from snc_docs.diagnostics import Diagnostic, FindingsError, Severity
    from snc_docs.diff.applying import ForeignChangeError
    from snc_docs.diff.comparison import Changes, UnlikeError, Version, apply, compare, reverse
    from snc_docs.diff.redline import redline
    from snc_docs.document.bilingual import UnpairedError
    from snc_docs.document.codec import NotATreeError, decode, encode
    from snc_docs.document.nodes import Document, Redline
    from snc_docs.document.parts import part_of, parts_of
    from snc_docs.document.revisions import accept, reject
    from snc_docs.errors import FileTroubleError, OfficeFailedError, OfficeMissingError, SncDocsError, UnknownChoiceError, Wording
    from snc_docs.language import Language
    from snc_docs.matrices import compliance_report, with_compliance_matrix
    from snc_docs.model.agreement import Agreement, Baseline, ClientFile
    from snc_docs.model.loading import Loaded, LoadedBaseline, load, load_agreement
    from snc_docs.model.parts import AccountDeletion
    from snc_docs.model.schema import json_schema
    from snc_docs.readers.issued import NotIssuedError
    from snc_docs.records import issued_document, issued_version, record_of, version_of
    from snc_docs.reporting.blanks import Blank, blanks
    from snc_docs.reporting.markdown import report_markdown
    from snc_docs.reporting.page import report_page
    from snc_docs.writers import Format, write
    from snc_docs.writers.docx.reference import ReferenceDocument, UnusableReferenceError, read_reference

_HOMES = {
    "assembly": ("Assembly", "assemble", "inspect", "side_by_side"),
    "amendment.amending": ("AmendmentRefusedError", "amend"),
    "building.agreements": ("build",),
    "building.baselines": ("load_baseline",),
    "building.certificates": ("certificate",),
    "building.files": ("Built",),
    "building.letterheads": ("letterhead",),
    "building.verdicts": ("Compliance", "compliance_of"),
    "building.versions": ("Compared", "differences"),
    "checking.agreements": ("Checked", "check"),
    "certificates": ("deletion_certificate",),
    "compliance.assessment": ("Verdict", "assess"),
    "diagnostics": ("Diagnostic", "FindingsError", "Severity"),
    "diff.applying": ("ForeignChangeError",),
    "diff.comparison": ("Changes", "UnlikeError", "Version", "apply", "compare", "reverse"),
    "diff.redline": ("redline",),
    "document.bilingual": ("UnpairedError",),
    "document.codec": ("NotATreeError", "decode", "encode"),
    "document.nodes": ("Document", "Redline"),
    "document.parts": ("part_of", "parts_of"),
    "document.revisions": ("accept", "reject"),
    "errors": ("FileTroubleError", "OfficeFailedError", "OfficeMissingError", "SncDocsError", "UnknownChoiceError", "Wording"),
    "language": ("Language",),
    "matrices": ("compliance_report", "with_compliance_matrix"),
    "model.agreement": ("Agreement", "Baseline", "ClientFile"),
    "model.loading": ("Loaded", "LoadedBaseline", "load", "load_agreement"),
    "model.parts": ("AccountDeletion",),
    "model.schema": ("json_schema",),
    "readers.issued": ("NotIssuedError",),
    "records": ("issued_document", "issued_version", "record_of", "version_of"),
    "reporting.blanks": ("Blank", "blanks"),
    "reporting.markdown": ("report_markdown",),
    "reporting.page": ("report_page",),
    "writers": ("Format", "write"),
    "writers.docx.reference": ("ReferenceDocument", "UnusableReferenceError", "read_reference"),
}
_HOME_OF = {name: f"{__name__}.{home}" for home, names in _HOMES.items() for name in names}

__all__ = [
    "AccountDeletion",
    "Agreement",
    "AmendmentRefusedError",
    "Assembly",
    "Baseline",
    "Blank",
    "Built",
    "Changes",
    "Checked",
    "ClientFile",
    "Compared",
    "Compliance",
    "Diagnostic",
    "Document",
    "FileTroubleError",
    "FindingsError",
    "ForeignChangeError",
    "Format",
    "Language",
    "Loaded",
    "LoadedBaseline",
    "NotATreeError",
    "NotIssuedError",
    "OfficeFailedError",
    "OfficeMissingError",
    "Redline",
    "ReferenceDocument",
    "Severity",
    "SncDocsError",
    "UnknownChoiceError",
    "UnlikeError",
    "UnpairedError",
    "UnusableReferenceError",
    "Verdict",
    "Version",
    "Wording",
    "__version__",
    "accept",
    "amend",
    "apply",
    "assemble",
    "assess",
    "blanks",
    "build",
    "certificate",
    "check",
    "compare",
    "compliance_of",
    "compliance_report",
    "decode",
    "deletion_certificate",
    "differences",
    "encode",
    "inspect",
    "issued_document",
    "issued_version",
    "json_schema",
    "letterhead",
    "load",
    "load_agreement",
    "load_baseline",
    "part_of",
    "parts_of",
    "read_reference",
    "record_of",
    "redline",
    "reject",
    "report_markdown",
    "report_page",
    "reverse",
    "side_by_side",
    "version_of",
    "with_compliance_matrix",
    "write",
]


def __getattr__(name: str) -> Any:
    """Import a public name from the module that holds it; AttributeError for any other."""
    if name not in _HOME_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = globals()[name] = getattr(import_module(_HOME_OF[name]), name)
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
