"""Two versions of one document as one, and what happened to its clauses.

Laws: ``accept(redline(old, new)) == new`` and ``reject(redline(old, new)) == old``. They are checked each time: a redline
that doesn't keep them is refused, never returned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import NamedTuple

from snc_docs.characters import NOT_IN_XML
from snc_docs.diff.changes import ClauseChange
from snc_docs.diff.log import clause_changes
from snc_docs.diff.merging import compared, merged_sections
from snc_docs.document.nodes import Document, Redline, Revised
from snc_docs.document.revisions import UnfaithfulRedlineError, accept, reject
from snc_docs.errors import UnknownChoiceError, Wording


class Merged(NamedTuple):
    """Two versions as one, and what happened to each clause, written down while they were merged."""

    redline: Redline
    clauses: tuple[ClauseChange, ...]


def redline(old: Document, new: Document, author: str = "", date: date | None = None) -> Redline:
    """Return two versions of one document as one, what changed as insertions and deletions.

    ``author`` and ``date`` (a moment with its time zone, or a day) say who revised and when; left out, they are the author
    and the date of the new version.

    UnknownChoiceError for versions in different languages, or an author that no file can name; UnfaithfulRedlineError should a law not hold.
    """
    return merged(old, new, author, date).redline


def merged(old: Document, new: Document, author: str = "", date: date | None = None) -> Merged:
    """Return the redline of two versions with what happened to their clauses; errors as of ``redline``."""
    _require_comparable(old, new, author)
    lines, parts = merged_sections(old.sections, new.sections)
    result = Redline(replace(old, sections=()), replace(new, sections=()), lines, _revised(new, author, date))
    for version, expected in ((accept(result), new), (reject(result), old)):
        if version != expected:
            raise UnfaithfulRedlineError(next(_differing(version, expected), ""))
    return Merged(result, clause_changes(parts, compared))


def _require_comparable(old: Document, new: Document, author: str) -> None:
    if (old.language, old.second) != (new.language, new.second):
        raise UnknownChoiceError(
            Wording(
                f"une version est en « {old.language} », l'autre en « {new.language} » : comparer deux versions d'une même langue.",
                f"one version is in '{old.language}', the other in '{new.language}': compare two versions in one language.",
            )
        )
    if NOT_IN_XML.search(author):
        raise UnknownChoiceError(
            Wording(
                "le nom de l'auteur contient un caractère de contrôle : le retirer.", "the author's name has a control character in it: remove it."
            )
        )


def _revised(new: Document, author: str, moment: date | None) -> Revised:
    """Return who revised and when, in UTC to the second, as Word keeps it (17.18.9)."""
    if isinstance(moment, datetime):
        moment = moment if moment.tzinfo is None else moment.astimezone(UTC)
        when = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    else:
        day = moment.isoformat() if moment is not None else new.properties.date
        when = f"{day}T00:00:00Z" if day else ""
    return Revised(author or new.properties.author, when)


def _differing(one: Document, other: Document) -> Iterator[str]:
    """Yield the identifiers of sections that differ."""
    yield from (section.id for section, match in zip(one.sections, other.sections, strict=False) if section != match)
