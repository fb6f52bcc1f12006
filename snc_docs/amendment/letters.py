"""The letter to the client's main contact, and the form for an answer where the client has to accept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from snc_docs.amendment.addressing import addressee, copied
from snc_docs.amendment.facts import Amendment, added_third_parties
from snc_docs.amendment.instrument import OWN
from snc_docs.amendment.replacing import paragraph_changes
from snc_docs.amendment.words import PackageWords
from snc_docs.diff.changes import ClauseChange, ClauseKind
from snc_docs.diff.data import DataChange, FieldChanged, ItemAdded, ItemRemoved
from snc_docs.diff.showing import Entry, data_entries
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
    Strong,
    Text,
    Value,
)
from snc_docs.document.walk import plain_text, sections_of
from snc_docs.language import Language
from snc_docs.language.formats import enumeration
from snc_docs.language.known import writing_of
from snc_docs.model.commitments import AcceptanceForm, ChangeAcceptance
from snc_docs.model.parts import Contact
from snc_docs.model.party import Party
from snc_docs.patterns import regex
from snc_docs.values import address_in

# Files are attached, not told: what they are is told by the data beside them.
_FILES: Final = ("attachments", "certificate.file", "baseline.logo", "logo_file")


def letter(amendment: Amendment, words: PackageWords) -> Section:
    """Return the notice letter, or the letter that proposes a change which the client has to accept, as a letter is laid out."""
    acceptance = amendment.acceptance
    kind = kind_of(amendment)
    said = [_opening(amendment), *(("ground",) if words.values["ground"] else ()), *_about_the_answer(acceptance), *_about_objection(amendment)]
    blocks: list[Block] = [
        *_heads(amendment, words),
        Paragraph((Text(words.plain("letter", "salutation")),)),
        *(Paragraph(words.inlines("letter", name)) for name in said),
        *_listed("changes", list(summary(amendment, words)), words),
        *_listed("noted", list(_noted(amendment, words)), words),
        Paragraph((Text(words.plain("letter", "closing")),)),
        _signature(words, "letter", "for-provider", amendment.new.agreement.provider, dated=True),
        # Behind the signature, as letters have it: a page never holds the closing alone.
        _enclosures(words, amendment),
    ]
    return Section("letter", "unnumbered", (Text(words.plain("letter", f"title-{kind}")),), tuple(blocks))


def kind_of(amendment: Amendment) -> str:
    """Return what the letter does: ``notice``, ``proposal``, or ``request`` where it answers what the client asked for."""
    if amendment.is_asked_by_client:
        return "request"
    return "notice" if amendment.acceptance is None else "proposal"


def _opening(amendment: Amendment) -> str:
    """Return the name of the first sentence: what the letter does, and how."""
    kind = kind_of(amendment)
    if kind == "proposal" and amendment.is_signed_by_both:
        return "proposal-agreed" if amendment.has_both_sign else "proposal-signed"
    if amendment.acceptance is not None:
        return "proposal-written" if kind == "proposal" and amendment.acceptance.form in _IN_WRITING else kind
    return kind if amendment.names_notice else "short-notice"


_IN_WRITING: Final = (AcceptanceForm.WRITTEN_ACCEPTANCE, AcceptanceForm.SIGNED_FOR_PRICES)


def has_form(amendment: Amendment) -> bool:
    """Return whether the client is sent a form for its answer, or for an objection: who asked for a change answers by signing it."""
    return may_object(amendment) or (amendment.acceptance is not None and not amendment.is_asked_by_client)


def _listed(heading: str, lines: list[tuple[Inline, ...]], words: PackageWords) -> tuple[Block, ...]:
    if not lines:
        return ()
    return Paragraph((Text(words.plain("letter", heading)),)), _bullets([*lines[:-1], _with_full_stop(lines[-1])])


def _about_the_answer(acceptance: ChangeAcceptance | None) -> Iterator[str]:
    """Yield the names of the sentences on the client's answer: only what the version in force says of it."""
    if acceptance is None:
        return
    if acceptance.answer is not None:
        yield "written-answer" if acceptance.form is AcceptanceForm.WRITTEN_ACCEPTANCE else "answer"
    if acceptance.silence is not None:
        yield f"silence-{acceptance.silence.value}"
    if acceptance.refusal is not None:
        yield acceptance.refusal.value


