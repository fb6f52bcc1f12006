"""The letter to the client's main contact, and the form for an answer where the client has to accept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from snc_docs.amendment.facts import Amendment, main_contact
from snc_docs.amendment.words import PackageWords
from snc_docs.diff.changes import ClauseKind
from snc_docs.diff.showing import Entry, clause_entries, data_entries
from snc_docs.document.nodes import (
    EMPTY_BOX,
    Block,
    BulletList,
    Fact,
    Facts,
    FillIn,
    Inline,
    ListItem,
    Paragraph,
    Section,
    Signatory,
    Signatures,
    Text,
    Value,
)
from snc_docs.document.walk import sections_of
from snc_docs.language.known import words_of
from snc_docs.model.commitments import ChangeAcceptance
from snc_docs.model.party import Party

# Files are attached, not told: what they are is told by the data beside them.
_FILES: Final = ("attachments", "certificate.file")


def letter(amendment: Amendment, words: PackageWords) -> Section:
    """Return the notice letter, or the letter that proposes a change which the client has to accept."""
    acceptance = amendment.acceptance
    kind = "notice" if acceptance is None else "proposal"
    sentence = kind if acceptance is not None or amendment.keeps_notice else "short-notice"
    blocks: list[Block] = [_addresses(amendment, words), Paragraph(words.inlines("letter", sentence))]
    if acceptance is not None:
        blocks += [Paragraph(words.inlines("letter", name)) for name in _about_the_answer(acceptance)]
    blocks += [
        Paragraph((Text(words.plain("letter", "changes")),)),
        _bullets([(Text(line),) for line in summary(amendment, words)]),
        Paragraph((Text(words.plain("letter", "attached")),)),
        _bullets(list(_attached(words, answer=acceptance is not None))),
        _signature(words, "letter", "for-provider", amendment.new.agreement.provider, dated=True),
    ]
    return Section("letter", "unnumbered", (Text(words.plain("letter", f"title-{kind}")),), tuple(blocks))


def _about_the_answer(acceptance: ChangeAcceptance) -> Iterator[str]:
    """Yield the names of the sentences on the client's answer: only what the version in force says of it."""
    if acceptance.answer is not None:
        yield "answer"
    if acceptance.silence is not None:
        yield f"silence-{acceptance.silence.value}"
    if acceptance.refusal is not None:
        yield acceptance.refusal.value


def form(amendment: Amendment, words: PackageWords) -> Section:
    """Return the form by which the client accepts or refuses."""
    parties = (("provider", "provider"), ("client", "client"))
    blocks: list[Block] = [
        Facts(tuple(Fact((Text(words.plain("form", label)),), (Value(f"amendment.{name}", words.values[name]),)) for label, name in parties)),
        Paragraph(words.inlines("form", "statement")),
        Paragraph((Text(words.plain("form", "choose")),)),
        *(Paragraph(_choice(words.plain("form", choice), f"form.{choice}")) for choice in ("accepts", "refuses")),
    ]
    acceptance = amendment.acceptance
    if acceptance is not None and acceptance.answer is not None:
        blocks.append(Paragraph(words.inlines("form", "answer-by")))
    if acceptance is not None and acceptance.silence is not None:
        blocks.append(Paragraph(words.inlines("form", f"silence-{acceptance.silence.value}")))
    if amendment.is_signed_by_both:
        blocks.append(Paragraph((Text(words.plain("form", "sign")),), "notice"))
    blocks.append(_signature(words, "form", "for-client", amendment.new.agreement.client, dated=False))
    return Section("form", "unnumbered", (Text(words.plain("form", "title")),), tuple(blocks))


def _choice(text: str, path: str) -> tuple[Inline, ...]:
    """Return words that begin with a box as a box to tick and what ticking it says."""
    says = text.removeprefix(EMPTY_BOX)
    return (FillIn(path, says.strip(), "check"), Text(says)) if says != text else (Text(text),)


def summary(amendment: Amendment, words: PackageWords) -> list[str]:
    """Return what changes in short: the data that changed, then the clauses that did; those that went have their old numbers."""
    changes, language = amendment.changes, words.language
    told = zip(changes.data, data_entries(changes, language), strict=True)
    data = [_line(entry, language) for change, entry in told if entry.rating.weight != "editorial" and not change.place.path.startswith(_FILES)]
    moved = {change.id for change in changes.clauses[language] if change.kind is ClauseKind.MOVED}
    entries = [entry for entry in clause_entries(changes, language) if entry.rating.weight != "editorial" or entry.clause in moved]
    gone = {section.id for section in sections_of(amendment.old.documents[language].sections) if section.number} - {
        section.id for section in sections_of(amendment.new.documents[language].sections)
    }
    former = f" ({words.plain('letter', 'former-number')})"
    clauses = [f"{entry.about} – {entry.kind}{former if entry.clause in gone else ''}" for entry in entries if entry.clause]
    return [*data, *clauses]


def _line(entry: Entry, language: str) -> str:
    change = " → ".join(part for part in (entry.old, entry.new) if part)
    kind = f" – {entry.kind}" if entry.kind else ""
    return f"{entry.about}{kind}{words_of(language, '').colon}{change}"


def _addresses(amendment: Amendment, words: PackageWords) -> Facts:
    agreement = amendment.new.agreement
    contact = main_contact(amendment.old.agreement, agreement)

    def known(path: str, value: str | None, label: str) -> tuple[Inline, ...]:
        return (Value(path, value),) if value else (FillIn(path, label),)

    path = "client_contacts[technical-account]"
    title = contact.job_title.in_language(words.language) if contact.job_title is not None else None
    rows = (
        ("from", (Value("provider.legal_name", agreement.provider.legal_name or ""),)),
        ("to", (*known(f"{path}.name", contact.name, words.plain("letter", "to")), Text(", "), Value("client.legal_name", words.values["client"]))),
        ("role", known(f"{path}.job_title", title, words.plain("letter", "role"))),
        ("email", known(f"{path}.email", contact.email, words.plain("letter", "email"))),
        ("date", (Value("amendment.notified", words.values["notified"]),)),
        ("subject", words.inlines("letter", "subject-text")),
    )
    return Facts(tuple(Fact((Text(words.plain("letter", label)),), inlines) for label, inlines in rows))


def _attached(words: PackageWords, *, answer: bool) -> Iterator[tuple[Inline, ...]]:
    for name in ("instrument", "consolidated", "redline", *(("form",) if answer else ())):
        yield words.inlines("letter", f"attached-{name}")


def _bullets(lines: list[tuple[Inline, ...]]) -> BulletList:
    return BulletList(tuple(ListItem((Paragraph(line),)) for line in lines))


def _signature(words: PackageWords, group: str, heading: str, party: Party, *, dated: bool) -> Signatures:
    """Return the signature block of one party, with what is known of its signatory; ``dated`` where the date stands elsewhere."""
    signatory = party.signatory
    title = signatory.title.in_language(words.language) if signatory.title is not None else ""
    known = (
        ("company", party.legal_name),
        ("name", signatory.name),
        ("position", title),
        *(() if dated else (("signed-on", None),)),
        ("signature", None),
    )
    rows = [Fact((Text(words.plain("form", name)),), (Value(f"signatory.{name}", text),) if text else ()) for name, text in known]
    return Signatures((Signatory((Text(words.plain(group, heading)),), tuple(rows)),))
