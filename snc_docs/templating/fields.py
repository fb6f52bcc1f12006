"""What templates see of the data: views that know their data path and print as tokens.

A ``View`` gives the declared fields of a model and nothing else; ``Rows`` is a list; a ``Printable`` is a single value.
However a field is printed, ``str()`` gives a token, so no way of writing a template can paste a value into markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Final

from snc_docs.document.nodes import FillIn, FillKind, Inline, Link, Text, Value
from snc_docs.errors import Wording
from snc_docs.language.typography import typeset
from snc_docs.model.base import Model, kind_of
from snc_docs.model.facts import OwnFacts
from snc_docs.model.kinds import Email, LocalizedText, LocalizedUrl, Money, Telephone, Url
from snc_docs.model.party import Party
from snc_docs.model.paths import item_paths, key_of
from snc_docs.model.periods import Period
from snc_docs.patterns import regex
from snc_docs.templating.tokens import Tokens
from snc_docs.values import text_of


class Printable:
    """One value at a data path. ``raw`` is None while it's unknown; conditions test and compare the raw value."""

    __slots__ = ("kind", "label", "language", "path", "prefix", "raw", "shown", "tokens")

    def __init__(self, path: str, raw: Any, label: Wording, scope: Scope, kind: FillKind = "text") -> None:
        """Make the field; ``label`` is what people call it, ``kind`` what is filled in while it is unknown."""
        self.path, self.raw, self.label, self.kind = path, raw, label, kind
        self.tokens, self.language = scope.tokens, scope.language
        self.shown: str | None = None
        self.prefix = ""

    def text(self) -> str:
        """Return the value as the language writes it."""
        return self.shown if self.shown is not None else text_of(self.raw, self.language)

    def inlines(self) -> tuple[Inline, ...]:
        """Return the nodes of the tree: words, a live link, or a field to fill in, after the template words that lead it."""
        lead: tuple[Inline, ...] = (Text(self.prefix),) if self.prefix else ()
        if self.raw is None and self.shown is None:
            return (*lead, FillIn(self.path, typeset(self.label.in_language(self.language), self.language), self.kind))
        value = Value(self.path, self.text())
        href = href_of(self.raw) if self.shown is None else None
        return (*lead, Link(href, (value,)) if href else value)

    def printed(self, shown: str | None, prefix: str = "") -> Printable:
        """Return the same value printed as ``shown`` (None: as its kind prints) after template words, its data path kept."""
        field = Printable.__new__(Printable)
        field.path, field.raw, field.label, field.kind = self.path, self.raw, self.label, self.kind
        field.tokens, field.language = self.tokens, self.language
        field.shown, field.prefix = shown, prefix
        return field

    def asked_as(self, words: str) -> Printable:
        """Return the same value, which asks for itself in other words of the language while it is unknown."""
        field = self.printed(self.shown, self.prefix)
        field.label = Wording(words, words)
        return field

    def __str__(self) -> str:
        """Return the token of the value."""
        return self.tokens.add(self.inlines())

    def __bool__(self) -> bool:
        """Return whether the value is known; for yes or no, which it is."""
        return self.raw is not None and self.raw is not False

    def __eq__(self, other: object) -> bool:
        """Compare raw values."""
        return bool(self.raw == (other.raw if isinstance(other, Printable) else other))

    def __hash__(self) -> int:
        """Hash the raw value, so that a field can look up a row."""
        return hash(self.raw)


class Scope:
    """What one rendering shares: its tokens and its language."""

    __slots__ = ("language", "tokens")

    def __init__(self, language: str) -> None:
        """Start with no token."""
        self.tokens, self.language = Tokens(), language

    def wrap(self, path: str, value: Any, label: Wording) -> View | Rows | Printable:
        """Return what a template sees of ``value``, which people call ``label``."""
        return _SEEN_AS[type(value)](path, value, label, self)


_Seen = Callable[[str, Any, Wording, Scope], "View | Rows | Printable"]


def _worded(path: str, value: LocalizedText, label: Wording, scope: Scope) -> Printable:
    return Printable(path, _set(value.in_language(scope.language), scope.language), label, scope)


def _addressed(path: str, value: LocalizedUrl, label: Wording, scope: Scope) -> Printable:
    return Printable(path, value.in_language(scope.language), label, scope)


def _viewed(path: str, value: Model, _: Wording, scope: Scope) -> View:
    return View(path, value, scope)


class _SeenAs(dict[type, _Seen]):
    """What makes what a template sees of values of a kind: asked once, since to ask whether it is a model takes longer than all the rest."""

    def __missing__(self, kind: type) -> _Seen:
        seen: _Seen = Printable
        if kind is tuple:
            seen = Rows
        elif issubclass(kind, LocalizedText):
            seen = _worded
        elif issubclass(kind, LocalizedUrl):
            seen = _addressed
        elif issubclass(kind, Model) and not issubclass(kind, (Money, Period)):
            seen = _viewed
        self[kind] = seen
        return seen


