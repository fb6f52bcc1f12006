"""Findings on the shape of a tree: identifiers used twice, and the lint of defined terms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache, partial
from typing import Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.document.nodes import (
    Definition,
    Document,
    Emphasis,
    Fact,
    Inline,
    Link,
    Paragraph,
    Reference,
    Row,
    Section,
    Signatory,
    Statement,
    Strong,
    Table,
    Term,
    Text,
)
from snc_docs.document.origins import Origin, Rank, as_written, in_order_of_blame, place_of
from snc_docs.document.walk import MOST_KEPT, named_in, sections_of, walk, weight_of
from snc_docs.errors import Wording
from snc_docs.kept import Kept
from snc_docs.patterns import regex
from snc_docs.shelf import answered

# What a section says, and how it uses the terms of documents that have the same: a clause that the client changes nothing in is read once for all.
_Passages = tuple[tuple[str, Origin | None, object], ...]
_Scan = tuple[tuple[tuple[str, int], ...], tuple[tuple[str, Origin | None], ...]]
_passages: Final[Kept[_Passages]] = Kept(MOST_KEPT, weight_of)
_scans: Final[Kept[_Scan]] = Kept(MOST_KEPT, weight_of)
_small: Final[Kept[tuple[tuple[str, Origin | None, int], ...]]] = Kept(MOST_KEPT, weight_of)
_WORD = regex(r"\w[\w’'\-]*", re.UNICODE)
_ENDS_A_SENTENCE = regex(r"[.!?:;…]")
# Between the forms of a term in what a finding is about.
FORMS = " | "
_ELIDED = regex(r"^(?:[ldjmnstc]|qu|jusqu|lorsqu|puisqu)[’'](?=\w)", re.IGNORECASE)


def doubled_identifiers(document: Document, rank: Rank = as_written) -> Iterator[Diagnostic]:
    """Yield a finding for each identifier that two sections or two terms share: at the second, or at that of the higher layer."""
    seen: dict[str, Origin | None] = {}
    for section in sections_of(document.sections):
        yield from _once(seen, section.id, section.origin, rank)
    terms: dict[str, Origin | None] = {}
    for section in document.sections:
        for node in named_in(section):
            if not isinstance(node, Reference):
                yield from _once(terms, node.id, node.origin, rank)


def _once(seen: dict[str, Origin | None], identifier: str, origin: Origin | None, rank: Rank) -> Iterator[Diagnostic]:
    if identifier in seen:
        origin, first = in_order_of_blame(origin, seen[identifier], rank)
        where = f"{first.file}:{first.line}" if first else "?"
        yield Diagnostic.error(
            "identifier.doubled",
            Wording(f"l'identifiant « {identifier} » sert déjà ({where})", f"identifier '{identifier}' is used already ({where})"),
            Wording("donner un identifiant différent à chaque titre et à chaque terme", "give each heading and each term its own identifier"),
            **place_of(origin),
        )
    seen.setdefault(identifier, origin)


class DefinedTerms:
    """The defined terms of a document, and how its words use them."""

    def __init__(self, document: Document, names: Iterable[str], others: Collection[str] = ()) -> None:
        """Collect the terms; ``names`` are names of any length that aren't terms (ANSSI, Union européenne …), ``others`` single words of names."""
        self._others = others
        self._names = tuple(names)
        self.entries = [node for node in walk(document) if isinstance(node, (Definition, Term))]
        self.document = document
        self._entry_of = {_spelling(form): entry for entry in self.entries for form in entry.forms}
        self._known = _alternatives([*self._names, *(form for entry in self.entries for form in entry.forms)])

    def findings(self) -> Iterator[Diagnostic]:
        """Yield a warning for each definition that nothing uses, and for each capitalised word that nothing defines."""
        used, undefined = self._looked_at()
        yield from (_unused(entry) for entry in self.entries if entry.id not in used)
        yield from (_undefined_word(word, origin) for word, origin in undefined.items())
        yield from self._two_cases()

    def _two_cases(self) -> Iterator[Diagnostic]:
        """Yield a warning for each place outside its definition where a term of several words stands in small letters, as if it were another thing."""
        # A term of several words alone: one word, such as "client", is as often a common noun.
        small = {_spelling(form).lower(): entry for entry in self.entries for form in entry.forms if " " in form.strip()}
        in_small_letters, names, holder_of = _alternatives(small), _alternatives(self._names), self._holder_of()
        key = (in_small_letters.pattern, names.pattern)
        for section in self.document.sections:
            for words, origin, holder in _small.get(section, key, partial(_in_small_letters, section, in_small_letters, names)):
                entry = small[_spelling(words)]
                if entry.id != holder_of.get(holder):
                    yield _in_two_cases(words, entry.forms[0], origin)

    def _holder_of(self) -> dict[int, str]:
        """Return the term whose definition each node stands in, by the node's identity."""
        return {id(node): entry.id for entry in self.entries for node in walk(entry)}

    def undefined(self) -> dict[str, Origin | None]:
        """Return each capitalised word that nothing defines, with the first place where it stands."""
        return self._looked_at()[1]

    def _looked_at(self) -> tuple[set[str], dict[str, Origin | None]]:
        holder_of = self._holder_of()
        used: set[str] = set()
        undefined: dict[str, Origin | None] = {}
        for section in self.document.sections:
            known, capitalised = _scans.get(section, self._known.pattern, partial(self._scanned, section))
            for form, holder in known:
                entry = self._entry_of.get(form)
                if entry is not None and entry.id != holder_of.get(holder):
                    used.add(entry.id)
            for word, origin in capitalised:
                if word not in self._others:
                    undefined.setdefault(word, origin)
        return used, undefined

    def _scanned(self, section: Section) -> _Scan:
        """Return the forms of terms and names in a section, each with the identity of the node it stands in, and the capitalised words beside them."""
        known, capitalised = [], []
        for text, origin, holder in _passages_of(section):
            forms, words = _looked_over(self._known, text)
            known += [(form, id(holder)) for form in forms]
            if not isinstance(holder, Section):  # titles may be in capitals, word for word
                capitalised += [(word, origin) for word in words]
        return tuple(known), tuple(capitalised)

    def used_in(self, section: Section) -> set[str]:
        """Return the identifiers of the terms that the words of a section use, those that it defines included."""
        found = (match.group() for text, _, _ in passages(section) for match in self._known.finditer(text))
        entries = (self._entry_of.get(_spelling(form)) for form in found)
        return {entry.id for entry in entries if entry is not None}


