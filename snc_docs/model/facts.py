"""Own facts: data that a provider (or one client's layer) declares for its own clauses, typed and labelled as shipped data is.

A layer declares them in ``facts.yaml``; a model is made of the declarations (``facts_model``), so that findings with file and line, the JSON
Schema, the diff by key and the refusal to lower a protected level work for them as for any field. The declarations travel with the
agreement: an issued document can be compared where its layers are no longer at hand.
"""

import keyword
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Final, Self, cast

from pydantic import StringConstraints, create_model, model_validator
from pydantic_core import PydanticCustomError

from snc_docs.model.base import LabelledEnum, Model, described
from snc_docs.model.kinds import Amount, Date, Identifier, Line, LocalizedLine, LocalizedText, LocalizedUrl, Money, Percent, YesNo
from snc_docs.model.periods import Delay

MOST_FACTS: Final = 500
_MOST_COLUMNS: Final = 30
NOT_APPLICABLE: Final = "not-applicable"
# What the lists that are made of declarations are called.
OWN_CHOICE: Final = "OwnChoice"
# An attribute in templates and a field of a model: no dash, nothing that begins with an underscore or a figure.
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]


class FactKind(LabelledEnum):
    """What a fact is."""

    TEXT = "text", "texte", "text"
    WORDING = "wording", "texte en deux langues", "text in both languages"
    NUMBER = "number", "nombre", "number"
    RATE = "rate", "taux", "rate"
    PERIOD = "period", "durée", "period"
    AMOUNT = "amount", "montant", "amount"
    DATE = "date", "date", "date"
    YES_NO = "yes-no", "oui ou non", "yes or no"
    ADDRESS = "address", "adresse web", "web address"
    CHOICE = "choice", "choix", "choice"
    TABLE = "table", "tableau", "table"


class GivenBy(LabelledEnum):
    """Whose file gives a fact: the baseline or the client file."""

    PROVIDER = "provider", "le prestataire (socle)", "the provider (baseline)"
    CLIENT = "client", "le client (fichier client)", "the client (client file)"


class Protection(LabelledEnum):
    """In which direction a change of a fact would lower the client's protection."""

    NONE = "none", "aucune", "none"
    HIGHER = "higher", "protège par une valeur haute ou longue", "protects by being high or long"
    LOWER = "lower", "protège par une valeur basse ou courte", "protects by being low or short"
    PRESENT = "present", "protège par sa présence", "protects by being there"


_MEASURED: Final = frozenset((FactKind.NUMBER, FactKind.RATE, FactKind.PERIOD, FactKind.AMOUNT, FactKind.DATE))


# What facts have beside those that are declared.
_RESERVED: Final = frozenset(("without", "declared", "protections"))


class FactChoice(Model):
    """One of the values that a choice may have."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    label: LocalizedLine = described("libellé", "label")


class FactColumn(Model):
    """One column of a table: a fact in each of its rows."""

    key: ClassVar[str | None] = "id"
    id: FactName = described("identifiant", "identifier")
    kind: FactKind = described("nature", "kind")
    label: LocalizedLine = described("libellé", "label")
    required: YesNo = described("obligatoire", "required", default=True)
    protects: Protection = described("protection", "protection", default=Protection.NONE)
    choices: tuple[FactChoice, ...] = described("valeurs possibles", "possible values", default=())

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.kind is FactKind.CHOICE) is not bool(self.choices):
            raise PydanticCustomError("fact_choices", "choices are given with a choice, and with nothing else")
        if keyword.iskeyword(self.id) or self.id in _RESERVED or hasattr(Model, self.id):
            raise PydanticCustomError("fact_reserved", "{value} is a word of the program", {"value": self.id})
        if self.protects in (Protection.HIGHER, Protection.LOWER) and self.kind not in _MEASURED:
            raise PydanticCustomError("fact_protects", "only what can be measured protects by being high or low")
        if self.kind is FactKind.TABLE and type(self) is FactColumn:
            raise PydanticCustomError("fact_nested", "a table has no tables in it")
        return self


class FactDeclaration(FactColumn):
    """A fact that a layer declares. A table has ``columns``, one of them its ``row_key``, by which rows are told apart."""

    required: YesNo = described("obligatoire", "required", default=False)
    given_by: GivenBy = described("donné par", "given by", default=GivenBy.PROVIDER)
    columns: tuple[FactColumn, ...] = described("colonnes", "columns", default=(), max_length=_MOST_COLUMNS)
    row_key: FactName | None = described("colonne qui distingue les lignes", "column that tells rows apart", default=None)

    @model_validator(mode="after")
    def _has_its_columns(self) -> Self:
        names = {column.id for column in self.columns if column.kind in (FactKind.TEXT, FactKind.CHOICE) and column.required}
        fits = self.row_key in names if self.kind is FactKind.TABLE else not self.columns and self.row_key is None
        if not fits or len({column.id for column in self.columns}) < len(self.columns):
            raise PydanticCustomError("fact_columns", "a table has columns, one of them its key; nothing else has")
        return self


class FactsFile(Model):
    """What ``facts.yaml`` holds."""

    facts: tuple[FactDeclaration, ...] = described("faits", "facts", max_length=MOST_FACTS)


Declared = tuple[FactDeclaration, ...]


class OwnRow(Model):
    """A row of a table that a layer declares."""

    protections: ClassVar[Mapping[str, Protection]] = {}


class OwnFacts(Model):
    """The facts of one agreement; a class is made of it for each set of declarations.

    ``without`` names those that don't apply to this agreement: they print nothing, where one that is unknown is a field to fill in.
    """

    declared: ClassVar[Declared] = ()
    protections: ClassVar[Mapping[str, Protection]] = {}
    without: tuple[str, ...] = described("sans objet", "not applicable", printed=False, default=())

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes the facts again in another process, whose class is made there."""
        return _rebuilt, (self.declared, self.model_dump(mode="json"))


