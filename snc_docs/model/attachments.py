"""Files that the data names: read whole, of a known type, and no larger than a cap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.inputs import MAX_BYTES
from snc_docs.model.agreement import Attachment, Baseline, Joined
from snc_docs.model.named_files import named_content
from snc_docs.model.paths import item_paths
from snc_docs.model.source import Source
from snc_docs.paths import DataPath

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# The type goes by what the file begins with, not by what its name ends with.
_SIGNATURES: Final = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"PK\x03\x04", DOCX))
# Readers look for a PDF's header in its first kilobyte (ISO 32000-1, annex H, note 13): what stands before it is passed over.
_PDF, _PDF_WITHIN = b"%PDF-", 1024
# [MS-CFB]: Word's old format, and what a password makes of the new one ([MS-OFFCRYPTO], stream EncryptedPackage in UTF-16).
_OLD_CONTAINER, _ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
_HINT: Final = Wording("donner un PDF, PNG, JPEG ou DOCX lisible, à côté du socle", "give a readable PDF, PNG, JPEG or DOCX, beside the baseline")

Refusal = tuple[Wording, Wording]


def read_attachment(source: Source, name: str) -> Attachment | Refusal:
    """Return the file that data names, or the message and hint of why it can't be used."""
    try:
        content = named_content(source, name, MAX_BYTES)
    except FileTroubleError as error:
        return error.wording, _HINT
    media_type = _media_type(content)
    if media_type is None:
        return _refusal(content, name)
    return Attachment.model_construct(name=name, media_type=media_type, content=content)  # the name is data that was validated


def _media_type(content: bytes) -> str | None:
    if content.find(_PDF, 0, _PDF_WITHIN + len(_PDF)) >= 0:
        return "application/pdf"
    return next((media_type for signature, media_type in _SIGNATURES if content.startswith(signature)), None)


def _refusal(content: bytes, name: str) -> Refusal:
    """Return why a file of no known type can't be used."""
    if not content.startswith(_OLD_CONTAINER):
        return Wording(f"« {name} » n'est ni PDF, ni PNG, ni JPEG, ni DOCX", f"'{name}' isn't PDF, PNG, JPEG or DOCX"), _HINT
    if _ENCRYPTED in content or not name.lower().endswith((".doc", ".dot")):
        return (
            Wording(f"« {name} » est protégé par un mot de passe", f"'{name}' is protected by a password"),
            Wording("l'enregistrer sans mot de passe, ou le donner en PDF", "save it without password, or give it as a PDF"),
        )
    return (
        Wording(f"« {name} » est dans l'ancien format de Word (.doc)", f"'{name}' is in Word's old format (.doc)"),
        Wording("l'enregistrer en .docx, ou le donner en PDF", "save it as .docx, or give it as a PDF"),
    )


def attached_files(baseline: Baseline, source: Source, findings: list[Diagnostic]) -> dict[str, Any]:
    """Return the files that the baseline names, by the fields of an agreement that hold them, with a finding for each that can't be used."""
    logo = _attached(source, [("logo.file", "baseline.logo", baseline.baseline.logo)], findings)
    return {"attachments": _attached(source, named_in(baseline), findings), "logo_file": next(iter(logo), None)}


# The rule of a finding on a file, the path that names it, and its name.
_Named = tuple[str, str, str | None]


def named_in(baseline: Baseline) -> list[_Named]:
    """Return the files that documents show in whole: the rule of a finding on each, the data path that names it, and its name."""
    named: list[_Named] = [("certificate.file", "certificate.file", baseline.certificate.file)]
    paths = item_paths("attestations", baseline.attestations)
    return named + [("attestation.file", f"{path}.file", each.file) for path, each in zip(paths, baseline.attestations, strict=True)]


def files_of(agreement: Joined) -> tuple[Attachment, ...]:
    """Return all files that a baseline names: those that are attached, and the logo."""
    return (*agreement.attachments, *((agreement.logo_file,) if agreement.logo_file is not None else ()))


def _attached(source: Source, named: Iterable[_Named], findings: list[Diagnostic]) -> tuple[Attachment, ...]:
    """Return files, each once, with a finding for each that can't be used."""
    attached: dict[str, Attachment] = {}
    for rule, where, name in named:
        if name is None or name in attached:
            continue
        result = read_attachment(source, name)
        if isinstance(result, Attachment):
            attached[name] = result
            continue
        message, hint = result
        path = DataPath(where)
        findings.append(Diagnostic(rule, Severity.ERROR, message, hint, source.file, source.known_line(path.steps), path))
    return tuple(attached.values())
