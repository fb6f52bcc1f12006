"""What files of a layer take away from the clauses below them, so that a finding stands where the fault is, not in a shipped file.

A shipped clause refers to headings and uses terms of others. Where a layer lays a file over one of those, or its outline leaves one
out, the shipped clause is right as it is: the finding is put at the layer's file, once, with the places that need what is gone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.document.checks import FORMS
from snc_docs.document.nodes import Document
from snc_docs.document.walk import sections_of
from snc_docs.errors import Wording
from snc_docs.language.typography import typeset
from snc_docs.patterns import regex
from snc_docs.templating.folders import TemplateFolders, display_name, read_template_text
from snc_docs.templating.outline import OutlineEntry, read_outline

_HEADING: Final = regex(r"^#+ .*\{#([a-z0-9-]+)\}\s*$", re.MULTILINE)
_DEFINITION: Final = regex(r"^(?!#)(.+?)\s*\{#([a-z0-9-]+)\}\s*$", re.MULTILINE)
_TERM: Final = regex(r"\[([^\]]*)\]\(def:([a-z0-9-]+)(?:\s+\"([^\"]*)\")?\)")
_WORD: Final = regex(r"\w[\w’'\-]*")
_MOST_PLACES: Final = 3
_PUT_BACK: Final = Wording(
    "l'y remettre, ou poser aussi dans la couche les clauses qui en ont besoin", "put it back, or lay the clauses that need it over as well"
)


@dataclass(frozen=True, slots=True)
class Named:
    """What clauses' texts name for other clauses: headings by identifier, and terms: each form of one with its first form."""

    headings: frozenset[str] = frozenset()
    terms: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def all_of(cls, named: Iterable[Named]) -> Named:
        """Return what several texts name."""
        texts = list(named)
        terms = {form: term for each in texts for form, term in each.terms.items()}
        return cls(frozenset().union(*(each.headings for each in texts)), terms)


@lru_cache(maxsize=256)
def named_in_text(text: str, language: str) -> Named:
    """Return what the text of a template names, whatever it prints under conditions, and even where it can't be read."""
    listed = [line.split("|") for line, _ in _DEFINITION.findall(text)]
    listed += [[words.replace("*", ""), *others.split("|")] for words, _, others in _TERM.findall(text)]
    terms = {typeset(form.strip(), language): typeset(forms[0].strip(), language) for forms in listed for form in forms if form.strip()}
    return Named(frozenset(_HEADING.findall(text)), terms)


@dataclass(frozen=True, slots=True)
class Overlay:
    """What one file of a layer no longer gives, ``gone``, and what it stands in the place of; ``who`` says which file it is, before "no longer"."""

    file: str
    line: int
    rank: int
    clause: str
    who: Wording
    gone: Named
    text: str
    below: tuple[str, ...]

    def finding(self, rule: str, what: Wording, hint: Wording) -> Diagnostic:
        """Return an error at the file, which no longer does ``what``."""
        message = Wording(f"{self.who.fr} {what.fr}", f"{self.who.en} {what.en}")
        return Diagnostic.error(rule, message, hint, file=self.file, line=self.line, clause=self.clause)


