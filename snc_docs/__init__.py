"""SecNumCloud service agreements: typed data and templates in, French and English Word documents out.

>>> from snc_docs import load_agreement, assemble, write
>>> agreement = load_agreement("examples/outscale/client.yaml")
>>> word_file = write(assemble(agreement, language="fr"), "docx")
"""

from __future__ import annotations

from snc_docs.assembly import Assembly, assemble, deletion_certificate, inspect, part_of, parts_of
from snc_docs.diagnostics import Diagnostic, FindingsError, Severity
from snc_docs.document.codec import decode, encode
from snc_docs.document.nodes import Document
from snc_docs.errors import SncDocsError
from snc_docs.model.agreement import Agreement, Baseline, ClientFile
from snc_docs.model.loading import load_agreement
from snc_docs.model.parts import Deletion
from snc_docs.model.schema import json_schema
from snc_docs.writers import write
from snc_docs.writers.docx.reference import read_reference

__all__ = [
    "Agreement",
    "Assembly",
    "Baseline",
    "ClientFile",
    "Deletion",
    "Diagnostic",
    "Document",
    "FindingsError",
    "Severity",
    "SncDocsError",
    "assemble",
    "decode",
    "deletion_certificate",
    "encode",
    "inspect",
    "json_schema",
    "load_agreement",
    "part_of",
    "parts_of",
    "read_reference",
    "write",
]
