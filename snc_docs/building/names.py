"""How the files of an agreement are called: by a pattern, whose own form is ``{language}/{part}``.

Names are made of ASCII letters, digits, dots and hyphens, which every system, mailbox and archive takes, and never of a name that Windows keeps for itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from snc_docs.document.parts import WHOLE
from snc_docs.errors import UnknownChoiceError, Wording
from snc_docs.model.agreement import Agreement
from snc_docs.patterns import regex

PATTERN: Final = "{language}/{part}"
FIELDS: Final = ("reference", "version", "client", "part", "language")
_FIELD: Final = regex(r"\{([^{}]*)\}")
# The whole agreement is called by what stands around its part: "REF-v1.0-fr", where an appendix is "REF-v1.0-appendix-a-fr".
_PART: Final = regex(r"(?<=[^/])[-_ .]\{part\}|(?<![^/])\{part\}[-_ .](?=[^/])")
_LITERAL: Final = regex(r"[\w\-. /]*", re.ASCII)
_UNSAFE: Final = regex(r"[^\w.-]+", re.ASCII)
_RESERVED: Final = regex(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST: Final = 80
_DRAFT: Final = "draft"


def file_name(text: str) -> str:
    """Return a name that every system takes for a file or folder, from a reference or the like: ``SNC/2026 0042`` gives ``SNC-2026-0042``."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = _UNSAFE.sub("-", ascii_only).strip("-. ")[:_LONGEST].strip("-. ")
    return f"{name}-" if _RESERVED.fullmatch(name) else name


def named(paths: Iterable[Path], pattern: str, agreement: Agreement) -> dict[Path, Path]:
    """Return the path of each file of an agreement (``fr/appendix-a.docx``) as a pattern has it; by ``PATTERN`` for an empty one.

    What the agreement doesn't say yet is ``draft``. UnknownChoiceError for a pattern with another field than ``FIELDS``, with what isn't a name, or by which
    two files would be one.
    """
    pattern = pattern or PATTERN
    require_pattern(pattern)
    found = {path: _name(path, pattern, agreement) for path in paths}
    if len(set(found.values())) < len(found):
        raise UnknownChoiceError(
            Wording(
                f"noms « {pattern} » : plusieurs fichiers auraient le même nom ; y mettre {{part}} et {{language}}.",
                f"names '{pattern}': several files would have one name; put {{part}} and {{language}} in it.",
            )
        )
    return found


def require_pattern(pattern: str) -> None:
    """Raise UnknownChoiceError for a pattern with another field than ``FIELDS``, or with what isn't a name."""
    unknown = [name for name in _FIELD.findall(pattern) if name not in FIELDS]
    known = ", ".join(f"{{{each}}}" for each in FIELDS)
    if unknown:
        raise UnknownChoiceError(
            Wording(
                f"noms « {pattern} » : {{{unknown[0]}}} est inconnu ; il y a {known}.",
                f"names '{pattern}': {{{unknown[0]}}} is unknown; there are {known}.",
            )
        )
    steps = PurePosixPath(pattern).parts
    if not _LITERAL.fullmatch(_FIELD.sub("", pattern)) or pattern.startswith("/") or pattern.endswith("/") or ".." in steps or not steps:
        raise UnknownChoiceError(
            Wording(
                f"noms « {pattern} » : un nom de fichier est attendu, fait de {known}, de lettres, de chiffres et de « - _ . / ».",
                f"names '{pattern}': the name of a file is expected, made of {known}, letters, digits and '- _ . /'.",
            )
        )


def _name(path: Path, pattern: str, agreement: Agreement) -> Path:
    text = _PART.sub("", pattern) if path.stem == WHOLE else pattern
    values = {
        "reference": agreement.document.reference,
        "version": agreement.document.version,
        "client": agreement.client.legal_name,
        "part": path.stem,
        "language": path.parent.name,
    }
    name = _FIELD.sub(lambda field: file_name(values[field[1]] or "") or _DRAFT, text)
    steps = [f"{each}-" if _RESERVED.fullmatch(each) else each for each in PurePosixPath(name).parts]
    return Path(*steps[:-1], f"{steps[-1]}{path.suffix}")