_SEEN_AS: Final = _SeenAs()
# Words of the data are set as those of a template are, the same ones once.
_set: Final = lru_cache(maxsize=4096)(typeset)


class _Labels(dict[type[Model], dict[str, Wording]]):
    """What people call each field of a model, asked for once."""

    def __missing__(self, model: type[Model]) -> dict[str, Wording]:
        self[model] = labels = {name: model.label_of(name) for name in model.model_fields}
        return labels


_LABELS: Final = _Labels()


class _Kinds(dict[type[Model], dict[str, FillKind]]):
    """What goes into each field of a model while it is unknown, asked for once."""

    def __missing__(self, model: type[Model]) -> dict[str, FillKind]:
        self[model] = kinds = {name: _fill_kind(field.annotation) for name, field in model.model_fields.items()}
        return kinds


_KINDS: Final = _Kinds()


def _fill_kind(annotation: Any) -> FillKind:
    """Return what goes into a field that may be ``None`` too, from its annotation."""
    kind, _ = kind_of(annotation)
    return "date" if kind is date else "wording" if kind is LocalizedText else "text"


# Parts of an agreement that templates don't see: files, and what layers declare.
UNSEEN: Final = frozenset(("attachments", "declared", "logo_file"))


class View:
    """The fields of a model. False while nothing of it is known."""

    def __init__(self, path: str, model: Model, scope: Scope) -> None:
        """Look at ``model``, which stands at ``path`` ("" for the whole agreement)."""
        self._path, self._model, self._scope = path, model, scope

    def __getattr__(self, name: str) -> View | Rows | Printable:
        """Return a declared field; AttributeError, which Jinja reports as undefined, for any other name."""
        label = _LABELS[type(self._model)].get(name)
        if label is None:
            raise AttributeError(name)
        path = f"{self._path}.{name}" if self._path else name
        if isinstance(self._model, OwnFacts) and name in self._model.without:
            return Printable(path, None, label, self._scope).printed("")  # said not to apply: no words, and no field to fill in
        value = getattr(self._model, name)
        if value is None:
            child: View | Rows | Printable = Printable(path, None, label, self._scope, _KINDS[type(self._model)][name])
        else:
            child = self._scope.wrap(path, value, label)
        setattr(self, name, child)  # found without this method from now on: lists are looked up in loops
        return child

    def __bool__(self) -> bool:
        """Return whether anything is known."""
        return not self._model.is_blank()


def party_of(view: object) -> Party:
    """Return the party that a template looks at; TypeError for anything else."""
    model = view._model if isinstance(view, View) else None  # noqa: SLF001  # templates get at fields alone
    if not isinstance(model, Party):
        raise TypeError("a party is needed here: provider or client")
    return model


class Rows:
    """A list of the data; ``rows[key]`` finds the item with that key."""

    def __init__(self, path: str, items: tuple[Any, ...], label: Wording, scope: Scope) -> None:
        """Look at the list at ``path``."""
        self._path, self._items, self._label, self._scope = path, items, label, scope

    @property
    def raw(self) -> tuple[Any, ...]:
        """Return the items themselves."""
        return self._items

    @property
    def language(self) -> str:
        """Return the language that the items print in."""
        return self._scope.language

    @cached_property
    def _views(self) -> list[View | Rows | Printable]:
        paths = item_paths(self._path, self._items)
        return [self._scope.wrap(path, item, self._label) for path, item in zip(paths, self._items, strict=True)]

    @cached_property
    def _by_key(self) -> dict[str, View | Rows | Printable]:
        keys = [str(item) if (key := key_of(item)) is None else key for item in self._items]
        return dict(zip(keys, self._views, strict=True))

    def __iter__(self) -> Iterator[View | Rows | Printable]:
        """Yield what templates see of each item."""
        return iter(self._views)

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def __getitem__(self, key: object) -> View | Rows | Printable:
        """Return the item whose key is ``key``; KeyError where there is none."""
        return self._by_key[str(key.raw if isinstance(key, Printable) else key)]


# What RFC 6068 lets stand in an address as it is; ?, & and % would begin fields of the message, or escapes.
_UNSAFE_IN_MAILTO: Final = regex(r"[^A-Za-z0-9@.+_~!$'*-]")


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode())


def href_of(raw: Any) -> str | None:
    """Return the address that a value links to; None for what isn't an address."""
    match raw:
        case Url():
            return str(raw)
        case Email():
            return f"mailto:{_UNSAFE_IN_MAILTO.sub(_percent, raw)}"
        case Telephone():
            number, _, extension = raw.partition(" ext. ")
            digits = "".join(char for char in number if char.isdigit() or char == "+")
            return f"tel:{digits};ext={extension}" if extension else f"tel:{digits}"  # RFC 3966
        case _:
            return None
