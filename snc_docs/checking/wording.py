"""Findings on the words of templates: typography of each language, elision before values, terms to avoid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from snc_docs.checking.clauses import Clauses
from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.document.checks import passages
from snc_docs.document.nodes import Emphasis, Inline, Link, Section, Statement, Strong, Text, Value
from snc_docs.document.origins import Origin, place_of
from snc_docs.document.walk import walk
from snc_docs.errors import Wording
from snc_docs.patterns import regex
from snc_docs.templating.folders import TemplateFolders
from snc_docs.templating.outline import AvoidedTerm, read_avoided


@dataclass(frozen=True, slots=True)
class _Slip:
    rule: str
    pattern: re.Pattern[str]
    message: Wording
    hint: Wording


_QUOTES: Final = _Slip(
    "typography.quotes",
    regex(r'"'),
    Wording("guillemets droits", "straight quotation marks"),
    Wording("écrire « » en français, “ ” en anglais", "write “ ” in English, « » in French"),
)
_DOTS: Final = _Slip(
    "typography.ellipsis",
    regex(r"\.\.\."),
    Wording("trois points", "three full stops"),
    Wording("écrire le caractère …", "write the character …"),
)
_SLIPS: Final = {
    "fr": (
        _QUOTES,
        _DOTS,
        _Slip(
            "typography.french-space",
            regex(r"[\w\ufffc)»’][;!?](?!\w)|[\w\ufffc)»’]:(?=\s|$)|«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»"),
            Wording("espace absente avant ; : ! ? ou à l'intérieur des guillemets", "no space before ; : ! ? or inside the quotation marks"),
            Wording("mettre une espace ordinaire : elle devient insécable", "put an ordinary space: it becomes a no-break space"),
        ),
        _Slip(
            "typography.english-quotes",
            regex(r"[“”]"),
            Wording("guillemets anglais dans un texte français", "English quotation marks in a French text"),
            Wording("écrire « »", "write « »"),
        ),
    ),
    "en": (
        _QUOTES,
        _DOTS,
        _Slip(
            "typography.english-space",
            regex(r"\s[;:!?,.](?!\w)"),
            Wording("espace avant la ponctuation", "space before punctuation"),
            Wording("la retirer : l'anglais n'en met pas", "remove it: English has none"),
        ),
        _Slip(
            "typography.french-quotes",
            regex(r"[«»]"),
            Wording("guillemets français dans un texte anglais", "French quotation marks in an English text"),
            Wording("écrire “ ”", "write “ ”"),
        ),
    ),
}
# A party as the subject of a sentence, and its verb in the present: an English contract says a duty with "shall". Verbs that are done by signing
# ("accepts"), that say how things are, and auxiliaries aren't duties.
_DUTY: Final = regex(
    r"(?:^|(?<=[.;:] ))(?:The (?:Service Provider|Client)|Each Party|It) "
    r"(?!(?:accepts|acknowledges|agrees|authorises|consents|declares|confirms|represents|subscribes|undertakes|warrants|owns|owes|relies|uses|offers|has|is|was|does)\b)"
    r"(?:also |then |first )?[a-z]+s\b"
)
_LANGUAGE_OF_DUTIES: Final = "en"
# Languages in which words are elided.
_ELIDING: Final = frozenset(("fr",))
# French words that are elided before a vowel, at the end of words that a value follows.
_ELIDABLE: Final = regex(r"(?:^|[\s(«’])(de|que|le|la|se|ne|ce|jusque|lorsque|puisque)[\s\u00a0]$", re.IGNORECASE)


def wording_findings(clauses: Clauses, folders: TemplateFolders) -> Iterator[Diagnostic]:
    """Yield what is wrong with the words of one language's templates."""
    avoided = read_avoided(folders, clauses.language)
    for section in clauses.sections:
        for text, origin, _ in passages(section):
            yield from (_slip(slip, found.group(), origin, section.id) for slip in _SLIPS[clauses.language] for found in slip.pattern.finditer(text))
            yield from _avoided(text, avoided, origin, section.id, folders)
            if clauses.language == _LANGUAGE_OF_DUTIES:
                yield from (_duty(found.group(), origin, section.id) for found in _DUTY.finditer(text))
        if clauses.language in _ELIDING:
            yield from _unelided(section, clauses)


