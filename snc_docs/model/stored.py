"""An agreement's data as JSON and back: ``restored(stored(agreement)) == told(agreement)``.

Attached files are told by their digests: the documents show what is in them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from pydantic import ValidationError

from snc_docs.errors import SncDocsError, Wording
from snc_docs.kept import Kept, again
from snc_docs.model.agreement import DIGEST, Agreement, Attachment, Baseline, ClientFile, Joined
from snc_docs.model.attachments import files_of
from snc_docs.model.base import Model
from snc_docs.model.party import OF_A_RECORD
from snc_docs.model.sharing import spelled
from snc_docs.shelf import TEXT, shelved


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


# Of the agreements that were written last, each in several languages; and of the parts that they are made of, which clients share.
_stored: Final[Kept[str]] = Kept(4)
_parts: Final[Kept[list[tuple[list[Any], str]]]] = Kept(4)


def stored(agreement: Agreement) -> str:
    """Return the data as JSON text."""
    return _stored.get(agreement, None, lambda: _joined(told(agreement)))


def _joined(agreement: Agreement) -> str:
    """Return what ``model_dump_json`` does, a part after the other: of most parts it was asked before."""
    parts = []
    for kind in (ClientFile, Baseline, Joined):
        values = [getattr(agreement, name) for name in kind.model_fields]
        parts.append(again(_parts.get(kind, None, list), values, partial(_dumped, kind, values)))
    return f"{{{','.join(part[1:-1] for part in parts)}}}"


def _dumped(kind: type[Model], values: list[Any]) -> str:
    part = kind.model_construct(**dict(zip(kind.model_fields, values, strict=True)))

    def depends() -> Iterator[str | bytes]:
        yield kind.__name__
        yield from map(spelled, values)
        yield from (file.content for file in files_of(part)) if isinstance(part, Joined) else ()

    return shelved("stored", TEXT, depends, partial(part.model_dump_json, context=OF_A_RECORD))


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
