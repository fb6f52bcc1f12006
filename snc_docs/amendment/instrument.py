"""The amending instrument: article by article what is replaced, added or removed, by the numbers as signed.

Where paragraphs of a clause changed and all others stand as they were under their numbers, each is replaced by its new text; else the
clause or the part of one is, whole: nobody has to piece words together. What only has another number is one sentence. Tables, lists and
live links of the new text are as in the consolidated version.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from snc_docs.amendment.facts import Amendment
from snc_docs.amendment.quoting import MEANING, quotation, without_meaning
from snc_docs.amendment.replacing import paragraph_changes, place_of, replaced
from snc_docs.amendment.words import PackageWords
from snc_docs.diff.changes import ClauseChange, ClauseKind
from snc_docs.document.nodes import (
    Block,
    Document,
    Fact,
    Facts,
    Inline,
    Paragraph,
    Section,
    Signatures,
    Text,
    Value,
)
from snc_docs.document.walk import plain_text, rewrite, sections_of
from snc_docs.model.commitments import AcceptanceForm

# Clauses that an amendment has of its own.
OWN = frozenset(("cover", "signatures"))


def instrument(amendment: Amendment, words: PackageWords) -> tuple[Section, ...]:
    """Return the sections of the instrument, not yet numbered."""
    old, new = amendment.old.documents[words.language], amendment.new.documents[words.language]
    parties = next((section for section in new.sections if section.id == "parties"), None)
    changes: list[Block] = list(_changes(amendment, old, new, words))
    if not changes and changed_clauses(amendment):
        changes.append(_paragraph(words.inlines("instrument", "unchanged")))
    purpose = [_paragraph(words.inlines("instrument", name)) for name in ("purpose", *(("ground",) if words.values["ground"] else ()))]
    return (
        _cover(amendment, words),
        *_opening(amendment, parties, words),
        _clause("amendment-purpose", words, "purpose-title", *purpose),
        *((_clause("amendment-changes", words, "changes-title", *changes),) if changes else ()),
        _clause("amendment-effect", words, "effect-title", _paragraph(words.inlines("instrument", _effect(amendment)))),
        _clause("amendment-rest", words, "rest-title", _paragraph(words.inlines("instrument", "rest"))),
        *_signatures(amendment, new),
    )


def changed_clauses(amendment: Amendment) -> set[str]:
    """Return the identifiers of the clauses that changed in any language, those that an amendment has of its own left out."""
    return {change.id for clauses in amendment.changes.clauses.values() for change in clauses} - OWN


def _opening(amendment: Amendment, parties: Section | None, words: PackageWords) -> Iterator[Section]:
    """Yield what comes before the articles: the parties where both sign, else who tells whom."""
    if amendment.is_signed_by_both and parties is not None:
        yield _bare(parties)
    else:
        name = "notifies" if amendment.acceptance is None else "proposes"
        sentence = _paragraph(words.inlines("instrument", name))
        yield Section("amendment-opening", "unnumbered", (Text(words.plain("instrument", "opening-title")),), (sentence,))


def _cover(amendment: Amendment, words: PackageWords) -> Section:
    rows = (
        ("provider", "provider"),
        ("client", "client"),
        ("amended", "reference"),
        ("version", "old_version"),
        ("since", "since"),
        ("new-version", "new_version"),
        ("effective" if amendment.acceptance is None else "effective-earliest", "effective"),
    )
    facts = Facts(tuple(Fact((Text(words.plain("instrument", label)),), (Value(f"amendment.{name}", words.values[name]),)) for label, name in rows))
    return Section("amendment-cover", "cover", (Text(words.plain("instrument", f"title{amendment.suffix}")),), (facts,))


def _clause(identifier: str, words: PackageWords, title: str, *blocks: Block) -> Section:
    return Section(identifier, "clause", (Text(words.plain("instrument", title)),), blocks)


def _paragraph(inlines: tuple[Inline, ...]) -> Paragraph:
    return Paragraph(inlines)


def _effect(amendment: Amendment) -> str:
    if amendment.acceptance is None:
        return "by-notice" if amendment.names_notice else "by-short-notice"
    if amendment.acceptance.form is AcceptanceForm.GOVERNANCE_BODY:
        return "by-governance"
    if amendment.acceptance.form is AcceptanceForm.ACCEPTANCE:
        return "by-client"
    if amendment.is_asked_by_client:
        return "by-request"
    return "by-signature" if amendment.is_signed_by_both else "by-acceptance"


def _signatures(amendment: Amendment, new: Document) -> Iterator[Section]:
    """Yield the signatures: of both parties where both have to sign, else of the provider, whose column comes first."""
    for section in (section for section in new.sections if section.id == "signatures"):
        blocks = (
            block if amendment.is_signed_by_both or not isinstance(block, Signatures) else Signatures(block.columns[:1]) for block in section.blocks
        )
        yield replace(_bare(section), blocks=tuple(blocks))


def _changes(amendment: Amendment, old: Document, new: Document, words: PackageWords) -> Iterator[Section]:
    was, now = ({section.id: section for section in sections_of(document.sections)} for document in (old, new))
    renumbered: list[Block] = []
    told: set[str] = set()
    for change in amendment.changes.clauses[words.language]:
        if change.id in OWN or change.id in told:
            continue
        if change.kind is ClauseKind.RENUMBERED:
            renumbered.append(
                _paragraph(words.inlines("instrument", "renumbered", old=place_of(words, was[change.id]), new=place_of(words, now[change.id])))
            )
            continue
        told.add(change.id)
        kinds = [each.kind for each in amendment.changes.clauses[words.language] if each.id == change.id]
        section = now.get(change.id) or was[change.id]
        yield Section(f"amends-{len(told)}", "subsection", (Text(plain_text(section.title)),), tuple(_change(change, kinds, was, now, new, words)))
    if renumbered:
        yield Section("amends-numbers", "subsection", (Text(words.plain("instrument", "renumbered-title")),), tuple(renumbered))


def _change(
    change: ClauseChange, kinds: Sequence[ClauseKind], was: dict[str, Section], now: dict[str, Section], new: Document, words: PackageWords
) -> Iterator[Block]:
    """Yield the sentences on one clause, each with the text that it brings."""
    if change.kind is ClauseKind.REMOVED:
        yield _paragraph(words.inlines("instrument", "removed", place=place_of(words, was[change.id])))
        return
    section = now[change.id]
    if change.kind is ClauseKind.ADDED:
        before = _before(section.id, new, was)
        if before is None:
            yield _paragraph(words.inlines("instrument", "added-first", number=place_of(words, section)))
        else:
            name = "added-within" if section in _parts_of(now[before]) else "added-after"
            yield _paragraph(words.inlines("instrument", name, place=place_of(words, was[before]), number=place_of(words, section)))
        yield from quotation(section, words)
        return
    old = was[change.id]
    if ClauseKind.MOVED in kinds:
        before = _before(section.id, new, was)
        after = {"after": place_of(words, was[before])} if before is not None else {}
        sentence = "moved-after" if after else "moved-first"
        yield _paragraph(words.inlines("instrument", sentence, place=place_of(words, old), number=place_of(words, section), **after))
    if ClauseKind.REWORDED in kinds:
        yield from replaced(old, section, words)
    # Where a clause is quoted whole, its title is too.
    if ClauseKind.RETITLED in kinds and (ClauseKind.REWORDED not in kinds or paragraph_changes(old, section).numbers()):
        yield _paragraph(words.inlines("instrument", "retitled", place=place_of(words, old), title=plain_text(section.title)))


def _parts_of(section: Section) -> tuple[Section, ...]:
    """Return the sections that a section holds, at any depth."""
    return tuple(sections_of(tuple(block for block in section.blocks if isinstance(block, Section))))


def _before(identifier: str, new: Document, was: dict[str, Section]) -> str | None:
    """Return the identifier of the last section before an added one that the old version has too."""
    earlier = takewhile(lambda section: section.id != identifier, sections_of(new.sections))
    kept = [section.id for section in earlier if section.id in was and section.id not in OWN]
    return kept[-1] if kept else None


def _bare(section: Section) -> Section:
    return replace(rewrite(section, without_meaning, MEANING), covers=(), number="", label="")
