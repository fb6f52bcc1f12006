"""The closed list of filters. Each takes a field or a list of fields and keeps the data paths of what it prints."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final

from jinja2.exceptions import TemplateRuntimeError

from snc_docs.language import formats, french
from snc_docs.language.known import writing_of
from snc_docs.language.typography import typeset
from snc_docs.model.kinds import Money, Territory
from snc_docs.model.party import GrammaticalGender, Party, PartyKind
from snc_docs.model.paths import key_of
from snc_docs.model.periods import Delay, Period
from snc_docs.patterns import regex
from snc_docs.templating.fields import Printable, Rows, View, party_of
from snc_docs.values import said_of, time_limit


def elided(field: Printable, word: str) -> Printable:
    """``{{ provider.short_name|elided("de") }}``: d’Octave, de Nimbus."""
    following = "" if field.raw is None else field.text()
    return field.printed(field.shown, french.elided(word, following))


def of_town(field: Printable) -> Printable:
    """``RCS {{ provider.register_city|of_town }}``: d’Angers, de Paris, du Mans, des Sables-d’Olonne."""
    return _led(field, french.of_town)


def in_town(field: Printable) -> Printable:
    """``fait {{ deletion.place|in_town }}``: à Paris, au Havre, aux Ulis, à La Rochelle."""
    return _led(field, french.in_town)


def _led(field: Printable, lead: Callable[[str], tuple[str, str]]) -> Printable:
    """Return a town's field behind its preposition, which may take the article of its name along."""
    before, rest = lead("" if field.raw is None else field.text())
    return field.printed(None if field.raw is None else rest, before)


def upper(field: Printable) -> Printable:
    """``{{ client.legal_name|upper }}``: in capitals."""
    return field.printed(field.text().upper()) if field.raw is not None else field


def in_words(field: Printable) -> Printable:
    """``{{ notices.change|in_words }}``: trente (30) jours; of a number ``deux (2)``, of an amount ``cent mille euros (100 000 €)``."""
    if isinstance(field.raw, Delay) and not field.raw.is_counted():
        return field.printed(said_of(field.raw, field.language))
    if isinstance(field.raw, Period):
        period = field.raw
        return field.printed(formats.period_text(period.counted(), field.language, in_words=True))
    if field.raw is None:
        return field
    if isinstance(field.raw, Money):
        return field.printed(formats.money_in_words(field.raw.amount, field.raw.currency, field.language))
    if not isinstance(field.raw, (int, Decimal)):
        raise TemplateRuntimeError(f"in_words takes a number, an amount or a period; {field.path} isn't one")
    return field.printed(f"{formats.number_in_words(field.raw, field.language)} ({formats.number_text(field.raw, field.language)})")


def place(field: Printable | Rows) -> str | Printable:
    """``depuis {{ locations.operations|place }}``: la France ou l’Union européenne; a list is joined with "or"."""
    return _of_place(field, formats.place_with_article)


def in_place(field: Printable | Rows) -> str | Printable:
    """``{{ locations.service|in_place }}``: en France, dans l’Union européenne; a list is joined with "or"."""
    return _of_place(field, formats.in_place)


def _of_place(field: Printable | Rows, write: Callable[[str, str], str]) -> str | Printable:
    if isinstance(field, Rows):
        return _joined(field, lambda item: _of_place(item, write), alternative=True)
    if field.raw is None:
        return field
    if not isinstance(field.raw, Territory):
        raise TemplateRuntimeError(f"a country is needed here; {field.path} isn't one")
    return field.printed(write(field.raw, field.language))


def in_language(rows: Rows, word: str) -> str:
    """``{{ languages.support|in_language("or") }}``: en français ou en anglais; with "and": en français et en anglais."""
    lead = writing_of(rows.language).in_language("")
    return _joined(rows, lambda item: item.printed(item.text(), lead), alternative=word == "or")


