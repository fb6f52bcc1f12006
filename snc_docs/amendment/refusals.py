"""Why an amendment can't be sent as it is: its dates, its versions, or what it changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from snc_docs.amendment.facts import Amendment
from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.language.formats import date_text
from snc_docs.values import text_of


def refusals(amendment: Amendment) -> list[Diagnostic]:
    """Return every reason against an amendment, each with the way out."""
    return [finding for rule in _RULES for finding in rule(amendment)]


def _no_change(amendment: Amendment) -> Iterator[Diagnostic]:
    if amendment.changes.is_empty:
        yield Diagnostic.error(
            "amendment.nothing",
            Wording("les deux versions sont identiques", "the two versions are the same"),
            Wording("donner la nouvelle version en second", "give the new version second"),
        )


def _notice(amendment: Amendment) -> Iterator[Diagnostic]:
    if amendment.effective_on < amendment.earliest:
        notice = amendment.old.agreement.notices.change
        days = [(date_text(amendment.effective_on, language), date_text(amendment.earliest, language)) for language in ("fr", "en")]
        yield Diagnostic.error(
            "amendment.notice",
            Wording(
                f"le {days[0][0]} ne respecte pas le préavis de {text_of(notice, 'fr')}",
                f"{days[1][0]} doesn't keep the notice of {text_of(notice, 'en')}",
            ),
            Wording(f"retenir au plus tôt le {days[0][1]}", f"take {days[1][1]} at the earliest"),
            path="document.effective_date",
        )


def _effective_date(amendment: Amendment) -> Iterator[Diagnostic]:
    said = amendment.new.agreement.document.effective_date
    if said != amendment.effective_on:
        yield Diagnostic.error(
            "amendment.effective-date",
            Wording("la nouvelle version porte une autre date d'effet", "the new version has another effective date"),
            Wording(
                f'écrire « effective_date: "{amendment.effective_on}" » dans le fichier client, ou retirer --effective-on',
                f"write 'effective_date: \"{amendment.effective_on}\"' in the client file, or leave out --effective-on",
            ),
            path="document.effective_date",
        )


def _successor(amendment: Amendment) -> Iterator[Diagnostic]:
    old, new = amendment.old.agreement, amendment.new.agreement
    for label, was, now in (
        (Wording("la référence", "the reference"), old.document.reference, new.document.reference),
        (Wording("le prestataire (SIREN)", "the service provider (SIREN)"), old.provider.siren, new.provider.siren),
        (Wording("le client (SIREN)", "the client (SIREN)"), old.client.siren, new.client.siren),
    ):
        if was is None or was != now:
            yield _not_successor(
                Wording(
                    f"{label.fr} n'est pas la même : « {was or '–'} », « {now or '–'} »", f"{label.en} isn't the same: '{was or '–'}', '{now or '–'}'"
                ),
                Wording("comparer deux versions d'une même convention", "compare two versions of one agreement"),
            )
    if not _follows(old.document.version, new.document.version):
        yield _not_successor(
            Wording(
                f"la version « {new.document.version or '–'} » ne suit pas la version « {old.document.version or '–'} »",
                f"version '{new.document.version or '–'}' doesn't follow version '{old.document.version or '–'}'",
            ),
            Wording("donner un numéro de version plus élevé dans « document.version »", "give a higher number in 'document.version'"),
        )
    began = old.document.effective_date
    if began is None or began >= amendment.effective_on:
        yield _not_successor(
            Wording("la nouvelle version ne prend pas effet après l'ancienne", "the new version doesn't take effect after the old one"),
            Wording("corriger « document.effective_date » de l'une ou de l'autre", "mend 'document.effective_date' of one or the other"),
        )


def _not_successor(message: Wording, hint: Wording) -> Diagnostic:
    return Diagnostic.error("amendment.successor", message, hint)


def _follows(old: str | None, new: str | None) -> bool:
    """Return whether a version comes after another: by its numbers where both have some, else by being another."""
    if not old or not new:
        return False
    numbers, others = ([int(number) for number in re.findall(r"\d+", version)] for version in (old, new))
    return numbers < others if numbers and others else old != new


def _forbidden(amendment: Amendment) -> Iterator[Diagnostic]:
    for where, reason in amendment.changes.forbidden():
        yield Diagnostic.error(
            "amendment.forbidden",
            Wording(f"« {where.fr} » : {reason.fr}, ce que la convention interdit", f"'{where.en}': {reason.en}, which the agreement forbids"),
            Wording("rétablir ce niveau de protection", "put that level of protection back"),
        )


_RULES: Final[tuple[Callable[[Amendment], Iterator[Diagnostic]], ...]] = (_no_change, _successor, _effective_date, _notice, _forbidden)
