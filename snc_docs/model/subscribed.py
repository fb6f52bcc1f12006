"""The data that an agreement prints: where the client file says what is subscribed to, the rows for other services are left out.

The data itself keeps them, so that rules judge and versions compare all of it.
"""

from __future__ import annotations

from functools import partial
from typing import Final, TypeVar

from snc_docs.kept import Kept
from snc_docs.model.agreement import Agreement
from snc_docs.model.base import Model
from snc_docs.model.for_services import ForServices

M = TypeVar("M", bound=Model)
# Parts without the rows for other services, by the parts: clients who subscribe to the same share them, and what is made of them.
_parts: Final[Kept[Model | None]] = Kept(256)
# Parts of an agreement whose rows may be for some services alone.
_LIMITED: Final = ("third_parties", "commitments", "deletion_certificate")


def as_subscribed(agreement: Agreement) -> Agreement:
    """Return the agreement without the rows for services that its client doesn't subscribe to; as it is without subscriptions, or such rows."""
    subscribed = frozenset(each.service for each in agreement.subscriptions)
    if not subscribed:
        return agreement
    changed: dict[str, object] = {}
    for name in _LIMITED:
        part = getattr(agreement, name)
        shown = _parts.get(part, subscribed, partial(_without_others, part, subscribed)) if part is not None else None
        if shown is not part:
            changed[name] = shown
    attestations = _attestations(agreement, subscribed)
    if len(attestations) < len(agreement.attestations):
        changed["attestations"] = attestations
    return agreement.model_copy(update=changed) if changed else agreement


def _attestations(agreement: Agreement, subscribed: frozenset[str]) -> tuple[object, ...]:
    """Return the attestations to show; that of an underlying service is part of its row."""
    underlying = {each.attestation for each in agreement.underlying_services}
    return tuple(each for each in agreement.attestations if each.is_for(subscribed) or each.id in underlying)


def _without_others(part: M, subscribed: frozenset[str]) -> M | None:
    """Return a part without the rows for other services: the same object where it has none, None where a list that needs a row has none left."""
    changed: dict[str, object] = {}
    for name, value in part:
        if isinstance(value, Model):
            shown: object = _without_others(value, subscribed)
        elif isinstance(value, tuple) and value and isinstance(value[0], ForServices):
            kept = tuple(row for row in value if row.is_for(subscribed))
            shown = kept if len(kept) < len(value) else value
        else:
            continue
        if shown == () and type(part).model_fields[name].is_required():
            return None
        if shown is not value:
            changed[name] = shown
    return _whole(part.model_copy(update=changed)) if changed else part


def _whole(part: M) -> M:
    """Return a part without the rows that rest on others that are gone: penalties on the availability of a service."""
    penalties, services = getattr(part, "penalties", None), getattr(part, "services", None)
    if penalties is None or services is None:
        return part
    known = {each.id for each in services}
    return part.model_copy(update={"penalties": tuple(each for each in penalties if each.service in known)})
