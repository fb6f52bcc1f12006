"""Why an amendment can't be sent as it is: its dates, its versions, or what it changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from snc_docs.amendment.facts import Amendment
from snc_docs.amendment.instrument import changed_clauses
from snc_docs.building.procedure import unlike_data
from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.diff.weights import rate_data
from snc_docs.errors import Wording
from snc_docs.language import LANGUAGES
from snc_docs.language.formats import date_text
from snc_docs.model.agreement import ClientFile
from snc_docs.model.party import Party
from snc_docs.paths import DataPath
from snc_docs.patterns import regex
from snc_docs.values import text_of


def refusals(amendment: Amendment) -> list[Diagnostic]:
    """Return every reason against an amendment, each with the way out."""
    return [finding for finding in _found(amendment) if finding.severity is Severity.ERROR]


def reservations(amendment: Amendment) -> list[Diagnostic]:
    """Return what is to be known before an amendment is signed, and doesn't stand against it."""
    return [finding for finding in _found(amendment) if finding.severity is not Severity.ERROR]


def _found(amendment: Amendment) -> list[Diagnostic]:
    return [finding for rule in _RULES for finding in rule(amendment)]


def _no_change(amendment: Amendment) -> Iterator[Diagnostic]:
    """Data that no clause prints changes nothing: the instrument would announce changes and have none."""
    if not changed_clauses(amendment):
        yield Diagnostic.error(
            "amendment.nothing",
            Wording("les deux versions disent la même chose", "the two versions say the same"),
            Wording("donner en second une version qui change quelque chose", "give second a version that changes something"),
        )


def _notice(amendment: Amendment) -> Iterator[Diagnostic]:
    notice = amendment.old.agreement.notices.change
    is_agreed = amendment.is_asked_by_client or amendment.has_both_sign
    if notice is not None and not is_agreed and amendment.effective_on < amendment.earliest:
        days = [(date_text(amendment.effective_on, language), date_text(amendment.earliest, language)) for language in LANGUAGES]
        yield Diagnostic.error(
            "amendment.notice",
            Wording(
                f"le {days[0][0]} ne respecte pas le préavis de {text_of(notice, 'fr')}",
                f"{days[1][0]} doesn't keep the notice of {text_of(notice, 'en')}",
            ),
            Wording(f"retenir au plus tôt le {days[0][1]}", f"take {days[1][1]} at the earliest"),
            path="document.effective_date",
        )


