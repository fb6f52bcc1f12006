"""The parties to an agreement, of any kind and country: what identifies each, and what it goes without.

Three things are kept apart for what a party may lack: left out of the data it is unknown, and prints as a field to fill in; named in
``without`` it doesn't apply to that party, and its words don't print; given it prints. In data ``share_capital: not-applicable``, or an
explicit ``null``, says the same as its name in ``without``. In a party that was read, None is what isn't known; so its dump leaves that out.
"""

import re
from typing import Any, Final, Self

from pydantic import SerializationInfo, SerializerFunctionWrapHandler, ValidationError, ValidationInfo, model_serializer, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from snc_docs.model.addresses import PostalAddress
from snc_docs.model.base import LabelledEnum, Model, described, optional, unknown
from snc_docs.model.kinds import CountryCode, Line, LocalizedLine, Money
from snc_docs.model.places import in_sirene
from snc_docs.model.registers import Euid, SirenNumber, SiretNumber, VatNumber, registered_number
from snc_docs.patterns import regex

NOT_APPLICABLE: Final = "not-applicable"
# The context in which the data of a record is read and written (``stored``).
OF_A_RECORD: Final = "record"


class Signatory(Model):
    """The person who signs for a party; ``authority`` is what that person is empowered by, with its participle ("dûment habilitée par …")."""

    name: Line | None = unknown("nom du signataire", "signatory's name")
    title: LocalizedLine | None = unknown("fonction du signataire", "signatory's title")
    authority: LocalizedLine | None = optional("habilitation du signataire", "signatory's authority")


class PartyKind(LabelledEnum):
    """What a party is in law, as far as it shows in how it is identified."""

    COMPANY = "company", "société", "company"
    PUBLIC_BODY = "public-body", "personne publique", "public body"
    ASSOCIATION = "association", "association", "association"
    PERSON = "person", "personne physique", "natural person"


class GrammaticalGender(LabelledEnum):
    """What French participles that stand for a party agree with."""

    MASCULINE = "masculine", "masculin", "masculine"
    FEMININE = "feminine", "féminin", "feminine"


class PartyTrait(LabelledEnum):
    """Something by which parties are identified, and that some parties don't have."""

    LEGAL_FORM = "legal-form", "forme juridique", "legal form"
    SHARE_CAPITAL = "share-capital", "capital social", "share capital"
    REGISTRATION = "registration", "immatriculation", "registration"
    SIGNATORY = "signatory", "signataire", "signatory"


# The fields that say a trait: one that doesn't apply takes them all along.
_FIELDS_OF: Final = {
    PartyTrait.LEGAL_FORM: ("legal_form",),
    PartyTrait.SHARE_CAPITAL: ("share_capital",),
    PartyTrait.REGISTRATION: ("registration", "siren", "register_city"),
    PartyTrait.SIGNATORY: ("signatory",),
}
# What a file may say not to apply, by the field's own name.
TRAIT_OF: Final = {field: trait for trait, fields in _FIELDS_OF.items() for field in fields}


class Registration(Model):
    """Where a party is registered if not by a SIREN number alone: the register or list, the number, and its State where that isn't the seat's.

    ``registry`` prints in brackets: "registre du commerce de Mannheim" / "commercial register of Mannheim".
    """

    registry: LocalizedLine | None = optional("registre", "register")
    number: Line | None = unknown("numéro d’immatriculation", "registration number")
    country: CountryCode | None = optional("pays du registre", "country of the register")


# A legal form that has a share capital and, in France, an entry in the trade and companies register.
_COMPANY: Final = regex(
    r"(?i:\bsoci[ée]t[ée] (?:anonyme|par actions|à responsabilité|en nom|en commandite|d['’]exercice|coopérative|de droit|civile|commerciale|privée|publique|européenne)"
    r"|\bentreprise unipersonnelle\b|\baktiengesellschaft\b|\bgesellschaft mit beschränkter\b|\blimited\b|\bnaamloze vennootschap\b|\bbesloten vennootschap\b)"
    r"|(?<![\w.])(?:SA|SC[AS]|SE|AG|KG|SL|AB|(?i:SASU?|SARL|Sàrl|S\.à r\.l\.|EURL|EARL|SELARL|SCI|SNC|SCOP|SCIC|SRL|BV|NV|GmbH|OHG|SpA|Ltd|LLC|plc)"
    r"|S\.A\.(?:S\.(?:U\.)?|R\.L\.)?|S\.N\.C\.|S\.p\.A\.|S\.L\.|B\.V\.|N\.V\.)(?!\w)"
)


