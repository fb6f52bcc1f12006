"""The reference document with the provider's logo, where the baseline names one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement, Attachment

if TYPE_CHECKING:
    from snc_docs.writers.docx.reference import ReferenceDocument

_PATH = "baseline.logo"
_HINT = Wording("donner un PNG ou un JPEG lisible, à côté du socle", "give a readable PNG or JPEG, beside the baseline")


def letterhead(agreement: Agreement, reference: ReferenceDocument | None = None, file: Attachment | None = None) -> ReferenceDocument | None:
    """Return the reference document (our own by default) whose headers show the logo of the baseline; as it is where there is no logo.

    ``file`` is the logo where the agreement tells its digest alone; of one that comes from an issued Word file it isn't known, and isn't shown.
    FindingsError for a file that is no picture.
    """
    logo = file or agreement.logo_file
    if logo is None or logo.is_told:
        return reference
    from snc_docs.readers.drawn import UnreadableFileError, upright  # few baselines name one
    from snc_docs.writers.docx.letterhead import Logo, with_logo
    from snc_docs.writers.docx.reference import own_reference

    if not logo.media_type.startswith("image/"):
        raise FindingsError([_fault(Wording(f"« {logo.name} » n'est ni PNG ni JPEG", f"'{logo.name}' isn't PNG or JPEG"))])
    try:
        (picture,) = upright(logo.content, logo.name).pictures
    except UnreadableFileError as error:
        raise FindingsError([_fault(error.wording)]) from error
    shown = Logo(picture.content, picture.media_type, picture.width, picture.height, agreement.provider.legal_name or "")
    return with_logo(reference or own_reference(), shown)


def _fault(message: Wording) -> Diagnostic:
    return Diagnostic.error("logo.file", message, _HINT, path=_PATH)
