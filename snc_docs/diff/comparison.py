"""Two versions of an agreement compared at three depths: the data, the clauses, the words.

Laws: ``apply(compare(old, new), old) == new`` and ``apply(reverse(compare(old, new)), new) == old``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from snc_docs.diagnostics import Diagnostic
from snc_docs.diff.applying import ForeignChangeError, apply_data, reverse_data
from snc_docs.diff.changes import ClauseChange, WordChange, WordKind, reversed_clauses
from snc_docs.diff.data import DataChange, FieldChanged, ItemAdded, ItemMoved, ItemRemoved, data_changes
from snc_docs.diff.redline import merged
from snc_docs.diff.weights import LostStatement, Rating, heaviest, lost_statements, rate_clause, rate_data
from snc_docs.document.nodes import Document, Redline
from snc_docs.document.revisions import accept, is_empty, reject, turned
from snc_docs.errors import SncDocsError, UnknownChoiceError, Wording
from snc_docs.language import Language
from snc_docs.model.agreement import Agreement, Attachment
from snc_docs.model.base import Model
from snc_docs.model.commitments import AcceptanceForm, ChangeAcceptance
from snc_docs.model.kinds import Money
from snc_docs.model.parts import Notices
from snc_docs.model.paths import values_of
from snc_docs.model.periods import Period
from snc_docs.model.references import with_names

# The same words in so many places are one change, made throughout.
_THROUGHOUT: Final = 3


@dataclass(frozen=True, slots=True)
class Version:
    """One state of an agreement: its data and its document in each language.

    ``findings`` are what was met when it was read from a Word file: what was filled in in it.
    """

    agreement: Agreement
    documents: Mapping[Language, Document]
    # The file of its logo, of which the agreement here tells the digest alone; None for one that was read from a Word file.
    logo: Attachment | None = field(default=None, compare=False, repr=False)
    # The folders of clause files that it was made with, the uppermost first; none of one that was read from a Word file.
    layers: tuple[Path, ...] = field(default=(), compare=False, repr=False)
    findings: tuple[Diagnostic, ...] = field(default=(), compare=False, repr=False)
    # What was filled in in its Word files, by language and data path.
    filled: Mapping[Language, Mapping[str, str]] = field(default_factory=dict, compare=False, repr=False)

    def beside(self, other: Version) -> Version:
        """Return one version of two that were read from files in different languages, with the findings of both; UnlikeError where their data differs."""
        if other.agreement != self.agreement:
            raise UnlikeError(Wording("les deux fichiers n'ont pas les mêmes données", "the two files haven't the same data"))
        return replace(
            self,
            documents={**self.documents, **other.documents},
            findings=(*self.findings, *other.findings),
            filled={**self.filled, **other.filled},
        )


class UnlikeError(SncDocsError):
    """Two files that should be of one agreement have other data."""


@dataclass(frozen=True, slots=True)
class Throughout:
    """The same words replaced in many places: how many, and the headings of the clauses they are in."""

    old: str
    new: str
    count: int
    clauses: tuple[str, ...]
    rating: Rating


@dataclass(frozen=True)
class Changes:
    """Everything that changed between two versions: of the data, and in each language a redline and what happened to the clauses."""

    data: tuple[DataChange, ...]
    redlines: Mapping[Language, Redline]
    clauses: Mapping[Language, tuple[ClauseChange, ...]]
    # What each version says of notice: duties are counted by the old one's.
    notices: tuple[Notices, Notices]
    # … and of how the client accepts a change.
    acceptances: tuple[ChangeAcceptance | None, ChangeAcceptance | None] = (None, None)
    # … and of how long the client has to object to a third party that comes.
    objections: tuple[Period | None, Period | None] = (None, None)

    @cached_property
    def is_empty(self) -> bool:
        """Whether both versions are the same."""
        return not self.data and all(map(is_empty, self.redlines.values()))

    def redline_in(self, language: Language) -> Redline:
        """Return the redline of one language; UnknownChoiceError for one that isn't compared."""
        if language not in self.redlines:
            known = ", ".join(self.redlines) or "–"
            raise UnknownChoiceError(
                Wording(f"langue non comparée « {language} » : prendre {known}.", f"language not compared '{language}': take one of {known}.")
            )
        return self.redlines[language]

    @cached_property
    def ratings(self) -> Ratings:
        """How much each change weighs, rated once."""
        clauses = {language: tuple((change, rate_clause(change)) for change in changes) for language, changes in self.clauses.items()}
        return Ratings(
            tuple((change, rate_data(change)) for change in self.data),
            clauses,
            {language: tuple(_made_throughout(rated)) for language, rated in clauses.items()},
            tuple(fact for redline in self.redlines.values() for fact in lost_statements(reject(redline), accept(redline))),
        )

    def rated_data(self) -> tuple[tuple[DataChange, Rating], ...]:
        """Return the changes of the data with their ratings."""
        return self.ratings.data

    def rated_clauses(self, language: Language) -> tuple[tuple[ClauseChange, Rating], ...]:
        """Return what happened to the clauses of one language, with ratings."""
        return self.ratings.clauses[language]

    def throughout(self, language: Language) -> tuple[Throughout, ...]:
        """Return the words that were replaced by the same words in many places of one language; they weigh as the heaviest of their clauses."""
        return self.ratings.throughout[language]

    def single_words(self, language: Language, change: ClauseChange) -> tuple[WordChange, ...]:
        """Return the changes of words of a clause that weren't made throughout."""
        everywhere = {(each.old, each.new) for each in self.throughout(language)}
        return tuple(words for words in change.words if (words.old, words.new) not in everywhere)

    def forbidden(self) -> tuple[Forbidden, ...]:
        """Return what lowers a protected level, which the agreement may forbid: what people call it, and why."""
        rated = (each for changes in self.ratings.clauses.values() for each in changes)
        found = [(change.place.wording(), rating.forbidden) for change, rating in self.ratings.data if rating.forbidden]
        found += [(Wording(change.was, change.was), rating.forbidden) for change, rating in rated if rating.forbidden]
        return tuple(dict.fromkeys((*found, *((each.what, each.why) for each in self.ratings.lost))))

    def duties(self) -> tuple[str, ...]:
        """Return the names of the duties that the changes trigger, each once, those of the data first."""
        ratings = [rating for _, rating in self.ratings.data]
        ratings += [rating for rated in self.ratings.clauses.values() for _, rating in rated]
        found = dict.fromkeys(rating.duty for rating in ratings if rating.duty != "none")
        if not found.keys().isdisjoint(_OF_UPDATES):
            found |= dict.fromkeys(("notice",))
        if self.objections[0] is not None and any(isinstance(each, ItemAdded) and each.place.path in _THIRD_PARTIES for each in self.data):
            found |= dict.fromkeys(("objection",))
        return tuple(found)

    @property
    def is_signed_by_both(self) -> bool:
        """Whether the old version has both parties sign such a change: any change, or one of prices."""
        asked = self.acceptances[0]
        if asked is None:
            return False
        return asked.form is AcceptanceForm.SIGNED_AMENDMENT or (asked.form is AcceptanceForm.SIGNED_FOR_PRICES and self.changes_amounts)

    @cached_property
    def changes_amounts(self) -> bool:
        """Whether an amount of money is another, or came or went: any may be a price; a party's capital is none."""
        found = (each for each in self.data if not each.place.path.endswith("share_capital"))
        return any(isinstance(value, Money) for change in found for value in _values(change))


