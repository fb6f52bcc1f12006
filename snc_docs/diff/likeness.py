"""How alike two blocks are, by their words."""

from __future__ import annotations

from collections import Counter
from typing import Final

from snc_docs.document.nodes import Cell, Column, Fact, Node, Paragraph, Section, Signatory
from snc_docs.document.walk import plain_text, walk, word_names
from snc_docs.language.tokens import tokens

# Two paragraphs with less in common than this are one taken out and another put in.
_LEAST: Final = 0.25
# The same for a heading that became a paragraph, or a paragraph that became a heading.
_LEAST_RECAST: Final = 0.75
# What holds the words by which two blocks are alike.
_SPOKEN: Final = (Paragraph, Cell, Column, Fact, Section, Signatory)


def likeness_of(old: Node, new: Node, words: Counter[str], other_words: Counter[str]) -> float:
    """Return how much two blocks that may be one have in common, from 0 to 1; 0 where it is too little to compare them."""
    if type(old) is not type(new) and not (isinstance(old, (Paragraph, Section)) and isinstance(new, (Paragraph, Section))):
        return 0.0
    if isinstance(old, Fact) and isinstance(new, Fact) and old.label == new.label:
        return 1.0
    shared = shared_words(words, other_words)
    return shared if shared >= (_LEAST if type(old) is type(new) else _LEAST_RECAST) else 0.0


def shared_words(words: Counter[str], other_words: Counter[str]) -> float:
    """Return which part of the words of two texts both have, from 0 to 1; 1 of two without words."""
    total = words.total() + other_words.total()
    return 2 * (words & other_words).total() / total if total else 1.0


def words_of(node: Node) -> list[str]:
    """Return the words of a node, spaces and punctuation left out."""
    text = " ".join(plain_text(getattr(each, name)) for each in walk(node) if isinstance(each, _SPOKEN) for name in word_names(type(each)))
    return [token for token in tokens(text) if token[0].isalnum()]