@dataclass(frozen=True)
class Overlays:
    """The files that lie over others, in one language of an outline."""

    folders: TemplateFolders
    outline: tuple[OutlineEntry, ...]
    language: str

    def _texts(self, clause: str) -> list[tuple[int, Path]]:
        paths = [(index, folder / self.language / f"{clause}.md.j2") for index, folder in enumerate(self.folders.folders)]
        return [(index, path) for index, path in paths if path.is_file()]

    def text(self, clause: str) -> str:
        """Return the text of the template that a clause is printed by; "" where there is none, or it can't be read."""
        return next((_text(path) for _, path in self._texts(clause)), "")

    def named(self, clauses: Collection[str]) -> Named:
        """Return what the texts of clauses name in any layer."""
        return Named.all_of(named_in_text(_text(path), self.language) for clause in clauses for _, path in self._texts(clause))

    def over(self, printed: Collection[str] | None = None) -> Iterator[Overlay]:
        """Yield each file that lies over another or hides one, in the outline's order; ``printed`` are the clauses that a document has."""
        if len(self.folders.folders) == 1:
            return
        for entry in self.outline:
            yield from self._laid(entry)
            if entry.when and printed is not None and entry.id not in printed and self.folders.rank(entry.file) < len(self.folders.folders) - 1:
                who = Wording(
                    f"cette condition tient la clause « {entry.id} » hors du document, qui",
                    f"this condition keeps clause '{entry.id}' out of the document, which",
                )
                yield self._hiding(entry.id, entry.file, entry.line, who)
        yield from self._left_out

    def _laid(self, entry: OutlineEntry) -> Iterator[Overlay]:
        found = self._texts(entry.id)
        if not found[1:]:
            return
        (rank, path), *below = found
        text, texts = _text(path), tuple(_text(each) for _, each in below)
        lower, upper = Named.all_of(named_in_text(each, self.language) for each in texts), named_in_text(text, self.language)
        gone = Named(lower.headings, {form: term for form, term in lower.terms.items() if form not in upper.terms})
        who = Wording(f"la clause « {entry.id} », posée sur celle d'une couche inférieure,", f"clause '{entry.id}', laid over that of a lower layer,")
        yield Overlay(display_name(path), 1, rank, entry.id, who, gone, text, texts)

    def _hiding(self, clause: str, file: str, line: int, who: Wording) -> Overlay:
        texts = tuple(_text(path) for _, path in self._texts(clause))
        return Overlay(file, line, self.folders.rank(file), clause, who, self.named([clause]), "", texts)

    @cached_property
    def _left_out(self) -> list[Overlay]:
        """The clauses of lower outlines that an own outline leaves out, at that outline."""
        known, found = {entry.id for entry in self.outline}, []
        for index, folder in enumerate(self.folders.folders[:-1]):
            path = folder / "outline.yaml"
            for entry in _readable(TemplateFolders(self.folders.folders[index + 1 :])) if path.is_file() else ():
                if entry.id not in known:
                    known.add(entry.id)
                    who = Wording(
                        f"ce plan, posé sur celui d'une couche inférieure, omet la clause « {entry.id} » : il",
                        f"this outline, laid over that of a lower layer, leaves out clause '{entry.id}': it",
                    )
                    found.append(self._hiding(entry.id, display_name(path), 1, who))
        return found

    def renumbered(self, clause: str, rank: int) -> tuple[Overlay, str] | None:
        """Return the line of a higher layer's outline that makes an article or appendix of a clause, to which lower clauses refer by a bare number."""
        for entry in self.outline:
            if entry.id == clause and self.folders.rank(entry.file) < rank:
                who = Wording(f"ce plan fait de « {clause} » un article ou une annexe,", f"this outline makes '{clause}' an article or an appendix,")
                return Overlay(entry.file, entry.line, self.folders.rank(entry.file), clause, who, Named(), "", ()), clause
        return None


def _text(path: Path) -> str:
    """Return the text of a template; "" for one that isn't UTF-8, which is a finding of its own where it is read."""
    try:
        return read_template_text(path)
    except FindingsError:
        return ""


def _readable(folders: TemplateFolders) -> tuple[OutlineEntry, ...]:
    """Return the outline of lower layers; none where it is faulty and an own one takes its place."""
    try:
        return read_outline(folders)
    except FindingsError:
        return ()


