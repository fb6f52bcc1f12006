"""What expressions of a template mean, without data: each name resolved to the field of the model that it stands for.

An expression gets a *key* that is the same in every language: data paths in place of names (``[*]`` for any item of a list),
filters by name, words of the language left out. So ``{{ region.name }}`` inside ``for region in service.regions`` has the key
``service.regions[*].name`` whatever the loop variable is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

from jinja2 import nodes

from snc_docs.errors import Wording
from snc_docs.language.figures import figures
from snc_docs.model.agreement import Agreement
from snc_docs.model.base import Model, kind_of
from snc_docs.model.facts import OwnFacts
from snc_docs.model.kinds import LocalizedText, LocalizedUrl, Money
from snc_docs.model.nearest import meant, nearest
from snc_docs.model.periods import Delay, Period
from snc_docs.templating.fields import UNSEEN
from snc_docs.templating.filters import FILTERS

# Filters whose arguments are words of one language, and one that only French needs.
_WORDS: Final = frozenset(("bracketed", "choose", "plural", "prompted", "sample"))
# Filters that print a word of the template in the form that a language wants, and no value.
OF_WORDS_ALONE: Final = frozenset(("agreed",))
_OF_ONE_LANGUAGE: Final = frozenset(("elided", "in_town", "of_town"))
# Filters that print the value itself, or another of its kind.
_SAME_KIND: Final = frozenset(("if_given", "or_else", "prompted", "sample", "upper"))
_LOOP: Final = frozenset(("first", "last", "index", "index0", "length", "revindex", "revindex0"))
_LEAVES: Final = (LocalizedText, LocalizedUrl, Money, Period, Delay)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression stands for: its key, the type of its value, and whether that is a list of them."""

    key: str
    kind: Any = None
    is_list: bool = False
    elided: bool = False

    @property
    def elidable(self) -> bool:
        """Return whether the value prints as words of the data, which may begin with a vowel, and isn't elided already."""
        return self.kind in (str, LocalizedText) and not self.is_list and not self.elided


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an expression, at a line."""

    rule: str
    message: Wording
    hint: Wording
    line: int


@dataclass(slots=True)
class Analyzer:
    """Resolves the expressions of one template; notes faults, and the fields of models that it met."""

    facts: type[OwnFacts] = OwnFacts
    faults: list[Fault] = field(default_factory=list)
    used: set[tuple[type[Model], str]] = field(default_factory=set)

    def meaning(self, node: nodes.Node, scope: Mapping[str, Meaning]) -> Meaning:
        """Return what an expression means; ``scope`` are the loop variables."""
        match node:
            case nodes.Name(name=name):
                return self._name(name, scope, node.lineno)
            case nodes.Getattr(node=base, attr=attribute):
                return self._attribute(self.meaning(base, scope), attribute, node.lineno)
            case nodes.Getitem(node=base, arg=argument):
                self.meaning(argument, scope)
                of = self.meaning(base, scope)
                return Meaning(f"{of.key}[{self.meaning(argument, scope).key}]", of.kind)
            case nodes.Filter():
                return self._filter(node, scope)
            case nodes.Const(value=value):
                return Meaning(repr(value))
            case nodes.Not(node=negated):
                return Meaning(f"not {self.meaning(negated, scope).key}")
            case _:
                inner = ", ".join(self.meaning(child, scope).key for child in node.iter_child_nodes())
                return Meaning(f"{_label(node)}({inner})")

    def _name(self, name: str, scope: Mapping[str, Meaning], line: int) -> Meaning:
        if name in scope:
            return scope[name]
        known = _fields(Agreement)
        if name not in known or name in UNSEEN:
            self._unknown(name, sorted(known.keys() - UNSEEN), line)
            return Meaning(name)
        self.used.add((Agreement, name))
        if name == "facts":
            return Meaning(name, self.facts)
        return _meaning(name, known[name])

    def _attribute(self, base: Meaning, attribute: str, line: int) -> Meaning:
        if base.key == "loop":
            if attribute not in _LOOP:
                self._unknown(f"loop.{attribute}", sorted(_LOOP), line)
            return Meaning(f"loop.{attribute}")
        if base.kind is None:
            return Meaning(f"{base.key}.{attribute}")
        known = {} if base.is_list or not _is_model(base.kind) else _fields(base.kind)
        if attribute not in known:
            self._unknown(f"{base.key}.{attribute}", sorted(known), line)
            return Meaning(f"{base.key}.{attribute}")
        self.used.add((base.kind, attribute))
        return _meaning(f"{base.key}.{attribute}", known[attribute])

    def _filter(self, node: nodes.Filter, scope: Mapping[str, Meaning]) -> Meaning:
        if node.name not in FILTERS:
            known = ", ".join(sorted(FILTERS))
            self.faults.append(
                Fault(
                    "template.unknown-filter",
                    Wording(f"filtre inconnu « {node.name} »", f"unknown filter '{node.name}'"),
                    Wording(f"prendre l'un de : {known}", f"take one of {known}"),
                    node.lineno,
                )
            )
        base = self.meaning(node.node, scope) if node.node else Meaning("")
        arguments = [self.meaning(argument, scope).key for argument in node.args]
        if node.name in _OF_ONE_LANGUAGE:
            return replace(base, elided=True)
        if node.name == "names_of" and _is_model(base.kind):
            self.used.add((base.kind, "name"))
        if node.name == "categories" and _is_model(base.kind):
            self.used.add((base.kind, "category"))
        if node.name in ("given", "values_of"):
            self._given(node, base)
        counted = figures(" ".join(str(each.value) for each in node.args if isinstance(each, nodes.Const)), "en") if node.name in _WORDS else ()
        shown = f"({', '.join(counted if node.name in _WORDS else arguments)})" if (counted or (arguments and node.name not in _WORDS)) else ""
        return Meaning(f"{base.key}|{node.name}{shown}", base.kind if node.name in _SAME_KIND else None)

    def _given(self, node: nodes.Filter, base: Meaning) -> None:
        """Note the field that a condition asks a list for; a fault for one that its items don't have."""
        name = node.args[0].value if node.args and isinstance(node.args[0], nodes.Const) else ""
        known = _fields(base.kind) if _is_model(base.kind) else {}
        if name in known:
            self.used.add((base.kind, name))
        else:
            self._unknown(f"{base.key}[*].{name}", sorted(known), node.lineno)

    def _unknown(self, name: str, known: list[str], line: int) -> None:
        fields = ", ".join(known) or "–"
        hint = Wording(f"prendre l'un de : {fields}", f"take one of {fields}")
        near = nearest(name.rpartition(".")[2], known)
        self.faults.append(
            Fault(
                "template.unknown-field",
                Wording(f"champ inconnu « {name} »", f"unknown field '{name}'"),
                meant(near, hint) if near else hint,
                line,
            )
        )


def item_of(meaning: Meaning) -> Meaning:
    """Return what a loop's variable means when the loop goes over ``meaning``."""
    return Meaning(f"{meaning.key}[*]", meaning.kind)


def _label(node: nodes.Node) -> str:
    return node.op if isinstance(node, nodes.Operand) else type(node).__name__.lower()


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model) and kind not in _LEAVES


def _meaning(key: str, annotation: Any) -> Meaning:
    kind, is_list = kind_of(annotation)
    return Meaning(key, kind, is_list)


@cache
def _fields(model: type[Model]) -> dict[str, Any]:
    return {name: info.annotation for name, info in model.model_fields.items()}


def all_paths(model: type[Model] = Agreement, path: str = "") -> dict[tuple[type[Model], str], str]:
    """Return the first data path of every field of every model that an agreement is made of, files it carries left out."""
    found: dict[tuple[type[Model], str], str] = {}
    for name, annotation in _fields(model).items():
        if name in UNSEEN:
            continue
        where = f"{path}.{name}" if path else name
        found.setdefault((model, name), where)
        kind, is_list = kind_of(annotation)
        if _is_model(kind):
            for field, inner in all_paths(kind, f"{where}[*]" if is_list else where).items():
                found.setdefault(field, inner)
    return found