def _procedure(amendment: Amendment) -> Iterator[Diagnostic]:
    """What one party may do by itself is what the article on changes of the version in force says, not what its data says."""
    if amendment.is_signed_by_both or amendment.is_news:
        return
    old = amendment.old
    for message in dict.fromkeys(each for document in old.documents.values() for each in unlike_data(old.agreement, document)):
        yield Diagnostic.error(
            "amendment.procedure",
            Wording(f"version en vigueur : {message.fr}", f"version in force: {message.en}"),
            Wording(
                "faire signer cet avenant par les deux Parties (--both-sign), et mettre dans le socle ce que dit l'article",
                "have both Parties sign this amendment (--both-sign), and put into the baseline what the article says",
            ),
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


def _calendar(amendment: Amendment) -> Iterator[Diagnostic]:
    """A notice, or the time for an answer, that runs to the end of the calendar isn't one."""
    if date.max in (amendment.earliest, amendment.answer_by):
        yield Diagnostic.error(
            "amendment.beyond-calendar",
            Wording("le préavis ou le délai de réponse dépasse le calendrier", "the notice or the time to answer runs beyond the calendar"),
            Wording("donner le vrai jour avec --notified-on", "give the real day with --notified-on"),
        )


# What a client file says: only that can be what a client asked for.
_OF_CLIENT_FILE: Final = frozenset((*ClientFile.model_fields, "deviations"))


def _not_asked(amendment: Amendment) -> Iterator[Diagnostic]:
    """What the provider changed isn't what the client asked for, whatever is said on the command line."""
    if not amendment.is_asked_by_client:
        return
    own = {DataPath(each).steps[0] for each in (*amendment.old.agreement.deviations, *amendment.new.agreement.deviations)}
    others = [
        each
        for each in amendment.changes.data
        if each.place.path.steps[0] not in _OF_CLIENT_FILE | own | {"declared", "facts", "baseline"} and rate_data(each).weight != "editorial"
    ]
    if others:
        listed = Wording(*(", ".join(dict.fromkeys(each.place.wording()[index] for each in others)) for index in range(2)))
        yield Diagnostic(
            "amendment.not-asked",
            Severity.WARNING,
            Wording(
                f"« à votre demande » porterait aussi sur ce que le socle change : {listed.fr}",
                f"'at your request' would also be said of what the baseline changes: {listed.en}",
            ),
            Wording(
                "construire la demande du client sur le socle de la version en vigueur, ou l'envoyer sans --asked-by client (--both-sign)",
                "build what the client asked for on the baseline of the version in force, or send it without --asked-by client (--both-sign)",
            ),
        )


def _renamed(amendment: Amendment) -> Iterator[Diagnostic]:
    """A party isn't renamed by the other's notice: it is the one that has to say so."""
    old, new = amendment.old.agreement.client, amendment.new.agreement.client
    known = old.legal_name is not None and new.legal_name is not None
    if amendment.acceptance is None and known and _plain(old.legal_name) != _plain(new.legal_name):
        yield Diagnostic.error(
            "amendment.client-renamed",
            Wording(
                f"le Client change de nom (« {old.legal_name} » devient « {new.legal_name} »), ce qu'une notification du Prestataire ne peut pas faire",
                f"the Client has another name ('{old.legal_name}' becomes '{new.legal_name}'), which a notice of the Service Provider can't bring about",
            ),
            Wording("faire signer un avenant aux deux Parties", "have both Parties sign an amendment"),
            path="client.legal_name",
        )


def _same_agreement(amendment: Amendment) -> Iterator[Diagnostic]:
    old, new = amendment.old.agreement, amendment.new.agreement
    for label, was, now in (
        (Wording("la référence", "the reference"), old.document.reference, new.document.reference),
        (Wording("le prestataire", "the service provider"), *_identities(old.provider, new.provider)),
        (Wording("le client", "the client"), *_identities(old.client, new.client)),
    ):
        if was is None:
            yield _not_successor(
                Wording(
                    f"l'ancienne version ne dit pas {label.fr} : rien ne dit que la nouvelle lui succède",
                    f"the old version doesn't say {label.en}: nothing says that the new one follows it",
                ),
                Wording(
                    "donner le document tel qu'émis, ou un ancien fichier qui le dit",
                    "give the document as it was issued, or an old file that says it",
                ),
            )
        elif was != now:
            yield _not_successor(
                Wording(f"{label.fr} diffère : « {was} », « {now or '–'} »", f"{label.en} differs: '{was}', '{now or '–'}'"),
                Wording("comparer deux versions d'une même convention", "compare two versions of one agreement"),
            )


def _later(amendment: Amendment) -> Iterator[Diagnostic]:
    old, new = amendment.old.agreement, amendment.new.agreement
    if not _follows(old.document.version, new.document.version):
        yield _not_successor(
            Wording(
                f"la version « {new.document.version or '–'} » ne suit pas la version « {old.document.version or '–'} »",
                f"version '{new.document.version or '–'}' doesn't follow version '{old.document.version or '–'}'",
            ),
            Wording("donner un numéro de version plus élevé dans « document.version »", "give a higher number in 'document.version'")
            if old.document.version
            else Wording("donner « document.version » dans l'ancien fichier", "give 'document.version' in the old file"),
        )
    began = old.document.effective_date
    # What both sign changes an agreement that they have signed, in force or not yet.
    if began is not None and amendment.notified_on < began and not amendment.is_signed_by_both:
        told = amendment.notified_on
        yield _not_successor(
            Wording(
                f"la version à modifier n'est en vigueur qu'à compter du {began}, et la notification serait du {told}",
                f"the version to amend is in force from {began} on, and the notice would be of {told}",
            ),
            Wording(f"donner --notified-on {began}, ou un jour postérieur", f"give --notified-on {began}, or a later day"),
        )
    if began is not None and began >= amendment.effective_on:
        yield _not_successor(
            Wording("la nouvelle version ne prend pas effet après l'ancienne", "the new version doesn't take effect after the old one"),
            Wording("corriger « document.effective_date » de l'une ou de l'autre", "mend 'document.effective_date' of one or the other"),
        )


def _begun(amendment: Amendment) -> Iterator[Diagnostic]:
    """The version to amend says since when it is in force, or somebody has to."""
    if amendment.old.agreement.document.effective_date is None:
        yield Diagnostic.error(
            "amendment.no-start",
            Wording(
                "l'ancienne version ne dit pas sa date d'effet, laissée à remplir : rien ne dit depuis quand elle est en vigueur",
                "the old version doesn't say its effective date, which was left to fill in: nothing says since when it has been in force",
            ),
            Wording(
                "donner la date remplie à la main : « make-agreement amend … --in-force-since DATE »",
                "give the date that was filled in by hand: 'make-agreement amend … --in-force-since DATE'",
            ),
            path="document.effective_date",
        )


def _identities(old: Party, new: Party) -> tuple[str | None, str | None]:
    """Return what tells whether two parties are one: a number of both, the first of either where none is, or their names while the older has none."""
    was, now = _registered(old), _registered(new)
    if not was:
        return _plain(old.legal_name), _plain(new.legal_name)
    shared = next((number for number in was if number in now), None)
    return (shared, shared) if shared is not None else (was[0], now[0] if now else None)


def _registered(party: Party) -> list[str]:
    """Return a party's numbers without the code of its country before them."""
    return [number.removeprefix(party.country or "") for number in party.numbers()]


def _plain(name: str | None) -> str | None:
    """Return a name whatever its spaces and capitals: another setting of it is no other name."""
    return " ".join(name.split()).casefold() if name is not None else None


def _not_successor(message: Wording, hint: Wording) -> Diagnostic:
    return Diagnostic.error("amendment.successor", message, hint)


def _follows(old: str | None, new: str | None) -> bool:
    """Return whether a version comes after another: by their numbers, else by being another; a draft comes before what it is a draft of."""
    if not old or not new:
        return False
    (numbers, rank), (others, other_rank) = _order(old), _order(new)
    if not numbers and (not others or (not rank[0] and rank <= other_rank)):
        return old != new  # a draft without a number is one of whatever comes next
    return bool(numbers and others) and (numbers, rank) < (others, other_rank)


def _order(version: str) -> tuple[list[int], tuple[int, list[int]]]:
    """Return what orders versions: their numbers, then drafts by theirs, then the version itself; "1.0 draft 2" and "draft 1.0" are both drafts of 1.0."""
    draft = _DRAFT.search(version)
    if draft is None:
        return _numbers(version), (1, [])
    before, behind = _numbers(version[: draft.start()]), _numbers(version[draft.end() :])
    return (before, (0, behind)) if before else (behind, (0, []))


def _numbers(text: str) -> list[int]:
    """Return the numbers of a version; 1.0.0 is 1.0, and 1."""
    numbers = [int(number) for number in re.findall(r"[0-9]{1,18}", text)]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return numbers


# What people write behind the number of a version that isn't final yet.
_DRAFT: Final = regex(
    r"(?<![a-z])(?:draft|brouillon|projet|provisoire|version de travail|alpha|beta|bêta|rc|wip|pre|pré|dev|a|b)(?![a-z])", re.IGNORECASE
)


def _contacts(amendment: Amendment) -> Iterator[Diagnostic]:
    """A contact that was known stays so: the agreement says that contacts given before remain valid."""
    old, new = (
        Counter(contact.role for contact in agreement.client_contacts if not contact.is_blank())
        for agreement in (amendment.old.agreement, amendment.new.agreement)
    )
    for role, count in old.items():
        if new[role] < count:
            yield Diagnostic.error(
                "amendment.contact-lost",
                Wording(f"le contact « {role.wording.fr} », connu, ne l'est plus", f"the contact '{role.wording.en}' was known and no longer is"),
                Wording("le reprendre dans le nouveau fichier client", "give it in the new client file as well"),
                path=f"client_contacts[{role.value}]",
            )


def _certificate(amendment: Amendment) -> Iterator[Diagnostic]:
    """A certificate with other facts is another file."""
    old, new = amendment.old.agreement, amendment.new.agreement
    facts = [(each.certificate.reference, each.certificate.issued_on, each.certificate.expires_on) for each in (old, new)]
    if facts[0] != facts[1] and new.attachments and old.attachments == new.attachments:
        yield Diagnostic.error(
            "amendment.certificate",
            Wording(
                "la référence ou les dates de l'attestation changent, pas son fichier",
                "the certificate has another reference or other dates, and the same file",
            ),
            Wording("joindre la nouvelle attestation", "attach the new certificate"),
            path="certificate.file",
        )


def _forbidden(amendment: Amendment) -> Iterator[Diagnostic]:
    """A protected level isn't lowered: never where the version in force says so, else not without the client's signature."""
    never = amendment.old.agreement.commitments.practices.security_never_lowered
    severity = Severity.WARNING if amendment.is_signed_by_both and not never else Severity.ERROR
    why = _BY_AGREEMENT if never else _PROTECTED
    marks = {each.what: each.fact for each in amendment.changes.ratings.lost}
    for where, reason in amendment.changes.forbidden():
        message = Wording(f"« {where.fr} » : {reason.fr}, {why.fr}", f"'{where.en}': {reason.en}, {why.en}")
        hint = _PUT_BACK if never else _HAVE_SIGNED if severity is Severity.ERROR else _AGREED
        yield Diagnostic("amendment.forbidden", severity, message, _or_mark(hint, marks[where]) if where in marks else hint)


def _or_mark(hint: Wording, fact: str) -> Wording:
    """Return what to do about a statement that was lost: the new words may say it, and not be marked."""
    return Wording(
        f"{hint.fr} ; si les nouveaux mots le disent, les marquer : [ces mots](says:{fact})",
        f"{hint.en}; if the new words say it, mark them: [these words](says:{fact})",
    )


_BY_AGREEMENT: Final = Wording("ce que la convention interdit", "which the agreement forbids")
_PROTECTED: Final = Wording("un niveau protégé qui ne s'abaisse que d'un commun accord", "a protected level, which may only be lowered by agreement")
_PUT_BACK: Final = Wording("rétablir ce niveau de protection", "put that level of protection back")
_HAVE_SIGNED: Final = Wording(
    "rétablir ce niveau de protection, ou l'abaisser par un avenant que les deux Parties signent (--both-sign)",
    "put that level of protection back, or lower it by an amendment that both Parties sign (--both-sign)",
)
_AGREED: Final = Wording(
    "vérifier que les Parties en sont bien convenues : elles signent cet avenant", "check that the Parties did agree on it: they sign this amendment"
)


_RULES: Final[tuple[Callable[[Amendment], Iterator[Diagnostic]], ...]] = (
    _no_change,
    _same_agreement,
    _later,
    _begun,
    _not_asked,
    _renamed,
    _calendar,
    _effective_date,
    _notice,
    _procedure,
    _contacts,
    _certificate,
    _forbidden,
)