@lru_cache(maxsize=4096)
def _looked_over(known: re.Pattern[str], text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the known forms in a text of a template, and the capitalised words beside them; the text is the same whatever the data says."""
    forms, words = answered("terms in a text", known.pattern, text, partial(_looked_for, known, text))
    return tuple(forms), tuple(words)


def _looked_for(known: re.Pattern[str], text: str) -> tuple[list[str], list[str]]:
    covered = bytearray(len(text))
    forms = []
    for match in known.finditer(text):
        covered[match.start() : match.end()] = b"x" * (match.end() - match.start())
        forms.append(_spelling(match.group()))
    return forms, [word for word, start in _capitalised(text) if not covered[start]]


@lru_cache(maxsize=4096)
def _in_small(forms: re.Pattern[str], names: re.Pattern[str], text: str) -> tuple[str, ...]:
    """Return the forms in a text of a template that are no part of a name."""
    return tuple(answered("terms in small letters", f"{forms.pattern}\n{names.pattern}", text, partial(_looked_for_small, forms, names, text)))


def _looked_for_small(forms: re.Pattern[str], names: re.Pattern[str], text: str) -> list[str]:
    matches = list(forms.finditer(text))
    named = [match.span() for match in names.finditer(text)] if matches else []
    return [match.group() for match in matches if not any(start <= match.start() < end for start, end in named)]


def _in_small_letters(section: Section, forms: re.Pattern[str], names: re.Pattern[str]) -> tuple[tuple[str, Origin | None, int], ...]:
    """Return what a section says in forms of small letters that are no part of a name, each with the identity of the node it stands in."""
    found = []
    for text, origin, holder in _passages_of(section):
        if not isinstance(holder, Section):
            found += [(words, origin, id(holder)) for words in _in_small(forms, names, text)]
    return tuple(found)


def _spelling(form: str) -> str:
    """Return a form as it is compared: straight apostrophes and plain spaces."""
    return " ".join(form.replace("’", "'").split())


def _alternatives(forms: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the forms as whole words, the longest first."""
    longest_first = sorted(set(map(_spelling, forms)), key=lambda form: (-len(form), form))
    body = "|".join(re.escape(form).replace("'", "[’']").replace(r"\ ", r"\s") for form in longest_first)
    return regex(rf"(?<!\w)(?:{body or '(?!)'})(?!\w)")


def _passages_of(section: Section) -> tuple[tuple[str, Origin | None, object], ...]:
    """Return the passages of a section of a document, read once for all the documents that have it."""
    return _passages.get(section, None, lambda: tuple(passages(section)))


def passages(document: Document | Section) -> Iterator[tuple[str, Origin | None, object]]:
    """Yield the template words of each paragraph, heading, cell and item, with the node they stand in."""
    origin: Origin | None = None  # of the last node that knows it: a list doesn't
    for node in walk(document):
        origin = getattr(node, "origin", None) or origin
        match node:
            case Paragraph(children):
                yield _template_words(children), origin, node
            case Section(title=title):
                yield _template_words(title), origin, node
            case Table(columns):
                yield from ((_template_words(column.title), origin, node) for column in columns)
            case Row(cells=cells):
                yield from ((_template_words(cell.children), origin, node) for cell in cells)
            case Signatory(heading):
                yield _template_words(heading), origin, node
            case Fact(label, children):
                yield _template_words(label), origin, node
                yield _template_words(children), origin, node
            case _:
                continue


def _template_words(inlines: tuple[Inline, ...]) -> str:
    """Return the words the template typed; values, references, fields and the words that define a term give a neutral mark."""
    return "".join(_words(inline) for inline in inlines)


def _words(inline: Inline) -> str:
    match inline:
        case Text(text):
            return text
        case Strong(children) | Emphasis(children) | Link(_, children) | Statement(_, children):
            return _template_words(children)
        case _:
            return "\N{OBJECT REPLACEMENT CHARACTER}"


def _capitalised(text: str) -> Iterator[tuple[str, int]]:
    """Yield words with a capital that don't open a sentence and aren't all capitals, with their position."""
    end = 0
    opens = True
    for match in _WORD.finditer(text):
        opens = (opens and end == 0) or _ENDS_A_SENTENCE.search(text[end : match.start()]) is not None
        elided = _ELIDED.match(match.group())
        offset = elided.end() if elided else 0
        word, start = match.group()[offset:], match.start() + offset
        opens_words = text[max(match.start() - 2, 0) : match.start()].rstrip().endswith(("(", "["))
        if word[0].isupper() and not opens and not opens_words and not word.isupper():
            yield word, start
        end = match.end()


def _unused(entry: Definition | Term) -> Diagnostic:
    term = entry.forms[0]
    return Diagnostic(
        "term.unused",
        Severity.WARNING,
        Wording(f"« {term} » est défini mais jamais utilisé", f"'{term}' is defined but never used"),
        Wording(
            "utiliser le terme, ajouter la forme employée, ou retirer la définition", "use the term, add the form in use, or drop the definition"
        ),
        **place_of(entry.origin),
        about=FORMS.join(entry.forms),
    )


def _in_two_cases(words: str, term: str, origin: Origin | None) -> Diagnostic:
    return Diagnostic(
        "term.two-cases",
        Severity.WARNING,
        Wording(f"« {words} » : le terme défini « {term} » en minuscules", f"'{words}': the defined term '{term}' in small letters"),
        Wording(
            "l'écrire avec ses majuscules, ou prendre d'autres mots pour autre chose ; ou l'ajouter aux noms de names.yaml",
            "write it with its capitals, or take other words for another thing; or add it to the names in names.yaml",
        ),
        **place_of(origin),
    )


def _undefined_word(word: str, origin: Origin | None) -> Diagnostic:
    return Diagnostic(
        "term.undefined",
        Severity.WARNING,
        Wording(
            f"« {word} » prend une majuscule comme un terme défini, mais n'est pas défini",
            f"'{word}' has a capital like a defined term but isn't defined",
        ),
        Wording(
            "le définir, l'écrire en minuscules, ou l'ajouter aux noms de names.yaml (« check --templates … --accept-names » le fait)",
            "define it, write it in lower case, or add it to the names in names.yaml ('check --templates … --accept-names' does)",
        ),
        **place_of(origin),
        about=word,
    )