def _about_objection(amendment: Amendment) -> Iterator[str]:
    """Yield the names of the sentences on the right to object, where a third party comes and the version in force gives that right."""
    commitments = amendment.old.agreement.commitments
    if may_object(amendment):
        yield "objection" if amendment.acceptance is None else "objection-besides"
        if commitments.objection_effect is not None:
            yield f"objection-{commitments.objection_effect.value}"


def may_object(amendment: Amendment) -> bool:
    """Return whether the client may object to a third party that comes, by the version in force, and didn't ask for the change itself."""
    given = amendment.old.agreement.commitments.objection is not None
    return given and not amendment.is_asked_by_client and bool(added_third_parties(amendment))


def form(amendment: Amendment, words: PackageWords) -> Section:
    """Return the form by which the client accepts or refuses, or objects to a third party that comes."""
    parties = (("provider", "provider"), ("client", "client"))
    facts = tuple(Fact((Text(words.plain("form", label)),), (Value(f"amendment.{name}", words.values[name]),)) for label, name in parties)
    blocks: list[Block] = [Facts(facts), *_answers(amendment, words), *_times(amendment, words)]
    if amendment.is_signed_by_both:
        blocks.append(Paragraph((Text(words.plain("form", "sign")),), "notice"))
    blocks.append(_signature(words, "form", "for-client", amendment.new.agreement.client, dated=False))
    title = words.plain("form", "title" if amendment.acceptance is not None else "title-notice")
    return Section("form", "unnumbered", (Text(title),), tuple(blocks))


def _answers(amendment: Amendment, words: PackageWords) -> Iterator[Block]:
    """Yield what the client received, and what it may tick."""
    if amendment.acceptance is not None:
        yield Paragraph(words.inlines("form", "statement-signed" if amendment.is_signed_by_both else "statement"))
        yield Paragraph((Text(words.plain("form", "choose")),))
        yield from (Paragraph(_choice(words.inlines("form", choice), f"form.{choice}")) for choice in ("accepts", "refuses"))
        if may_object(amendment):
            yield Paragraph((Text(words.plain("form", "choose-objection")),))
            yield Paragraph(_choice(words.inlines("form", "objects"), "form.objects"))
    else:
        yield Paragraph(words.inlines("form", "statement-notice"))
        yield Paragraph(_choice(words.inlines("form", "objects-alone"), "form.objects"))


def _times(amendment: Amendment, words: PackageWords) -> Iterator[Block]:
    """Yield by when the client answers, what silence means, and by when it objects."""
    acceptance = amendment.acceptance
    if acceptance is not None and acceptance.answer is not None:
        yield Paragraph(words.inlines("form", "answer-by"))
    if acceptance is not None and acceptance.silence is not None:
        yield Paragraph(words.inlines("form", f"silence-{acceptance.silence.value}"))
    if may_object(amendment):
        yield Paragraph(words.inlines("form", "object-by" if acceptance is not None else "object-by-notice"))


def _choice(said: tuple[Inline, ...], path: str) -> tuple[Inline, ...]:
    """Return words that begin with a box as a box to tick and what ticking it says."""
    first, *rest = said
    if not isinstance(first, Text) or not first.text.startswith(EMPTY_BOX):
        return said
    return (FillIn(path, plain_text(said).removeprefix(EMPTY_BOX).strip(), "check"), Text(first.text.removeprefix(EMPTY_BOX)), *rest)


