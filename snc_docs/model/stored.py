"""An agreement's data as JSON and back: ``restored(stored(agreement)) == told(agreement)``.

Attached files are told by their digests: the documents show what is in them.
"""

from __future__ import annotations

import hashlib
from typing import Final

from pydantic import ValidationError

from snc_docs.errors import SncDocsError, Wording
from snc_docs.kept import Kept
from snc_docs.model.agreement import DIGEST, Agreement, Attachment
from snc_docs.model.party import OF_A_RECORD


class NotAnAgreementError(SncDocsError):
    """JSON that isn't the data of an agreement of this version of the model; its wording is the reason alone."""

    exit_code = 2


def told(agreement: Agreement) -> Agreement:
    """Return the agreement with the digest of each attached file in the place of its content, and without the folders of this machine."""
    logo = _told(agreement.logo_file) if agreement.logo_file is not None else None
    files = {"attachments": tuple(map(_told, agreement.attachments)), "logo_file": logo}
    return agreement.model_copy(update=files).with_layers(())


def _told(file: Attachment) -> Attachment:
    return file if file.is_told else file.model_copy(update={"content": DIGEST + hashlib.sha256(file.content).hexdigest().encode()})


# Of the agreements that were written last, each in several languages.
_stored: Final[Kept[str]] = Kept(4)


def stored(agreement: Agreement) -> str:
    """Return the data as JSON text."""
    return _stored.get(agreement, None, lambda: told(agreement).model_dump_json(context=OF_A_RECORD))


def restored(text: str) -> Agreement:
    """Return the agreement that ``stored`` wrote; NotAnAgreementError for anything else."""
    try:
        return Agreement.model_validate_json(text, context=OF_A_RECORD)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise NotAnAgreementError(
            Wording(
                f"ces données ne sont pas celles d'une convention ({where} : {first['msg']})",
                f"this data isn't that of an agreement ({where}: {first['msg']})",
            )
        ) from error
