"""The version that was signed: what was filled in by hand in its Word file, and is in the data now, is no change.

A field that was left open and filled in at the signature is part of what was agreed. Where the new version prints the same words there, the
old one has them too, in its data and where it prints them. What was filled in otherwise, or isn't in the data, isn't compared: a finding names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.diff.comparison import Version
from snc_docs.document.nodes import Document, FillIn, Value
from snc_docs.document.walk import rewrite, walk
from snc_docs.errors import Wording
from snc_docs.model.base import Model
from snc_docs.model.paths import key_of
from snc_docs.paths import DataPath

_RULE: Final = "issued.filled"
_COMMA: Final = ", "


def as_signed(old: Version, new: Version) -> Version:
    """Return an old version with what was filled in in its Word files, where the new one prints the same; as it is where nothing was."""
    same = {language: _same_words(old.filled[language], new.documents[language]) for language in old.filled if language in new.documents}
    paths = dict.fromkeys(path for words in same.values() for path in words)
    if not paths:
        return old
    agreement = old.agreement
    for path in paths:
        agreement = _given(agreement, new.agreement, DataPath(path).steps)
    documents = {language: _with_words(document, same.get(language, {})) for language, document in old.documents.items()}
    left = {path for language, filled in old.filled.items() for path in filled if path not in same.get(language, {})}
    findings = (_naming(left, each) if each.rule == _RULE else each for each in old.findings)
    return replace(old, agreement=agreement, documents=documents, filled={}, findings=tuple(each for each in findings if each is not None))


def _naming(paths: Iterable[str], finding: Diagnostic) -> Diagnostic | None:
    """Return the finding on a file with those of its fields that are among ``paths``; None where none is."""
    names = set(finding.about.split(_COMMA)).intersection(paths)
    return filled_finding(names, finding.file) if names else None


def filled_finding(filled: Iterable[str], file: str | None) -> Diagnostic:
    """Return the warning on fields of a Word file that were filled in and aren't compared."""
    names = _COMMA.join(sorted(filled))
    return Diagnostic(
        _RULE,
        Severity.WARNING,
        Wording(f"champs remplis dans Word, non comparés : {names}", f"fields filled in in Word, not compared: {names}"),
        Wording("les porter dans le fichier client pour les comparer", "put them in the client file to compare them"),
        file=file,
        about=names,
    )


def _same_words(filled: Mapping[str, str], document: Document) -> dict[str, str]:
    """Return, by their paths, the words of a document that were filled in so."""
    printed = {(node.path, _plain(node.text)): node.text for node in walk(document) if isinstance(node, Value)}
    found = {path: printed.get((path, _plain(text))) for path, text in filled.items()}
    return {path: text for path, text in found.items() if path and text is not None}


def _plain(text: str) -> str:
    return " ".join(text.split())


def _with_words(document: Document, words: Mapping[str, str]) -> Document:
    """Return a document with words in the place of the fields to fill in that they are of."""

    def filled(node: Any) -> Any:
        return Value(node.path, words[node.path]) if isinstance(node, FillIn) and node.path in words else node

    return rewrite(document, filled)


def _given(model: Any, other: Any, steps: Sequence[str]) -> Any:
    """Return a part of the data with the value of another at a path; as it is where the other has nothing there."""
    first, *rest = steps
    if isinstance(model, tuple):
        source = next((each for each in other or () if key_of(each) == first), None)
        return tuple(_given(each, source, rest) if rest and key_of(each) == first else each for each in model)
    if not isinstance(model, Model) or not isinstance(other, Model) or first not in type(model).model_fields:
        return model
    value = getattr(other, first)
    return model.model_copy(update={first: _given(getattr(model, first), value, rest) if rest else value})
