"""The redline of two versions of one document: a Document that holds both.

Laws: ``accept(redline(old, new)) == new`` and ``reject(redline(old, new)) == old``. They are checked each time: a redline
that doesn't keep them is refused, never returned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from snc_docs.diff.blocks import BlockMerger
from snc_docs.document.nodes import Document, Section
from snc_docs.document.revisions import accept, reject
from snc_docs.errors import SncDocsError, UnknownChoiceError, Wording


class UnfaithfulRedlineError(SncDocsError):
    """A redline that would not give back both versions; ``where`` names the section, "" for the document itself."""

    def __init__(self, where: str) -> None:
        """Say where the versions would be lost."""
        self.where = where
        super().__init__(
            Wording(
                f"le document de révision ne rendrait pas les deux versions ({where or 'document'}) ; le signaler avec les deux fichiers.",
                f"the redline would not give back both versions ({where or 'document'}); report it with both files.",
            )
        )


def redline(old: Document, new: Document) -> Document:
    """Return a document that holds both versions, what changed as insertions and deletions.

    UnknownChoiceError for versions in different languages; UnfaithfulRedlineError should a law not hold.
    """
    if (old.language, old.second) != (new.language, new.second):
        raise UnknownChoiceError(
            Wording(
                f"une version est en « {old.language} », l'autre en « {new.language} » : comparer deux versions d'une même langue.",
                f"one version is in '{old.language}', the other in '{new.language}': compare two versions in one language.",
            )
        )
    if old == new:
        return new
    merged = replace(new, sections=BlockMerger().sections(old.sections, new.sections), was=replace(old, sections=()))
    for version, expected in ((accept(merged), new), (reject(merged), old)):
        if version != expected:
            raise UnfaithfulRedlineError(next(_differing(version, expected), ""))
    return merged


def _differing(one: Document, other: Document) -> Iterator[str]:
    """Yield the identifiers of sections that differ."""
    pairs: list[tuple[Any, Any]] = list(zip(one.sections, other.sections, strict=False))
    yield from (section.id for section, match in pairs if isinstance(section, Section) and section != match)
