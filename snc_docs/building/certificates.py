"""What ``make-agreement certificate`` does but for the files: the deletion certificate of one closed account, in each language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from snc_docs.building.files import Built
from snc_docs.building.letterheads import letterhead
from snc_docs.certificates import deletion_certificate
from snc_docs.diagnostics import FindingsError
from snc_docs.language import LANGUAGES, Language
from snc_docs.model.agreement import Agreement
from snc_docs.model.loading import Loaded
from snc_docs.model.parts import AccountDeletion
from snc_docs.templating.folders import Layers
from snc_docs.writers import Format, file_name, write

if TYPE_CHECKING:
    from snc_docs.writers.docx.reference import ReferenceDocument


def certificate(
    agreement: Agreement | Loaded,
    deletion: AccountDeletion,
    *,
    languages: Sequence[Language] = (),
    form: Format = "docx",
    reference: ReferenceDocument | None = None,
    templates: Layers = None,
) -> Built:
    """Return the certificate in each language as ``make-agreement certificate`` writes it, below a folder for each.

    FindingsError for an agreement that promises no certificate, or days that are out of order; UnknownChoiceError names a language or format that
    there isn't.
    """
    loaded = Loaded.of(agreement)
    try:
        documents = {
            language: deletion_certificate(loaded.agreement, deletion, language, templates) for language in dict.fromkeys(languages or LANGUAGES)
        }
    except FindingsError as error:
        raise FindingsError(map(loaded.located, error.diagnostics)) from error
    shown = letterhead(loaded.agreement, reference)
    files = {Path(language, file_name("deletion-certificate", form)): write(document, form, shown) for language, document in documents.items()}
    return Built(files, (*loaded.findings, *(reference.findings if reference else ())))
