"""What pydantic's findings are called in French and in English, and what to do about each.

Keys are pydantic's error types and our own from ``kinds``; ``{…}`` is filled from the error's context.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from snc_docs.errors import Wording
from snc_docs.model.proposals import EXAMPLES


class _Entry(NamedTuple):
    message: Wording
    hint: Wording


def _entry(message_fr: str, message_en: str, hint_fr: str, hint_en: str) -> _Entry:
    return _Entry(Wording(message_fr, message_en), Wording(hint_fr, hint_en))


_TEXT: Final = _entry("un texte est attendu", "text is expected", "écrire un texte, entre guillemets au besoin", "write text, in quotes if need be")
_NUMBER: Final = _entry(
    "un nombre est attendu",
    "a number is expected",
    "écrire le nombre sans espace, unité ni guillemets",
    "write the number without spaces, unit or quotation marks",
)
_FIELDS: Final = _entry(
    "des champs « nom: valeur » sont attendus",
    "fields 'name: value' are expected",
    "indenter les champs sous ce nom",
    "indent the fields below this name",
)
_LIST: Final = _entry("une liste est attendue", "a list is expected", "faire précéder chaque élément de « - »", "put '- ' before each item")

_NO_DATE: Final = _entry("cette date n'existe pas", "this date doesn't exist", "année-mois-jour : 2026-07-01", "year-month-day: 2026-07-01")

ENTRIES: Final[dict[str, _Entry]] = {
    "missing": _entry("ce champ est obligatoire", "this field is required", "l'ajouter", "add it"),
    "extra_forbidden": _entry(
        "champ inconnu",
        "unknown field",
        "corriger le nom ou le retirer ; « make-agreement schema » les donne tous",
        "mend the name or remove it; 'make-agreement schema' lists them all",
    ),
    "text_unquoted": _entry(
        "un texte est attendu, et {value} se lit comme {as_fr}",
        "text is expected, and {value} reads as {as_en}",
        'le mettre entre guillemets : « "{value}" »',
        'quote it: "{value}"',
    ),
    "text_empty": _entry(
        "le texte est vide", "the text is empty", "l'écrire, ou retirer le champ s'il est inconnu", "write it, or remove the field if it is unknown"
    ),
    "text_not_xml": _entry(
        "le caractère U+{code} ne peut pas figurer dans un fichier Word", "character U+{code} can't stand in a Word file", "le retirer", "remove it"
    ),
    "string_type": _TEXT,
    "string_too_long": _entry("le texte dépasse {max_length} caractères", "the text is over {max_length} characters", "le raccourcir", "shorten it"),
    "string_pattern_mismatch": _entry(
        "ce n'est pas un identifiant",
        "it isn't an identifier",
        "des minuscules sans accent et des chiffres, les mots joints par « - » (par « _ » dans le nom d'un fait)",
        "small letters without accents and digits, words joined by '-' (by '_' in the name of a fact)",
    ),
    "siren_invalid": _entry(
        "« {value} » n'est pas un numéro SIREN",
        "'{value}' isn't a SIREN number",
        "neuf chiffres, dont une clé ; le relever sur l'extrait Kbis",
        "nine digits with a check digit; copy it from the register extract",
    ),
    "siret_invalid": _entry(
        "« {value} » n'est pas un numéro SIRET",
        "'{value}' isn't a SIRET number",
        "quatorze chiffres : le SIREN, puis cinq chiffres dont une clé",
        "fourteen digits: the SIREN, then five digits with a check digit",
    ),
    "vat_invalid": _entry(
        "« {value} » n'est pas un numéro de TVA intracommunautaire",
        "'{value}' isn't a VAT number of a member State",
        "le code du pays, puis le numéro : « FR17999999030 »",
        "the country's code, then the number: 'FR17999999030'",
    ),
    "euid_invalid": _entry(
        "« {value} » n'est pas un identifiant unique européen (EUID)",
        "'{value}' isn't a European unique identifier (EUID)",
        "le code du pays et celui du registre, un point, le numéro : « DEB8535R.HRB12345 »",
        "the codes of the country and of the register, a point, the number: 'DEB8535R.HRB12345'",
    ),
    "fact_choices": _entry(
        "« choices » va avec « kind: choice », et avec rien d'autre",
        "'choices' goes with 'kind: choice', and with nothing else",
        "donner « choices: [{{id: …, label: {{fr: …, en: …}}}}] », ou les retirer",
        "give 'choices: [{{id: …, label: {{fr: …, en: …}}}}]', or remove them",
    ),
    "fact_columns": _entry(
        "un tableau a des colonnes différentes, dont celle que nomme « row_key »",
        "a table has columns that differ, one of them the one that 'row_key' names",
        "donner « columns: » et « row_key: » (une colonne obligatoire, texte ou choix) ; les retirer pour toute autre nature",
        "give 'columns:' and 'row_key:' (a column that is required, text or choice); remove them for any other kind",
    ),
    "fact_nested": _entry("un tableau n'en contient pas d'autre", "a table has no tables in it", "en faire deux faits", "make two facts of it"),
    "fact_protects": _entry(
        "« higher » et « lower » valent pour ce qui se mesure",
        "'higher' and 'lower' go with what can be measured",
        "number, rate, period, amount ou date ; sinon « present » ou « none »",
        "number, rate, period, amount or date; else 'present' or 'none'",
    ),
    "fact_reserved": _entry(
        "« {value} » est un mot du programme", "'{value}' is a word of the program", "prendre un autre identifiant", "take another identifier"
    ),
    "delay_form": _entry(
        "un délai se dit d'une seule façon",
        "a time is said in one way",
        "une durée « {{days: 30}} », « {{without_undue_delay: true}} », ou « {{agreed_in: {{fr: …, en: …}}}} »",
        "a period '{{days: 30}}', '{{without_undue_delay: true}}', or '{{agreed_in: {{fr: …, en: …}}}}'",
    ),
    "number_invalid": _entry(
        "« {value} » n'est pas un numéro d'entreprise belge (BCE)",
        "'{value}' isn't a Belgian enterprise number (CBE)",
        "dix chiffres, dont une clé : « 0403.170.701 »",
        "ten digits with a check: '0403.170.701'",
    ),
    "email_invalid": _entry(
        "« {value} » n'est pas une adresse de courriel",
        "'{value}' isn't an e-mail address",
        "une seule adresse, de la forme nom@exemple.fr",
        "one address, of the form name@example.com",
    ),
    "telephone_invalid": _entry(
        "« {value} » n'est pas un numéro de téléphone",
        "'{value}' isn't a telephone number",
        "en forme internationale : « +33 1 99 00 00 00 »",
        "in international form: '+33 1 99 00 00 00'",
    ),
    "url_invalid": _entry(
        "« {value} » n'est pas une adresse web",
        "'{value}' isn't a web address",
        "de la forme https://exemple.fr/page",
        "of the form https://example.com/page",
    ),
    "place_unknown": _entry(
        "« {value} » n'est pas un code de pays",
        "'{value}' isn't the code of a country",
        "deux lettres (FR, DE …) ou EU pour l'Union européenne ; entre guillemets",
        "two letters (FR, DE …), or EU for the European Union; in quotes",
    ),
    "country_unknown": _entry(
        "« {value} » n'est pas un code de pays",
        "'{value}' isn't the code of a country",
        "deux lettres (FR, DE …), entre guillemets",
        "two letters (FR, DE …), in quotes",
    ),
    "currency_unknown": _entry(
        "« {value} » n'est pas un code de monnaie",
        "'{value}' isn't the code of a currency",
        "trois lettres d'ISO 4217 : EUR, CHF, USD …",
        "three letters of ISO 4217: EUR, CHF, USD …",
    ),
    "language_unknown": _entry(
        "« {value} » n'est pas un code de langue",
        "'{value}' isn't the code of a language",
        "deux lettres minuscules : fr, en …",
        "two small letters: fr, en …",
    ),
    "date_not_iso": _entry("« {value} » n'est pas une date", "'{value}' isn't a date", "année-mois-jour : 2026-07-01", "year-month-day: 2026-07-01"),
    "date_from_datetime_parsing": _NO_DATE,
    "date_parsing": _NO_DATE,
    "date_type": _NO_DATE,
    "period_empty": _entry(
        "la durée est vide",
        "the period is empty",
        "donner years, months, weeks, days, hours ou minutes",
        "give years, months, weeks, days, hours or minutes",
    ),
    "enum": _entry(
        "choix inconnu (possibles : {expected})", "unknown choice (possible: {expected})", "prendre l'un des choix", "take one of the choices"
    ),
    "too_short": _entry("il faut au moins {min_length} élément(s)", "at least {min_length} item(s) are needed", "en ajouter", "add some"),
    "model_type": _FIELDS,
    "cut_at_comma": _entry(
        "« {value} » : la virgule a coupé le texte en deux",
        "'{value}': the comma cut the text in two",
        'mettre le texte entier entre guillemets droits : {{fr: "…, …", en: "…"}}',
        'put the whole text in straight quotation marks: {{fr: "…, …", en: "…"}}',
    ),
    "dict_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_from_float": _entry("un nombre entier est attendu", "a whole number is expected", "retirer les décimales", "remove the decimals"),
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "decimal_max_digits": _entry(
        "trop de chiffres (au plus {max_digits})", "too many digits ({max_digits} at most)", "corriger le nombre", "mend the number"
    ),
    "amount_doubtful": _entry(
        "« {value} » : milliers ou décimales ?",
        "'{value}': thousands or decimals?",
        "écrire {whole}, ou deux décimales",
        "write {whole}, or two decimals",
    ),
    "amount_cut": _entry(
        "la virgule a coupé un nombre en deux",
        "the comma cut a number in two",
        "écrire « amount: {meant} »",
        "write 'amount: {meant}'",
    ),
    "decimal_comma": _entry(
        "la virgule a coupé un nombre en deux",
        "the comma cut a number in two",
        "écrire les décimales après un point, et le nombre sans espaces : 8000.50",
        "write the decimals behind a point, and the number without spaces: 8000.50",
    ),
    "decimal_max_places": _entry(
        "trop de décimales (au plus {decimal_places})", "too many decimals ({decimal_places} at most)", "corriger le nombre", "mend the number"
    ),
    "decimal_whole_digits": _entry(
        "trop de chiffres avant la virgule (au plus {whole_digits})",
        "too many digits before the point ({whole_digits} at most)",
        "corriger le nombre",
        "mend the number",
    ),
    "finite_number": _NUMBER,
    "bool_type": _entry("true ou false est attendu", "true or false is expected", "écrire true ou false", "write true or false"),
    "bool_parsing": _entry("true ou false est attendu", "true or false is expected", "écrire true ou false", "write true or false"),
    "greater_than_equal": _entry("le nombre doit être d'au moins {ge}", "the number must be at least {ge}", "corriger le nombre", "mend the number"),
    "less_than_equal": _entry("le nombre doit être d'au plus {le}", "the number must be at most {le}", "corriger le nombre", "mend the number"),
}


_EXAMPLES: Final = {kind.__name__: shown for kind, shown in EXAMPLES.items()}


def _example(kind: str, context: dict[str, Any]) -> tuple[Wording, Wording] | None:
    """Return what is wanted where something else stands, by an example; None for a part that needs more than one line."""
    shown = _EXAMPLES.get(str(context.get("class_name"))) if ENTRIES.get(kind) is _FIELDS else None
    if shown is None:
        return None
    return Wording(f"la forme attendue est {shown}", f"the form expected is {shown}"), Wording(f"écrire {shown}", f"write {shown}")


def wording_of(kind: str, context: dict[str, Any], english: str) -> tuple[Wording, Wording]:
    """Return message and hint of a pydantic error type; ``english`` is pydantic's own text, for a type not listed here."""
    example = _example(kind, context)
    if example is not None:
        return example
    entry = ENTRIES.get(kind)
    if entry is None:
        return Wording("valeur refusée", english), Wording("corriger la valeur", "mend the value")
    return _filled(entry.message, context), _filled(entry.hint, context)


def _filled(wording: Wording, context: dict[str, Any]) -> Wording:
    shown = {name: shortened(str(value)) for name, value in context.items()}
    return Wording(wording.fr.format_map(_Kept(shown)), wording.en.format_map(_Kept(shown)))


# Longer values are cut in messages.
_SHOWN: Final = 80


class _Kept(dict[str, str]):
    """A mapping that leaves unknown fields as they stand."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def shortened(text: str) -> str:
    """Return a text as messages show it: a long one cut."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