def law_of(field: Printable) -> Printable:
    """``{{ governing_law.country|law_of }}``: droit français, French law."""
    try:
        return field.printed(formats.law_of(field.raw, field.language))
    except KeyError as error:
        raise TemplateRuntimeError(f"law_of takes a member State of the European Union; {field.path} isn't one") from error


def listed(rows: Rows) -> str:
    """``{{ languages.support|listed }}``: français et anglais."""
    return _joined(rows, lambda item: item, alternative=False)


def alternatives(rows: Rows) -> str:
    """``{{ languages.support|alternatives }}``: français ou anglais."""
    return _joined(rows, lambda item: item, alternative=True)


def _joined(rows: Rows, show: Callable[[Any], Any], *, alternative: bool) -> str:
    return formats.enumeration([str(show(item)) for item in rows], rows.language, alternative=alternative)


def names_of(rows: Rows) -> str:
    """``{{ service.regions|names_of }}``: the names of the items, joined with "and"."""
    return _joined(rows, attrgetter("name"), alternative=False)


def bracketed(rows: Rows, words: str) -> str:
    """``{{ third_party.formerly|bracketed("formerly") }}``: nothing for an empty list, else the words and items in brackets."""
    return f" ({words} {' / '.join(str(item) for item in rows)})" if len(rows) else ""


def categories(rows: Rows) -> frozenset[str]:
    """``{{ … if category.id in third_parties.others|categories }}``: the categories that third parties are in, for a condition."""
    return frozenset(map(attrgetter("category"), rows.raw))


def values(rows: Rows) -> frozenset[str]:
    """``{% if "reversibility" in main_contract.settles|values %}``: the codes that a list of choices holds, for a condition."""
    return frozenset(map(str, rows.raw))


def keys(rows: Rows) -> frozenset[str]:
    """``{% if "containers" in subscriptions|keys %}``: the keys of a list's items, for a condition."""
    return frozenset(key for item in rows.raw if (key := key_of(item)) is not None)


def values_of(rows: Rows, name: str) -> frozenset[str]:
    """``{% if "sub-processor" in third_parties.others|values_of("processing") %}``: what a field of a list's items is, for a condition."""
    return frozenset(str(getattr(item, name)) for item in rows.raw)


def given(rows: Rows, name: str) -> bool:
    """``{% if third_parties.data_centres|given("standard") %}``: whether any item of a list gives a field, for a condition."""
    return any(getattr(item, name) not in (None, ()) for item in rows.raw)


def in_letters(rows: Rows) -> bool:
    """``{% if responsibility_matrix.rows|in_letters %}``: whether a matrix shares duties out by the letters R, A, C and I."""
    cells = (cell for row in rows.raw for cell in (row.provider, row.client) if cell is not None)
    return any(_RACI.fullmatch(cell.in_language(rows.language)) for cell in cells)


_RACI: Final = regex(r"[RACI](?:[ ,/;+-]*[RACI])*")


def regional(subscriptions: Rows, services: Rows) -> bool:
    """``{% if subscriptions|regional(services) %}``: whether a service that is subscribed to has regions to choose among."""
    places = {service.id for service in services.raw if service.regions}
    return any(subscription.service in places for subscription in subscriptions.raw)


def if_given(field: Printable) -> Printable | str:
    """``{{ subscription.region|if_given }}``: the value, or nothing: no field to fill in."""
    return "" if field.raw is None else field


def or_else(field: Printable, other: Printable) -> Printable:
    """``{{ attestation.holder|or_else(provider.legal_name) }}``: the value, or another one where it isn't given."""
    return other if field.raw is None else field


def prompted(field: Printable, words: str) -> Printable:
    """``{{ client.registered_office|prompted("address") }}``: the value, or a field to fill in with these words as its prompt."""
    return field.asked_as(words)