def blamed(findings: Iterable[Diagnostic], overlays: Overlays, document: Document) -> Iterator[Diagnostic]:
    """Yield findings, those on references and terms of lower layers at the files that took away what they need: one for each thing taken."""
    findings = list(findings)
    printed = {section.id for section in sections_of(document.sections)}
    over = list(overlays.over(printed)) if any(finding.rule in _RULES for finding in findings) else []
    taken: dict[tuple[str, str, str], tuple[Overlay, Diagnostic, list[str]]] = {}
    for finding in findings:
        found = _taken(finding, over, overlays) if finding.rule in _RULES and over else None
        if found is None:
            yield finding
            continue
        overlay, what = found
        _, _, places = taken.setdefault((finding.rule, overlay.file, what), (overlay, finding, []))
        places.append(f"{finding.file}:{finding.line}")
    yield from (_said(rule, overlay, what, finding, places) for (rule, _, what), (overlay, finding, places) in taken.items())


def _taken(finding: Diagnostic, over: Sequence[Overlay], overlays: Overlays) -> tuple[Overlay, str] | None:
    """Return the file of a higher layer to blame for a finding, and what it took; None where there is none."""
    about, rank = finding.about, overlays.folders.rank(finding.file)
    for overlay in over:
        if overlay.rank >= rank:
            continue
        match finding.rule:
            case "reference.unknown" if about in overlay.gone.headings:
                return overlay, about
            case "term.undefined" if (term := _term_of(about, overlay.gone.terms)) is not None:
                return overlay, term
            case "term.unused" if _uses(about, *overlay.below) and not _uses(about, overlay.text):
                return overlay, about.split(FORMS)[0]
            case _:
                pass
    return overlays.renumbered(about, rank) if finding.rule == "reference.bare-number" else None


def _term_of(word: str, terms: Mapping[str, str]) -> str | None:
    """Return the term of which a word with a capital is part, by its shortest form; the English genitive is the word's too."""
    bare = word.removesuffix("’s").removesuffix("'s")
    found = [form for form in terms if not {word, bare}.isdisjoint(_WORD.findall(form))]
    return terms[min(found, key=lambda form: (len(form), form))] if found else None


def _uses(forms: str, *texts: str) -> bool:
    """Return whether any of the texts has one of a term's forms."""
    patterns = [r"\s+".join(re.escape(word).replace("’", "['’]") for word in form.split()) for form in forms.split(FORMS)]
    return any(re.search(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", text) for text in texts)


# For each rule on what a lower layer needs, the rule of the file that took it, and what that file no longer does.
_RULES: Final[Mapping[str, tuple[str, Wording, Wording]]] = {
    "reference.unknown": (
        "layer.heading-gone",
        Wording("n'a plus le titre {{#{what}}} ; y renvoient : {places}", "no longer has the heading {{#{what}}}; references to it: {places}"),
        _PUT_BACK,
    ),
    "reference.bare-number": (
        "layer.role-changed",
        Wording(
            "dont le numéro seul ne peut pas être un champ de Word ; y renvoient ainsi : {places}",
            "whose bare number can't be a field in Word; references to it: {places}",
        ),
        Wording("lui laisser « role: part », ou poser aussi ces clauses dans la couche", "leave it 'role: part', or lay those clauses over as well"),
    ),
    "term.undefined": (
        "layer.term-gone",
        Wording("ne définit plus « {what} » ; l'emploient : {places}", "no longer defines '{what}'; used in: {places}"),
        _PUT_BACK,
    ),
    "term.unused": (
        "layer.term-unused",
        Wording(
            "n'emploie plus « {what} », que plus rien n'emploie ; défini dans : {places}",
            "no longer uses '{what}', and nothing else does; defined in: {places}",
        ),
        Wording(
            "employer le terme, ou poser aussi dans la couche la clause qui le définit",
            "use the term, or lay the clause that defines it over as well",
        ),
    ),
}


def _said(rule: str, overlay: Overlay, what: str, finding: Diagnostic, places: Sequence[str]) -> Diagnostic:
    name, words, hint = _RULES[rule]
    shown, more = ", ".join(sorted(set(places))[:_MOST_PLACES]), len(set(places)) - _MOST_PLACES
    shown = f"{shown} (+ {more})" if more > 0 else shown
    said = Wording(*(each.format(what=what, places=shown) for each in words))
    return replace(overlay.finding(name, said, hint), severity=finding.severity)
