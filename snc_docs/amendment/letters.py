"""The letter to the client's main contact, and the form for an answer where the client has to accept."""

from __future__ import annotations

from collections.abc import Iterator

from snc_docs.amendment.facts import Amendment, main_contact
from snc_docs.amendment.words import Words
from snc_docs.diff.showing import Entry, clause_entries, data_entries
from snc_docs.document.nodes import Block, BulletList, Fact, Facts, FillIn, Inline, ListItem, Paragraph, Section, Signatory, Signatures, Text, Value
from snc_docs.language.labels import words_of
from snc_docs.model.agreement import Agreement


def letter(amendment: Amendment, words: Words) -> Section:
    """Return the notice letter, or the letter that proposes a change which the client has to accept."""
    acceptance = amendment.acceptance
    kind = "notice" if acceptance is None else "proposal"
    blocks: list[Block] = [_addresses(amendment.new.agreement, words), Paragraph(words.inlines("letter", kind))]
    if acceptance is not None:
        blocks.append(Paragraph(words.inlines("letter", acceptance.refusal.value)))
    blocks += [
        Paragraph((Text(words.plain("letter", "changes")),)),
        _bullets([(Text(line),) for line in summary(amendment, words.language)]),
        Paragraph((Text(words.plain("letter", "attached")),)),
        _bullets(list(_attached(words, answer=acceptance is not None))),
        _signature(words, "letter", "for-provider", amendment.new.agreement),
    ]
    return Section("letter", "unnumbered", (Text(words.plain("letter", f"title-{kind}")),), tuple(blocks))


def form(amendment: Amendment, words: Words) -> Section:
    """Return the form by which the client accepts or refuses."""
    blocks: list[Block] = [
        Paragraph(words.inlines("form", "statement")),
        Paragraph((Text(words.plain("form", "choose")),)),
        *(Paragraph((Text(words.plain("form", choice)),)) for choice in ("accepts", "refuses")),
        Paragraph(words.inlines("form", "answer-by")),
    ]
    if amendment.acceptance is not None and amendment.acceptance.form.value == "signed-amendment":
        blocks.append(Paragraph((Text(words.plain("form", "sign")),), "notice"))
    blocks.append(_signature(words, "form", "for-client", None))
    return Section("form", "unnumbered", (Text(words.plain("form", "title")),), tuple(blocks))


def summary(amendment: Amendment, language: str) -> list[str]:
    """Return what changes in short: the data that changed, then the clauses that came, went or moved."""
    changes = amendment.changes
    data = [_line(entry, language) for entry in data_entries(changes, language) if entry.rating.weight != "editorial"]
    clauses = [f"{entry.about} – {entry.kind}" for entry in clause_entries(changes, language) if entry.clause and entry.rating.weight != "editorial"]
    return [*data, *clauses]


def _line(entry: Entry, language: str) -> str:
    change = " → ".join(part for part in (entry.old, entry.new) if part)
    kind = f" – {entry.kind}" if entry.kind else ""
    return f"{entry.about}{kind}{words_of(language, '').colon}{change}"


def _addresses(agreement: Agreement, words: Words) -> Facts:
    contact = main_contact(agreement)

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


def _attached(words: Words, *, answer: bool) -> Iterator[tuple[Inline, ...]]:
    for name in ("instrument", "consolidated", "redline", *(("form",) if answer else ())):
        yield words.inlines("letter", f"attached-{name}")


def _bullets(lines: list[tuple[Inline, ...]]) -> BulletList:
    return BulletList(tuple(ListItem((Paragraph(line),)) for line in lines))


def _signature(words: Words, group: str, heading: str, provider: Agreement | None) -> Signatures:
    """Return a signature block of one party: of the provider, whose signatory is known, or of the client."""
    signatory = provider.provider.signatory if provider is not None else None
    title = signatory.title.in_language(words.language) if signatory is not None and signatory.title is not None else ""
    rows: list[Fact] = []
    # The letter has its date above.
    last = ("signature",) if signatory is not None else ("signed-on", "signature")
    for name, text in (("name", signatory.name if signatory is not None else None), ("position", title), *((each, None) for each in last)):
        label = (Text(words.plain("form", name)),)
        rows.append(Fact(label, (Value(f"provider.signatory.{name}", text),) if text else ()))
    return Signatures((Signatory((Text(words.plain(group, heading)),), tuple(rows)),))