def _slip(slip: _Slip, found: str, origin: Origin | None, clause: str) -> Diagnostic:
    message = Wording(f"{slip.message.fr} : « {found.strip()} »", f"{slip.message.en}: '{found.strip()}'")
    return Diagnostic.error(slip.rule, message, slip.hint, **place_of(origin), clause=clause)


def _duty(words: str, origin: Origin | None, clause: str) -> Diagnostic:
    message = Wording(f"une obligation anglaise sans « shall » : « {words} »", f"an English duty without 'shall': '{words}'")
    hint = Wording("écrire « shall » pour un devoir, « may » pour un droit", "write 'shall' for a duty, 'may' for a right")
    return Diagnostic("wording.duty", Severity.WARNING, message, hint, **place_of(origin), clause=clause)


def _avoided(text: str, avoided: Iterable[AvoidedTerm], origin: Origin | None, clause: str, folders: TemplateFolders) -> Iterator[Diagnostic]:
    """Yield an error for each term to avoid; for one that a higher layer avoids, at its list, which may lay a clause without it over this one."""
    for term in avoided:
        for found in term.pattern.finditer(text):
            if origin is not None and folders.rank(term.file) < folders.rank(origin.file):
                yield _avoided_below(term, found.group(), origin)
                continue
            yield Diagnostic.error(
                "term.avoided",
                Wording(f"terme à éviter : « {found.group()} »", f"term to avoid: '{found.group()}'"),
                Wording(f"écrire plutôt : {term.instead}", f"write instead: {term.instead}"),
                **place_of(origin),
                clause=clause,
            )


def _avoided_below(term: AvoidedTerm, found: str, origin: Origin) -> Diagnostic:
    return Diagnostic.error(
        "term.avoided",
        Wording(f"{origin.file} emploie un terme à éviter : « {found} »", f"{origin.file} uses a term to avoid: '{found}'"),
        Wording(
            "poser dans la couche une clause qui ne l'emploie pas, ou le retirer d'ici", "lay a clause without it over that one, or remove it here"
        ),
        file=term.file,
        line=term.line,
    )


def _unelided(section: Section, clauses: Clauses) -> Iterator[Diagnostic]:
    """Yield a finding for "de", "que" … before a value that may begin with a vowel and isn't printed with ``elided``."""
    origin = None
    for node in walk(section):
        origin = getattr(node, "origin", None) or origin
        for name in ("children", "title"):
            for before, value in _neighbours(getattr(node, name, ())):
                word = _ELIDABLE.search(before)
                if word and value.path in clauses.elidable[section.id]:
                    shown = word.group(1)
                    yield Diagnostic.error(
                        "typography.elision",
                        Wording(
                            f"« {shown} » devant une valeur qui peut commencer par une voyelle",
                            f"'{shown}' before a value that may begin with a vowel",
                        ),
                        Wording(
                            f'écrire {{{{ …|elided("{shown}") }}}} sans « {shown} » devant',
                            f"write {{{{ …|elided(\"{shown}\") }}}} without '{shown}' before it",
                        ),
                        **place_of(origin),
                        clause=section.id,
                    )


def _neighbours(inlines: Sequence[Inline]) -> Iterator[tuple[str, Value]]:
    """Yield each value with the words right before it, looking into marks of statements, links and emphasis."""
    before = ""
    for inline in _flat(inlines):
        if isinstance(inline, Text):
            before = inline.text
        elif isinstance(inline, Value):
            yield before, inline
            before = ""
        else:
            before = ""


def _flat(inlines: Sequence[Inline]) -> Iterator[Inline]:
    for inline in inlines:
        if isinstance(inline, (Statement, Strong, Emphasis, Link)):
            yield from _flat(inline.children)
        else:
            yield inline