class Party(Model):
    """A party to the agreement. A provider must give everything that applies to it (rule ``provider.incomplete``); a client may not know yet.

    A company of the French register is named by its capital, its register's town and its SIREN; any other French body by its SIREN;
    a party from elsewhere by its ``registration``. ``siret``, ``euid`` and ``vat_number`` print where they are given, checked by their own digits. Where ``kind`` doesn't say what the party is, its legal form does.
    """

    kind: PartyKind | None = described("nature de la partie", "kind of party", printed=False, default=None)
    without: tuple[PartyTrait, ...] = described("ce que la partie n’a pas", "what the party goes without", printed=False, default=())
    gender: GrammaticalGender | None = described("genre grammatical en français", "grammatical gender in French", printed=False, default=None)
    legal_name: Line | None = unknown("dénomination sociale", "legal name")
    short_name: Line | None = unknown("nom usuel", "short name")
    legal_form: LocalizedLine | None = unknown("forme juridique", "legal form")
    share_capital: Money | None = unknown("capital social", "share capital")
    register_city: Line | None = unknown("ville du greffe", "register city")
    siren: SirenNumber | None = unknown("numéro SIREN", "SIREN number")
    registration: Registration = described("immatriculation", "registration", default=Registration.model_construct())
    siret: SiretNumber | None = optional("numéro SIRET", "SIRET number")
    euid: Euid | None = optional("identifiant unique européen (EUID)", "European unique identifier (EUID)")
    vat_number: VatNumber | None = optional("numéro de TVA intracommunautaire", "VAT identification number")
    registered_office: PostalAddress | None = unknown("siège social", "registered office")
    country: CountryCode | None = unknown("pays du siège", "country of the registered office")
    signatory: Signatory = described("signataire", "signatory", default=Signatory.model_construct())

    @model_validator(mode="before")
    @classmethod
    def _read_not_applicable(cls, data: Any, info: ValidationInfo) -> Any:
        """Take ``share_capital: not-applicable``, and an explicit None, for the name of a trait in ``without``; None of a record isn't known."""
        if not isinstance(data, dict) or info.context == OF_A_RECORD:
            return data
        lacking = [name for name, value in data.items() if name in TRAIT_OF and value in (NOT_APPLICABLE, None)]
        if not lacking:
            return data
        given = {name: value for name, value in data.items() if name not in lacking}
        listed = given.get("without", ())
        traits = dict.fromkeys(TRAIT_OF[name] for name in lacking)
        return {**given, "without": [*(listed if isinstance(listed, (list, tuple)) else (listed,)), *traits]}

    @model_serializer(mode="wrap")
    def _leave_out_unknown(self, dump: SerializerFunctionWrapHandler, info: SerializationInfo) -> dict[str, Any]:
        """Dump what is known of what a party may go without: None there would be read as "not applicable". A record has None for what isn't known."""
        fields: dict[str, Any] = dump(self)
        return fields if info.context == OF_A_RECORD else {name: value for name, value in fields.items() if value is not None or name not in TRAIT_OF}

    @model_validator(mode="after")
    def _has_a_number_of_its_register(self) -> Self:
        number, country = self.registration.number, self.registration.country or self.country
        if number is not None:
            try:
                registered_number(number, country)
            except PydanticCustomError as error:
                raise _refused(error, ("registration", "number"), number) from error
        return self

    def has(self, trait: PartyTrait) -> bool:
        """Return whether a trait may apply to the party: not where its file says otherwise."""
        return trait not in self.without

    def is_person(self) -> bool:
        """Return whether the party is a natural person."""
        return self.kind is PartyKind.PERSON

    def is_company(self) -> bool:
        """Return whether the party is a company: by its kind, else by its capital or legal form; an unknown party counts as one."""
        if self.kind is not None:
            return self.kind is PartyKind.COMPANY
        form = self.legal_form
        return form is None or self.share_capital is not None or bool(_COMPANY.search(form.fr))

    def has_capital(self) -> bool:
        """Return whether the party is named with a share capital."""
        return self.is_company() and self.has(PartyTrait.SHARE_CAPITAL)

    def has_legal_form(self) -> bool:
        """Return whether the party is named with a legal form: natural persons have none."""
        return not self.is_person() and self.has(PartyTrait.LEGAL_FORM)

    def is_foreign(self) -> bool:
        """Return whether the party has its seat where there are no SIREN numbers; an unknown seat counts as French."""
        return self.country is not None and not in_sirene(self.country)

    def in_trade_register(self) -> bool:
        """Return whether the French trade and companies register lists the party."""
        return self.is_company() and not self.is_foreign() and self.has(PartyTrait.REGISTRATION)

    def in_sirene(self) -> bool:
        """Return whether the party is named by a SIREN number without that register: of a natural person, and beside another register, where it is given."""
        if self.is_foreign() or self.in_trade_register() or not self.has(PartyTrait.REGISTRATION):
            return False
        return self.siren is not None or not (self.is_person() or self.is_registered())

    def is_registered(self) -> bool:
        """Return whether the party is named by another register: where it gives one, or has its seat outside France and isn't a person or a public body."""
        if not self.has(PartyTrait.REGISTRATION):
            return False
        expected = self.is_foreign() and self.kind in (None, PartyKind.COMPANY, PartyKind.ASSOCIATION)
        return expected or not self.registration.is_blank()

    def is_represented(self) -> bool:
        """Return whether somebody signs for the party: a natural person signs alone where nobody is named."""
        return self.has(PartyTrait.SIGNATORY) and not (self.is_person() and self.signatory.is_blank())

    def numbers(self) -> tuple[str, ...]:
        """Return every number by which the party is registered, letters and digits alone: two parties with one in common are one."""
        given = (self.siren, self.siret and self.siret[:9], self.registration.number, self.euid, self.vat_number)
        return tuple(re.sub(r"[^0-9A-Z]", "", each.upper()) for each in given if each)


def _refused(error: PydanticCustomError, where: tuple[str, ...], value: str) -> ValidationError:
    return ValidationError.from_exception_data("Party", [InitErrorDetails(type=error, loc=where, input=value)])
