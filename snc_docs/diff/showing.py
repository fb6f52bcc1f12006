"""Changes in a reader's words: labels of fields, values as each language writes them, never paths; as lines and as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from snc_docs.diff.changes import CONTEXT, ClauseChange, ClauseKind, WordChange, WordKind
from snc_docs.diff.comparison import Changes, Throughout
from snc_docs.diff.data import DataChange, FieldChanged, ItemAdded, ItemMoved, ItemRemoved, title_of
from snc_docs.diff.weights import KINDS, Rating, weight_names, wording
from snc_docs.errors import Wording
from snc_docs.language import LANGUAGES, Language, formats
from snc_docs.language.known import words_of
from snc_docs.model.agreement import Attachment
from snc_docs.model.base import Model
from snc_docs.model.kinds import LocalizedText, LocalizedUrl, Money
from snc_docs.model.periods import Period
from snc_docs.model.references import Named
from snc_docs.values import text_of, time_limit

_NONE: Final = Wording("non renseigné", "not given")
_YES_NO: Final = {True: Wording("oui", "yes"), False: Wording("non", "no")}
_KINDS: Final = {
    ClauseKind.ADDED: Wording("ajouté", "added"),
    ClauseKind.REMOVED: Wording("supprimé", "removed"),
    ClauseKind.MOVED: Wording("déplacé", "moved"),
    ClauseKind.RETITLED: Wording("titre modifié", "retitled"),
    ClauseKind.REWORDED: Wording("rédaction modifiée", "reworded"),
    ClauseKind.RENUMBERED: Wording("renuméroté", "renumbered"),
}
_ADDED: Final = Wording("ajout", "added")
_REMOVED: Final = Wording("retrait", "removed")
_MOVED: Final = Wording("déplacement", "moved")
_LOOK: Final = Wording("mise en forme", "formatting")
_MARKS: Final = Wording("ce que ces mots énoncent pour la conformité", "what these words state for compliance")
_OTHER_LANGUAGE: Final = Wording("texte anglais seul", "French text alone")
_UNSEEN: Final = Wording("Différence sans effet sur le texte", "A difference that doesn't show in the text")


@dataclass(frozen=True, slots=True)
class Entry:
    """One change for people: what it is about, what was and is ("" for nothing), how it is rated, and its details below."""

    about: str
    kind: str
    old: str
    new: str
    rating: Rating
    clause: str = ""
    details: tuple[tuple[str, str, str], ...] = field(default=())


def data_entries(changes: Changes, language: Language) -> list[Entry]:
    """Return the changes of the data."""
    return [_data_entry(change, rating, language) for change, rating in changes.rated_data()]


def _data_entry(change: DataChange, rating: Rating, language: Language) -> Entry:
    about = change.place.wording().in_language(language)
    match change:
        case FieldChanged(_, old, new):
            was, now = value_text(old, language), value_text(new, language)
            if was == now and isinstance(old, LocalizedText) and isinstance(new, LocalizedText):
                other = next(each for each in LANGUAGES if old.in_language(each) != new.in_language(each))
                kind = _OTHER_LANGUAGE.in_language(language)
                return Entry(about, kind, value_text(old, other), value_text(new, other), rating)
            return Entry(about, "", was, now, rating)
        case ItemAdded(_, _, _, item):
            return Entry(about, _ADDED.in_language(language), "", title_of(item).in_language(language), rating)
        case ItemRemoved(_, _, _, item):
            return Entry(about, _REMOVED.in_language(language), title_of(item).in_language(language), "", rating)
        case ItemMoved(_, _, old, new, title):
            name = title.in_language(language)
            return Entry(about, _MOVED.in_language(language), f"{name} ({old + 1})", f"{name} ({new + 1})", rating)


def value_text(value: object, language: Language) -> str:
    """Return a value of the data, of any kind, as a reader of the language would write it."""
    match value:
        case None:
            return _NONE.in_language(language)
        case Named():
            return value.label.in_language(language)
        case bool():
            return _YES_NO[value].in_language(language)
        case tuple():
            shown = [f"({_parts_text(each, language)})" if _has_parts(each) else value_text(each, language) for each in value]
            return formats.enumeration(shown, language) if value else _NONE.in_language(language)
        case LocalizedText() | LocalizedUrl():
            return str(value.in_language(language))
        case Money() | Period():
            return text_of(value, language)
        case Attachment():
            return f"{value.name} ({value.content.decode('ascii', 'replace').removeprefix('sha256:')[:12]})"
        case Model():
            return _parts_text(value, language)
        case _:
            return text_of(value, language)


def _has_parts(value: object) -> bool:
    return isinstance(value, Model) and not isinstance(value, (LocalizedText, LocalizedUrl, Money, Period, Attachment))


def _parts_text(value: Model, language: Language) -> str:
    """Return the fields of a part of the data that are known, with their labels."""
    colon = words_of(language).colon
    given = [(type(value).label_of(name), each) for name, each in value if each not in (None, ()) and name != type(value).key]
    return "; ".join(f"{label.in_language(language)}{colon}{value_text(each, language)}" for label, each in given)


def clause_entries(changes: Changes, language: Language) -> list[Entry]:
    """Return what happened to the clauses of one language; words replaced throughout are entries of their own, before them."""
    entries = [_throughout_entry(each, language) for each in changes.throughout(language)]
    for change, rating in changes.rated_clauses(language):
        words = changes.single_words(language, change)
        if change.kind is ClauseKind.REWORDED and not words:
            continue
        entries.append(_clause_entry(change, words, rating, language))
    if not entries and not changes.data and not changes.is_empty:
        entries.append(Entry(_UNSEEN.in_language(language), "", "", "", Rating("editorial", "none")))
    return entries


def weights_shown(changes: Changes, language: Language) -> dict[str, int]:
    """Return how many entries have each weight, the heaviest first."""
    entries = [*data_entries(changes, language), *clause_entries(changes, language)]
    counted = Counter(entry.rating.weight for entry in entries)
    return {name: counted[name] for name in weight_names() if counted[name]}


def _throughout_entry(each: Throughout, language: Language) -> Entry:
    kind = Wording(f"remplacé partout ({each.count} fois)", f"replaced throughout ({each.count} times)").in_language(language)
    return Entry(", ".join(each.clauses), kind, each.old, each.new, each.rating)


def _clause_entry(change: ClauseChange, words: Sequence[WordChange], rating: Rating, language: Language) -> Entry:
    about = change.now or change.was
    old, new = ("", "") if change.was == change.now or not (change.was and change.now) else (change.was, change.now)
    return Entry(about, _KINDS[change.kind].in_language(language), old, new, rating, change.id, tuple(_details(words, language)))


def _details(words: Sequence[WordChange], language: Language) -> Iterator[tuple[str, str, str]]:
    """Yield for each change of words what stands around it, the old and the new words."""
    for each in words:
        match each.kind:
            case WordKind.LOOK:  # the words are the same: nothing of them is struck out
                yield f"{_LOOK.in_language(language)}{words_of(language).colon}{each.new}", "", ""
            case WordKind.MARKS:
                yield _MARKS.in_language(language), each.old, each.new
            case WordKind.ROW_MOVED:
                yield _MOVED.in_language(language), each.old, each.new
            case _:
                yield f"{_tail(each.before)}[…]{_head(each.after)}" if each.before or each.after else "", each.old, each.new


def _tail(text: str) -> str:
    """Return the end of a text from the beginning of a word."""
    _, space, rest = text.partition(" ") if len(text) >= CONTEXT else ("", "", text)
    return f"…{rest}" if space else rest


def _head(text: str) -> str:
    rest, space, _ = text.rpartition(" ") if len(text) >= CONTEXT else (text, "", "")
    return f"{rest}…" if space else rest


def duty_text(name: str, changes: Changes, language: Language) -> str:
    """Return a duty in words, with the periods that the old version sets."""
    notices = changes.notices[0]
    if name == "notice":
        name = _kind_of_notice(changes)
    elif name == "within-delay" and notices.compliance is None:
        name = "information"
    notice = text_of(notices.change, language) if notices.change is not None else ""
    compliance = "".join(time_limit(notices.compliance, language)) if notices.compliance is not None else ""
    objection = text_of(changes.objections[0], language) if changes.objections[0] is not None else ""
    return wording("duties", name).in_language(language).format(notice=notice, compliance=compliance, objection=objection)


def _kind_of_notice(changes: Changes) -> str:
    """Return how the old version has a change made: by a signature, a proposal, an acceptance, or notice alone."""
    if changes.is_signed_by_both:
        return "signature"
    if changes.notices[0].change is None:
        return "proposal"
    return "acceptance" if changes.acceptances[0] is not None else "notice"


def rating_text(rating: Rating, changes: Changes, language: Language) -> str:
    """Return what a change weighs and, where it triggers one, its duty."""
    weight = weight_text(rating.weight, language)
    return weight if rating.duty == "none" else f"{weight} · {duty_text(rating.duty, changes, language)}"


def weight_text(name: str, language: Language) -> str:
    """Return what a weight is called."""
    return wording("weights", name).in_language(language)


def as_data(changes: Changes) -> dict[str, object]:
    """Return the changes as plain values for programs: paths and identifiers, values in both languages where they have two."""
    return {
        "same": changes.is_empty,
        "data": [_data_values(change, rating) for change, rating in changes.rated_data()],
        "clauses": {language: [_clause_values(*each) for each in changes.rated_clauses(language)] for language in changes.redlines},
        "throughout": {
            language: [
                {"old": each.old, "new": each.new, "count": each.count, "clauses": list(each.clauses)} for each in changes.throughout(language)
            ]
            for language in changes.redlines
        },
        "duties": list(changes.duties()),
        "forbidden": [{"where": _both(where), "reason": _both(reason)} for where, reason in changes.forbidden()],
    }


def _both(wording: Wording) -> dict[str, str]:
    return wording._asdict()


def _data_values(change: DataChange, rating: Rating) -> dict[str, object]:
    entries = {language: _data_entry(change, rating, language) for language in LANGUAGES}
    if isinstance(change, FieldChanged):
        old, new = ({language: value_text(value, language) for language in LANGUAGES} for value in (change.old, change.new))
    else:
        old, new = ({language: getattr(entry, side) for language, entry in entries.items()} for side in ("old", "new"))
    key = {} if isinstance(change, FieldChanged) else {"key": change.key}
    return {
        "path": change.place.path,
        "change": KINDS[type(change)],
        **key,
        "label": {language: entry.about for language, entry in entries.items()},
        "old": old,
        "new": new,
        **_rating_values(rating),
    }


def _clause_values(change: ClauseChange, rating: Rating) -> dict[str, object]:
    words = [
        {"kind": each.kind.value, "old": each.old, "new": each.new, "before": each.before, "after": each.after, "path": each.path}
        for each in change.words
    ]
    return {"clause": change.id, "change": change.kind.value, "was": change.was, "now": change.now, "words": words, **_rating_values(rating)}


def _rating_values(rating: Rating) -> dict[str, object]:
    return {"weight": rating.weight, "duty": rating.duty, "forbidden": rating.forbidden is not None}