# What the client is told of is an update of the agreement besides, which its article on changes rules.
_OF_UPDATES: Final = ("third-party-notice", "within-delay")
_THIRD_PARTIES: Final = ("third_parties.others", "third_parties.data_centres")


def _values(change: DataChange) -> Iterator[object]:
    """Yield every value that a change is about, those inside an item too."""
    match change:
        case FieldChanged():
            yield from (change.old, change.new)
        case ItemAdded() | ItemRemoved():
            yield change.item
            if isinstance(change.item, Model):
                yield from (value for _, value in values_of(change.item))
        case ItemMoved():
            return


# What people call something that may not change, and why.
Forbidden = tuple[Wording, Wording]


@dataclass(frozen=True, slots=True)
class Ratings:
    """The changes with what they weigh, the clauses by language; the words replaced throughout; and the protected facts that were lost."""

    data: tuple[tuple[DataChange, Rating], ...]
    clauses: Mapping[Language, tuple[tuple[ClauseChange, Rating], ...]]
    throughout: Mapping[Language, tuple[Throughout, ...]]
    lost: tuple[LostStatement, ...]


def compare(old: Version, new: Version, author: str = "", date: date | None = None) -> Changes:
    """Return what changed from one version to another, in the languages that both have; ``author`` and ``date`` are those of the redlines.

    UnknownChoiceError where they have none in common.
    """
    languages = [language for language in old.documents if language in new.documents]
    if not languages and old.documents and new.documents:
        raise UnknownChoiceError(Wording("les deux versions n'ont aucune langue en commun.", "the two versions have no language in common."))
    both = {language: merged(old.documents[language], new.documents[language], author, date) for language in languages}
    return Changes(
        data_changes(with_names(old.agreement), with_names(new.agreement)),
        {language: each.redline for language, each in both.items()},
        {language: each.clauses for language, each in both.items()},
        (old.agreement.notices, new.agreement.notices),
        (old.agreement.commitments.change_acceptance, new.agreement.commitments.change_acceptance),
        (old.agreement.commitments.objection, new.agreement.commitments.objection),
    )


def apply(changes: Changes, old: Version) -> Version:
    """Return the new version of ``old``; ForeignChangeError where the changes start from something else."""
    for language, document in changes.redlines.items():
        if old.documents.get(language) != reject(document):
            raise ForeignChangeError(language)
    return Version(apply_data(changes.data, old.agreement), {language: accept(document) for language, document in changes.redlines.items()})


def reverse(changes: Changes) -> Changes:
    """Return the changes that lead back."""
    return Changes(
        reverse_data(changes.data),
        {language: turned(document) for language, document in changes.redlines.items()},
        {language: reversed_clauses(clauses) for language, clauses in changes.clauses.items()},
        changes.notices[::-1],
        changes.acceptances[::-1],
        changes.objections[::-1],
    )


def _made_throughout(rated: Iterable[tuple[ClauseChange, Rating]]) -> Iterator[Throughout]:
    places: dict[tuple[str, str], list[tuple[str, Rating]]] = {}
    for change, rating in rated:
        for words in change.words:
            if words.kind is WordKind.WORDS and words.old and words.new:
                own = replace(rating, duty="none") if words.is_from_data else rating
                places.setdefault((words.old, words.new), []).append((change.now or change.was, own))
    for (old, new), found in places.items():
        if len(found) >= _THROUGHOUT:
            clauses = tuple(dict.fromkeys(clause for clause, _ in found))
            yield Throughout(old, new, len(found), clauses, heaviest([rating for _, rating in found]))