def within(field: Printable) -> Printable:
    """``{{ notices.compliance|within }}``: within one (1) month, without undue delay, or within the time set in another document."""
    if field.raw is None:
        return field
    if not isinstance(field.raw, Period):
        raise TemplateRuntimeError(f"within takes a period or a delay; {field.path} isn't one")
    lead, time = time_limit(field.raw, field.language, in_words=True)
    return field.printed(time, lead)


def gender_of(party: Party) -> GrammaticalGender | None:
    """Return a party's grammatical gender in French: as given, else that of its legal form's noun, else that of its kind; None for a person."""
    if party.gender is not None or party.is_person():
        return party.gender
    noun = party.legal_form.fr if party.legal_form is not None and party.has_legal_form() else ""
    if noun and party.kind in (None, PartyKind.PUBLIC_BODY) and not party.is_company():
        return GrammaticalGender.FEMININE if french.is_feminine(noun) else GrammaticalGender.MASCULINE
    return None if party.kind is PartyKind.PUBLIC_BODY else GrammaticalGender.FEMININE  # société, association


def _of_party(ask: Callable[[Party], bool], what: str) -> Callable[[View], bool]:
    """Return a filter that asks something of a party, for conditions."""

    def asked(party: View) -> bool:
        return ask(party_of(party))

    asked.__doc__ = f"``{{% if client|{ask.__name__} %}}``: whether {what}."
    return asked


# What conditions ask of a party.
_OF_PARTIES: Final[dict[str, Callable[..., Any]]] = {
    ask.__name__: _of_party(ask, what)
    for ask, what in (
        (Party.has_capital, "a party is named with a share capital"),
        (Party.has_legal_form, "a party is named with a legal form"),
        (Party.in_sirene, "a party is named by a SIREN number alone"),
        (Party.in_trade_register, "the French trade and companies register lists a party"),
        (Party.is_company, "a party is a company"),
        (Party.is_foreign, "a party has its seat outside France"),
        (Party.is_person, "a party is a natural person"),
        (Party.is_registered, "a party is named by a register other than the French one"),
        (Party.is_represented, "somebody signs for a party"),
    )
}


def agreed(party: View, masculine: str, feminine: str) -> str:
    """``{{ client|agreed("représenté", "représentée") }}``: a French participle as the party's gender has it; "représenté(e)" where that is unknown."""
    gender = gender_of(party_of(party))
    if gender is None:
        return f"{masculine}({feminine.removeprefix(masculine)})"
    return feminine if gender is GrammaticalGender.FEMININE else masculine


def choose(condition: object, yes: str, no: str) -> str:
    """``{{ loop.last|choose(".", ";") }}``: one of two template words."""
    return yes if condition else no


def sample(field: Printable, words: str) -> Printable:
    """``{{ deletion.account|sample("account number") }}``: the value, or the words in brackets in a sample."""
    return field.printed(f"[{typeset(words, field.language)}]") if field.raw is None else field


def plural(count: Rows | Printable, one: str, many: str) -> str:
    """``{{ service.regions|plural("la région", "les régions") }}``: template words that agree with a count; French has 0 singular."""
    number = len(count) if isinstance(count, Rows) else count.raw
    return one if writing_of(count.language).is_singular(number) else many


def length(rows: Rows) -> int:
    """``{{ service.regions|length }}``: how many items."""
    return len(rows)


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "agreed": agreed,
    "alternatives": alternatives,
    "bracketed": bracketed,
    "categories": categories,
    "choose": choose,
    "elided": elided,
    "given": given,
    "if_given": if_given,
    "in_language": in_language,
    "in_letters": in_letters,
    "in_place": in_place,
    "in_town": in_town,
    "in_words": in_words,
    "keys": keys,
    "law_of": law_of,
    "length": length,
    "listed": listed,
    "names_of": names_of,
    "of_town": of_town,
    "or_else": or_else,
    "place": place,
    "plural": plural,
    "prompted": prompted,
    "regional": regional,
    "sample": sample,
    "upper": upper,
    "values": values,
    "values_of": values_of,
    "within": within,
    **_OF_PARTIES,
}