def summary(amendment: Amendment, words: PackageWords) -> Iterator[tuple[Inline, ...]]:
    """Yield what changes, a sentence each: the data, told by its values; the clauses that came, went or moved; then the texts that are replaced."""
    changes, language = amendment.changes, words.language
    for change, entry in zip(changes.data, data_entries(changes, language), strict=True):
        if entry.rating.weight != "editorial" and not change.place.path.startswith(_FILES) and not _is_of_client(change, amendment):
            yield _told(change, entry, words)
    reworded: list[str] = []
    for each in changes.clauses[language]:
        name = _CLAUSES.get(each.kind)
        if name is not None and each.id not in OWN:
            yield words.inlines("letter", name, clause=each.now or each.was)
        elif each.kind is ClauseKind.REWORDED and each.id not in OWN:
            reworded += _replaced(amendment, each, language)
    if reworded:
        yield words.inlines("letter", "reworded", clauses=enumeration(list(dict.fromkeys(reworded)), language))


def _noted(amendment: Amendment, words: PackageWords) -> Iterator[tuple[Inline, ...]]:
    """Yield what changes of the client's own: it isn't the provider who notifies or proposes that."""
    changes = amendment.changes
    for change, entry in zip(changes.data, data_entries(changes, words.language), strict=True):
        if _is_of_client(change, amendment):
            yield _told(change, entry, words)


def _is_of_client(change: DataChange, amendment: Amendment) -> bool:
    """Return whether the client alone knows what changes: who it is, and who is to be reached there; what it asked for is in one list."""
    return not amendment.is_asked_by_client and change.place.path.startswith(_OF_CLIENT)


_OF_CLIENT: Final = ("client.", "client_contacts")


def _replaced(amendment: Amendment, change: ClauseChange, language: Language) -> list[str]:
    """Return what the instrument replaces of a reworded clause, which both versions have: its paragraphs that changed, or all of it, and its title."""
    old, new = (
        next(section for section in sections_of(version.documents[language].sections) if section.id == change.id)
        for version in (amendment.old, amendment.new)
    )
    if not new.label:
        return [change.now]
    *others, last = [f"{new.label}{number}" for number in paragraph_changes(old, new).numbers() or [""]]
    return [*others, f"{last} ({plain_text(new.title)})"]


_CLAUSES: Final = {
    ClauseKind.ADDED: "clause-added",
    ClauseKind.REMOVED: "clause-removed",
    ClauseKind.MOVED: "clause-moved",
    ClauseKind.RETITLED: "clause-retitled",
}


# Parts of the data whose names say nothing to the client, or what the sentence before the list says.
_UNSAID: Final = (*_OF_CLIENT, "commitments.", "document.", "baseline.", "notices.", "facts.")


def _told(change: DataChange, entry: Entry, words: PackageWords) -> tuple[Inline, ...]:
    """Return the sentence on one change of the data: what it is about, then what it was and is."""
    parts = entry.about.split(" › ")
    about = ", ".join(parts[1:] or parts if change.place.path.startswith(_UNSAID) else parts)
    values = {"about": about[:1].upper() + about[1:], "old": entry.old, "new": entry.new}
    match change:
        case ItemAdded():
            return words.inlines("letter", "item-added", of_item=writing_of(words.language).of(entry.new), **values)
        case ItemRemoved():
            return words.inlines("letter", "item-removed", of_item=writing_of(words.language).of(entry.old), **values)
        case FieldChanged(old=bool() | None, new=True):
            return words.inlines("letter", "turned-on", **values)
        case FieldChanged(old=True, new=bool() | None):
            return words.inlines("letter", "turned-off", **values)
        case FieldChanged(old=None | ()):
            return words.inlines("letter", "begun", **values)
        case FieldChanged(new=None | ()):
            return words.inlines("letter", "ended", **values)
        case _:
            return words.inlines("letter", "changed", **values)


