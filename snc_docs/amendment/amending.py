"""What ``make-agreement amend`` does but for the files: the package by which one version takes the place of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from snc_docs.amendment.addressing import unaddressed
from snc_docs.amendment.facts import Amendment, AskedBy
from snc_docs.amendment.package import STAYING, package
from snc_docs.amendment.refusals import refusals, reservations
from snc_docs.building.files import Built
from snc_docs.building.versions import baseline_findings
from snc_docs.characters import NOT_IN_XML
from snc_docs.days import day_of, this_day
from snc_docs.diagnostics import Diagnostic, FindingsError, Severity
from snc_docs.diff.comparison import Version, compare
from snc_docs.diff.limits import office_limits
from snc_docs.diff.signed import as_signed
from snc_docs.errors import UnknownChoiceError, Wording
from snc_docs.language import LANGUAGES
from snc_docs.language.formats import language_name
from snc_docs.templating.folders import Layers

if TYPE_CHECKING:
    from snc_docs.writers.docx.reference import ReferenceDocument


class AmendmentRefusedError(FindingsError):
    """An amendment that can't be sent as it is; a written ``reason`` would let it pass."""


_NO_DATE: Final = Diagnostic.error(
    "amendment.no-date",
    Wording("la nouvelle version n'a pas de date d'effet", "the new version has no effective date"),
    Wording("l'écrire dans « document.effective_date »", "write it in 'document.effective_date'"),
    path="document.effective_date",
)


def amend(  # noqa: PLR0913  # what the command has options for
    old: Version,
    new: Version,
    *,
    notified_on: date | None = None,
    effective_on: date | None = None,
    asked_by: AskedBy = "provider",
    both_sign: bool = False,
    in_force_since: date | None = None,
    reason: str = "",
    author: str = "",
    reference: ReferenceDocument | None = None,
    templates: Layers = None,
    pdf: bool = False,
    today: date | None = None,
    doubts: Sequence[Diagnostic] = (),
) -> Built:
    """Return the package as ``make-agreement amend`` writes it, with its names and defaults; ``old`` is the version in force.

    ``notified_on`` is the day on which the client is told (``today``, this day by default), ``effective_on`` that of the new version by default.
    What the client asked for (``asked_by``) is an amendment that both sign; ``both_sign`` makes one of what the provider asks for too. No notice runs for either.
    ``in_force_since`` is the effective date of an ``old`` that left it to fill in.
    ``doubts`` are reasons of the caller's own against it, such as an ``old`` that isn't proved to be what was issued. AmendmentRefusedError lists all
    that stands against it, unless a ``reason`` is written, which the manifest keeps; FindingsError where no day of effect is known;
    UnknownChoiceError for another ``asked_by``. With ``pdf`` each Word file but the redline is a PDF too, made by LibreOffice. Files are in the languages that both versions have; what ``new`` alone has is a finding.
    """
    if asked_by not in get_args(AskedBy):
        known = ", ".join(get_args(AskedBy))
        raise UnknownChoiceError(
            Wording(f"asked_by « {asked_by} » est inconnu : prendre l'un de {known}.", f"unknown asked_by '{asked_by}': take one of {known}.")
        )
    told = this_day(notified_on or today)
    old = _since(old, day_of(in_force_since))
    amendment = replace(amendment_between(old, new, told, day_of(effective_on), author, asked_by), has_both_sign=both_sign)
    return sent(amendment, reason=reason, reference=reference, templates=templates, pdf=pdf, doubts=doubts)


def _since(old: Version, day: date | None) -> Version:
    """Return a version with the effective date that was filled in by hand, where it says none itself."""
    document = old.agreement.document
    if day is None or document.effective_date is not None:
        return old
    return replace(old, agreement=old.agreement.model_copy(update={"document": document.model_copy(update={"effective_date": day})}))


def amendment_between(
    old: Version, new: Version, notified_on: date, effective_on: date | None = None, author: str = "", asked_by: AskedBy = "provider"
) -> Amendment:
    """Return the amendment by which one version takes the place of another; FindingsError where no day of effect is known."""
    old = as_signed(old, new)
    return Amendment(old, new, compare(old, new, author, notified_on), notified_on, _effective_day(new, effective_on), asked_by)


def sent(
    amendment: Amendment,
    *,
    reason: str = "",
    reference: ReferenceDocument | None = None,
    templates: Layers = None,
    pdf: bool = False,
    doubts: Sequence[Diagnostic] = (),
) -> Built:
    """Return the package of an amendment; AmendmentRefusedError as ``amend`` raises it."""
    written = _printable(reason)
    against = [*doubts, *refusals(amendment)]
    if against and not written:
        raise AmendmentRefusedError(against)
    files = package(amendment, templates, reference, against, written, pdf=pdf)
    whole = tuple(Path(path) for path in files if path.name not in STAYING)
    return Built({Path(path): content for path, content in files.items()}, tuple(warnings_of(amendment, against)), whole=whole)


def warnings_of(amendment: Amendment, against: Sequence[Diagnostic] = ()) -> list[Diagnostic]:
    """Return what the versions were read with, the refusals that a reason overrode, what the letter lacks, and what LibreOffice settles wrong in the redlines."""
    limits = dict.fromkeys(finding for each in amendment.changes.redlines.values() for finding in office_limits(each))
    return [
        *amendment.old.findings,
        *amendment.new.findings,
        *(replace(finding, severity=Severity.WARNING) for finding in against),
        *reservations(amendment),
        *baseline_findings(amendment.old, amendment.new),
        *unaddressed(amendment),
        *_one_sided(amendment),
        *limits,
    ]


def _one_sided(amendment: Amendment) -> Iterator[Diagnostic]:
    """Yield, for information, the languages in which the new version alone is: nothing is made in them."""
    for language in sorted(amendment.new.documents.keys() - amendment.old.documents.keys()):
        named = Wording(*(language_name(language, each) for each in LANGUAGES))
        yield Diagnostic(
            "amendment.language",
            Severity.INFO,
            Wording(
                f"rien n'est écrit en {named.fr} : l'ancienne version n'est pas donnée dans cette langue",
                f"nothing is written in {named.en}: the old version isn't given in that language",
            ),
            Wording("donner pour elle le fichier Word émis dans cette langue", "for that one give the Word file that was issued in that language"),
        )


def _effective_day(new: Version, given: date | None) -> date:
    """Return the day on which the change takes effect; FindingsError where neither the data nor the caller says."""
    day = given or new.agreement.document.effective_date
    if day is None:
        raise FindingsError([_NO_DATE])
    return day


def _printable(reason: str) -> str:
    """Return a reason as the manifest keeps it; UnknownChoiceError where a file can't hold it."""
    if NOT_IN_XML.search(reason):
        raise UnknownChoiceError(
            Wording(
                "le motif (--override) contient un caractère de contrôle : le retirer.",
                "the reason (--override) has a control character in it: remove it.",
            )
        )
    return reason.strip()