NO_FACTS: Final = OwnFacts.model_construct(without=())


def _rebuilt(declared: Declared, values: dict[str, Any]) -> OwnFacts:
    return facts_model(declared).model_validate(values)


_KINDS: Final[dict[FactKind, Any]] = {
    FactKind.TEXT: Line,
    FactKind.WORDING: LocalizedText,
    FactKind.NUMBER: Amount,
    FactKind.RATE: Percent,
    FactKind.PERIOD: Delay,
    FactKind.AMOUNT: Money,
    FactKind.DATE: Date,
    FactKind.YES_NO: YesNo,
    FactKind.ADDRESS: LocalizedUrl,
}


@lru_cache(maxsize=256)
def facts_model(declared: Declared) -> type[OwnFacts]:
    """Return the model of declarations: the same class for the same ones, so that values of two versions can be compared."""
    if not declared:
        return OwnFacts
    fields: dict[str, Any] = {each.id: _field(each, optional=True) for each in declared}
    made = create_model("OwnFacts", __base__=OwnFacts, **fields)
    made.declared = declared
    made.protections = {each.id: each.protects for each in declared}
    return made


def _field(fact: FactColumn, *, optional: bool) -> tuple[Any, Any]:
    """Return the annotation and the field of a fact."""
    kind = _type_of(fact)
    if fact.kind is FactKind.TABLE:
        return kind, described(fact.label.fr, fact.label.en, default=())
    more: dict[str, Any] = {"default": None} if optional else {}
    return (kind | None if optional else kind), described(fact.label.fr, fact.label.en, **more)


def _type_of(fact: FactColumn) -> Any:
    if fact.kind is FactKind.CHOICE:
        return _enum(fact)
    if isinstance(fact, FactDeclaration) and fact.kind is FactKind.TABLE:
        return tuple[_row(fact), ...]  # type: ignore[misc]  # a class that is made here
    return _KINDS[fact.kind]


@lru_cache(maxsize=1024)
def _enum(fact: FactColumn) -> type[LabelledEnum]:
    members = {f"CHOICE_{index}": (each.id, each.label.fr, each.label.en) for index, each in enumerate(fact.choices)}
    make: Any = LabelledEnum  # in enum's functional form, which its own __new__ hides from the types
    return cast("type[LabelledEnum]", make(OWN_CHOICE, members))


@lru_cache(maxsize=256)
def _row(table: FactDeclaration) -> type[OwnRow]:
    fields: dict[str, Any] = {each.id: _field(each, optional=not each.required) for each in table.columns}
    made = create_model("OwnRow", __base__=OwnRow, **fields)
    made.key = table.row_key
    made.protections = {each.id: each.protects for each in table.columns}
    return made


def given_facts(declared: Declared, given_by: GivenBy) -> type[OwnFacts]:
    """Return the model of the facts that one of the two files gives."""
    return facts_model(tuple(each for each in declared if each.given_by is given_by))


def joined_facts(declared: Declared, parts: Iterable[OwnFacts]) -> OwnFacts:
    """Return the facts of both files together."""
    values: dict[str, Any] = {}
    without: tuple[str, ...] = ()
    for part in parts:
        values |= {name: value for name, value in part if name != "without"}
        without += part.without
    return facts_model(declared).model_construct(**values, without=without)


def facts_of(declared: Declared, values: Mapping[str, Any]) -> OwnFacts:
    """Return facts whose values were validated before; what isn't declared is left out, and what isn't given is unknown."""
    blank = blank_facts(declared)
    known = {name: values[name] for name in type(blank).model_fields if name in values and not (values[name] is None and getattr(blank, name) == ())}
    return blank.model_copy(update=known)


def blank_facts(declared: Declared) -> OwnFacts:
    """Return facts of which nothing is known yet."""
    return facts_model(declared).model_construct()


def with_not_applicable(values: dict[str, Any]) -> dict[str, Any]:
    """Return given values with the name of each that is said not to apply in ``without``."""
    absent = [name for name, value in values.items() if value == NOT_APPLICABLE]
    kept = {name: value for name, value in values.items() if value != NOT_APPLICABLE}
    return {**kept, "without": absent} if absent else kept