def _heads(amendment: Amendment, words: PackageWords) -> Iterator[Block]:
    """Yield what a letter begins with: who writes, to whom and to whose attention, who has a copy, the day, the subject."""
    agreement, contact, other = amendment.new.agreement, addressee(amendment), copied(amendment)
    path = f"client_contacts[{contact.role.value}]"
    yield _sender("provider", words, agreement.provider)
    yield _sender("client", words, agreement.client)
    yield Paragraph(_attention(words, contact, path))
    if contact.email or not amendment.is_signed_by_both:  # what is to be signed goes by post as well
        yield Paragraph(_known(words, "by-email", "email", f"{path}.email", contact.email))
    if other is not None:
        yield Paragraph(words.inlines("letter", "copy", copied=_named(other, words.language)))
    yield Paragraph(words.inlines("letter", "date"))
    yield Paragraph((Strong((Text(words.plain("letter", "subject")), *words.inlines("letter", "subject-text"))),))


def _sender(side: str, words: PackageWords, party: Party) -> Paragraph:
    """Return a party's name, with its former one where that changed, and its address below."""
    address = (Value(f"{side}.registered_office", f"\n{address_in(party.registered_office, words.language)}"),) if party.registered_office else ()
    return Paragraph((Strong((Value(f"amendment.{side}", words.values[side]),)), *address))


def _named(contact: Contact, language: Language) -> str:
    """Return a person's name with the job title, where that is known."""
    title = contact.job_title.in_language(language) if contact.job_title is not None else ""
    return ", ".join(each for each in (contact.name, title) if each)


def _attention(words: PackageWords, contact: Contact, path: str) -> tuple[Inline, ...]:
    if not contact.name:
        return _known(words, "attention-to-fill-in", "contact", f"{path}.name", None)
    return words.inlines("letter", "attention", of_contact=writing_of(words.language).of(_named(contact, words.language)))


def _known(words: PackageWords, name: str, place: str, path: str, value: str | None) -> tuple[Inline, ...]:
    """Return words with a value, a field to fill in in its place where it isn't known."""
    if value:
        return words.inlines("letter", name, **{place: value})
    prompt = FillIn(path, words.plain("letter", "email-unknown" if name == "by-email" else "attention-unknown"))
    return tuple(prompt if isinstance(each, Value) else each for each in words.inlines("letter", name, **{place: "–"}))


def _enclosures(words: PackageWords, amendment: Amendment) -> Paragraph:
    """Return the enclosures in one line, as letters name them below the signature; the instrument by what its title calls it."""
    names = (
        "attached",
        "attached-amendment" if amendment.is_signed_by_both else f"attached{amendment.suffix}",
        *((_form_name(amendment),) if has_form(amendment) else ()),
        "attached-consolidated",
        "attached-redline",
    )
    first, *others = (words.inlines("letter", name) for name in names)
    return Paragraph((*first, *(inline for each in others for inline in (Text(" "), *each))))


def _form_name(amendment: Amendment) -> str:
    return "attached-form" if amendment.acceptance is not None else "attached-objection"


_SEMICOLON: Final = regex(r"[\s\u00a0\u202f]*;$")


def _with_full_stop(line: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return the last line of a list, which ends its sentence."""
    *others, last = line
    return (*others, replace(last, text=_SEMICOLON.sub(".", last.text))) if isinstance(last, Text) else line


def _bullets(lines: list[tuple[Inline, ...]]) -> BulletList:
    return BulletList(tuple(ListItem((Paragraph(line),)) for line in lines))


def _signature(words: PackageWords, group: str, heading: str, party: Party, *, dated: bool) -> Signatures:
    """Return the signature block of one party, with what is known of its signatory; ``dated`` where the date stands elsewhere."""
    signatory = party.signatory
    title = signatory.title.in_language(words.language) if signatory.title is not None else ""
    known = (
        *(() if dated else (("company", party.legal_name),)),  # a letter is headed by it
        ("name", signatory.name),
        ("position", title),
        *(() if dated else (("signed-on", None),)),
        ("signature", None),
    )
    rows = [Fact((Text(words.plain("form", name)),), (Value(f"signatory.{name}", text),) if text else ()) for name, text in known]
    return Signatures((Signatory((Text(words.plain(group, heading)),), tuple(rows)),))
