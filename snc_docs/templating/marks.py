"""The marks of statements that a layer's clauses no longer have: what ``compliance`` counts on, and ``amend`` guards, rests on them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.patterns import regex
from snc_docs.templating.folders import TemplateFolders, shipped_folder
from snc_docs.templating.outline import OutlineEntry
from snc_docs.templating.overlays import Overlays

# What says the contrary of what the framework asks: nobody misses it.
CONTRARY: Final = frozenset(("change-by-notice", "change-by-silence"))
_MARKED: Final = regex(r"\[([^\[\]{}]+)\]\(says:([a-z0-9+-]+)\)")
_MARK: Final = regex(r"\bsays:([a-z0-9-]+(?:\+[a-z0-9-]+)*)")


def lost_marks(folders: TemplateFolders, outline: tuple[OutlineEntry, ...], language: str) -> tuple[Diagnostic, ...]:
    """Return a warning for each file that lies over another whose statements no clause marks any more, whatever is printed under conditions.

    A comment of the file that names a fact (``{# not ours: says:complaint #}``) says that it was left out on purpose. Files are read again where
    they were written since: a campaign asks for each of its clients.
    """
    paths = sorted(path for folder in folders.own() for path in folder.glob(f"{language}/*.md.j2") if path.is_file())
    return _lost(folders, outline, language, tuple((str(path), (found := path.stat()).st_mtime_ns, found.st_size) for path in paths))


@lru_cache(maxsize=16)
def _lost(
    folders: TemplateFolders,
    outline: tuple[OutlineEntry, ...],
    language: str,
    written: tuple[tuple[str, int, int], ...],  # noqa: ARG001  # a file that was written since is another key of what is kept
) -> tuple[Diagnostic, ...]:
    return tuple(_found(folders, outline, language))


def _found(folders: TemplateFolders, outline: tuple[OutlineEntry, ...], language: str) -> Iterator[Diagnostic]:
    overlays = Overlays(folders, outline, language)
    over = list(overlays.over())
    marked = {fact for entry in outline for fact in _facts_in(overlays.text(entry.id))} if over else set()
    for overlay in over:
        lost = sorted({fact for text in overlay.below for fact in _facts_in(text)} - marked - CONTRARY)
        if lost:
            named = ", ".join(f"says:{fact}" for fact in lost)
            yield Diagnostic(
                "statement.lost",
                Severity.WARNING,
                Wording(f"{overlay.who.fr} ne marque plus d'énoncé {named}", f"{overlay.who.en} no longer marks any words as {named}"),
                Wording(
                    f"marquer les mots qui le disent, [ces mots](says:{lost[0]}) : « amend » et « compliance » s'y fient ; voulu, le noter : {{# says:{lost[0]} #}}",
                    f"mark the words that say it, [these words](says:{lost[0]}), on which 'amend' and 'compliance' rely; where it is meant, note it: {{# says:{lost[0]} #}}",
                ),
                file=overlay.file,
                line=overlay.line,
                clause=overlay.clause,
            )


@lru_cache(maxsize=64)
def shipped_words(fact: str, language: str) -> str:
    """Return words by which a shipped clause states a fact; "" where none does in plain words."""
    for path in sorted((shipped_folder() / language).glob("*.md.j2")):
        for words, facts in _MARKED.findall(path.read_text(encoding="utf-8")):
            if fact in facts.split("+"):
                return " ".join(words.split())
    return ""


def _facts_in(text: str) -> set[str]:
    """Return the facts that a template's text marks, or says in a comment that it doesn't."""
    return {fact for facts in _MARK.findall(text) for fact in facts.split("+")}
