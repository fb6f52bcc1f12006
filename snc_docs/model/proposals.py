"""The value that was meant by one that can't be taken, as YAML to paste: what people write for a date, an amount, a country, a telephone number.

Only what has one meaning is proposed, and nothing is taken in its place: a contract's data is what its author wrote.
"""

from __future__ import annotations

import calendar
import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from pydantic_core import PydanticCustomError

from snc_docs.errors import Wording
from snc_docs.model.amounts import OF_THREE_DECIMALS
from snc_docs.model.base import LabelledEnum, Model, is_part
from snc_docs.model.country_names import country_meant
from snc_docs.model.kinds import LocalizedText, LocalizedUrl, Money, normalised_email
from snc_docs.model.legal_forms import form_meant, title_meant
from snc_docs.model.periods import Delay, Period
from snc_docs.model.places import COUNTRIES, CURRENCIES, LANGUAGE_CODES
from snc_docs.model.telephones import telephone_meant
from snc_docs.patterns import regex

_LONGEST: Final = 200


def value_meant(error: str, written: object, kind: Any, field: str) -> str | None:
    """Return, as YAML, the value that was meant by one that an ``error`` of pydantic's refuses, for a field of a ``kind``; None where that isn't known."""
    if not isinstance(written, str | int | float | Decimal) or len(str(written)) > _LONGEST:
        return None
    text = " ".join(str(getattr(written, "written", written)).split())
    if error in ("model_type", "model_attributes_type") and is_part(kind):
        return _in_both(field, text) or _part(kind, text)
    if error == "enum" and isinstance(kind, type) and issubclass(kind, LabelledEnum):
        return choice_meant(text, kind)
    if error == "text_unquoted" and field in _OF_FIELDS:
        return _OF_FIELDS[field](text)
    read = _OF_ERRORS.get(error)
    return read(text) if read is not None else None


def yaml_text(text: str) -> str:
    """Return a text in quotation marks, as YAML and JSON take it; a long one cut."""
    return json.dumps(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…", ensure_ascii=False)


_SHOWN: Final = 80


def text_of(field: str, text: str) -> str:
    """Return a text in quotation marks, as a field of that name takes it."""
    return (_OF_FIELDS[field](text) if field in _OF_FIELDS else None) or yaml_text(text)


def unspaced(written: object, kind: type[Model]) -> str | None:
    """Return a field with its value where a text is both, with no space behind the colon (``legal_name:Exemple``); None for any other."""
    match = re.match(r"(\w+):(?=\S)(.{1,80})", written) if isinstance(written, str) else None
    return f"{match[1]}: {match[2]}" if match is not None and match[1] in kind.model_fields else None


# An association's number in the French directory (répertoire national des associations).
_RNA: Final = regex(r"[Ww][0-9A-Za-z]\d{8}")


def why_no_siren(written: str) -> Wording:
    """Return what is wrong with a SIREN number, and where to find the right one."""
    if _RNA.fullmatch(written.strip()):
        return Wording(
            f"c'est un numéro du répertoire national des associations ; écrire « registration: {{number: {written.strip()}}} », et « kind: association »",
            f"it is a number of the national directory of associations; write 'registration: {{number: {written.strip()}}}', and 'kind: association'",
        )
    digits = len(re.findall(r"\d", written))
    if digits and digits != _SIREN and re.search(r"[A-Za-z]{2,}", written):
        return Wording(
            f"un numéro d'un autre registre s'écrit, à la place de « siren », « registration: {{number: {written.strip()}, country: …}} »",
            f"a number of another register is written, in the place of 'siren', 'registration: {{number: {written.strip()}, country: …}}'",
        )
    if not digits:
        return Wording(
            "ce n'est pas un numéro ; retirer le champ s'il n'est pas connu, ou écrire « siren: not-applicable » si la partie n'en a pas",
            "it is no number; leave the field out while it isn't known, or write 'siren: not-applicable' where the party has none",
        )
    if digits == _SIREN:
        said = Wording(
            "sa clé ne correspond pas : un chiffre est faux, ou deux sont intervertis",
            "its check digit is wrong: a figure is another, or two changed places",
        )
    else:
        said = Wording(f"il a {digits} chiffre(s), et en faut neuf", f"it has {digits} digit(s), and needs nine")
    return Wording(f"{said.fr} ; le relever sur l'extrait Kbis", f"{said.en}; copy it from the register extract")


def identifier_meant(text: str, pattern: str) -> str | None:
    """Return the identifier of a pattern that a text is once it is in small letters, without accents, its words joined; None where it isn't one then."""
    words = plain(text).split()
    return next((each for each in ("-".join(words), "_".join(words)) if len(each) <= _LONGEST_NAME and re.fullmatch(pattern, each)), None)


_LONGEST_NAME: Final = 60


def last_of_month(written: str) -> Wording | None:
    """Return what is wrong with a day that its month doesn't have, None for another."""
    match = re.fullmatch(r"\s*(\d{4})-(0[1-9]|1[0-2])-\d{2}\s*", written)
    if match is None or not int(match[1]):
        return None
    last = f"{match[1]}-{match[2]}-{calendar.monthrange(int(match[1]), int(match[2]))[1]}"
    return Wording(f"le dernier jour de ce mois est « {last} »", f"the last day of that month is '{last}'")


def example_of(kind: Any, *, is_list: bool = False) -> str:
    """Return, as YAML, a value such as a field of a ``kind`` takes."""
    if is_list:
        return f"[{example_of(kind)}, …]"
    for known, shown in EXAMPLES.items():
        if isinstance(kind, type) and issubclass(kind, known):
            return shown
    if is_part(kind):
        required = [name for name, each in kind.model_fields.items() if each.is_required()] or list(kind.model_fields)[:1]
        return f"{{{', '.join(f'{name}: …' for name in required)}}}"
    return '"…"'


# What is written where a value of one of these kinds is wanted.
EXAMPLES: Final[dict[type, str]] = {
    LocalizedText: '{fr: "…", en: "…"}',
    LocalizedUrl: '{fr: "https://…", en: "https://…"}',
    Money: "{amount: 1000, currency: EUR}",
    Delay: "{days: 30}",
    Period: "{days: 30}",
    bool: "true",
    int: "1",
    Decimal: "99.9",
    date: '"2026-09-01"',
}


def plain(text: str) -> str:
    """Return a name whatever its accents, capitals, hyphens and spaces."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[\W_]+", " ", bare).strip().casefold()


def choice_meant(text: str, kind: type[LabelledEnum]) -> str | None:
    """Return the choice that a text says in another way: in French, in English, in capitals, by part of its name."""
    wanted = plain(text)
    also = _ALSO.get(wanted)
    if also in list(kind):
        return also
    names = [(each.value, plain(name)) for each in kind for name in (each.value, *each.wording)]
    same = {value for value, name in names if name == wanted}
    near = same or {value for value, name in names if wanted and (f" {wanted} " in f" {name} ")}
    return next(iter(near)) if len(near) == 1 else None


# What people write for a choice that has no such word in its names: contacts' roles, kinds of party, genders.
_ALSO: Final = {
    **dict.fromkeys(("dpo", "dpd", "rgpd", "gdpr", "privacy", "donnees personnelles"), "data-protection-officer"),
    **dict.fromkeys(("rssi", "ciso", "securite", "security", "ssi", "soc"), "security-incidents"),
    **dict.fromkeys(("compta", "comptabilite", "comptable", "accounting", "finance", "achats", "purchasing"), "contract-billing"),
    **dict.fromkeys(("signataire", "signatory", "dirigeant", "representant legal", "legal representative", "direction"), "representative"),
    **dict.fromkeys(("technique", "technical", "tech", "dsi", "cto", "it"), "technical-account"),
    **dict.fromkeys(("ops", "exploitant", "production"), "operations"),
    **dict.fromkeys(("helpdesk", "hotline", "assistance"), "support-desk"),
    **dict.fromkeys(
        ("collectivite", "collectivite territoriale", "commune", "mairie", "public", "etat", "administration", "etablissement public"), "public-body"
    ),
    **dict.fromkeys(
        ("particulier", "individual", "ei", "entrepreneur individuel", "auto entrepreneur", "micro entrepreneur", "sole trader"), "person"
    ),
    **dict.fromkeys(("sa", "sas", "sasu", "sarl", "eurl", "entreprise", "prive", "business"), "company"),
    **dict.fromkeys(("loi 1901", "asso", "non profit", "charity"), "association"),
    **dict.fromkeys(("m", "h", "homme", "monsieur", "mr", "male", "man"), "masculine"),
    **dict.fromkeys(("f", "femme", "madame", "mme", "female", "woman"), "feminine"),
}


_MONTHS: Final = {
    plain(name): number
    for names in (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "January February March April May June July August September October November December",
        "janv févr mars avr mai juin juil août sept oct nov déc",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    )
    for number, name in enumerate(names.split(), 1)
}
_DAYS: Final = (
    regex(r"(?P<y>\d{4})[-/. ](?P<m>\d{1,2})[-/. ](?P<d>\d{1,2})"),
    regex(r"(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2})[-/. ](?P<y>\d{4})"),
    regex(r"(?:le )?(?P<d>\d{1,2})(?:er|st|nd|rd|th)? (?P<name>[^\W\d]+)\.? (?P<y>\d{4})", re.IGNORECASE),
    regex(r"(?P<name>[^\W\d]+)\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})", re.IGNORECASE),
)


def _day(text: str) -> str | None:
    """Return a day in quotation marks, of ``1er décembre 2026``, ``01/12/2026`` (the day first, as in both countries), ``2026-12-1``."""
    for form in _DAYS:
        match = form.fullmatch(text)
        if match is None:
            continue
        found = match.groupdict()
        month = int(found["m"]) if found.get("m") else _MONTHS.get(plain(found.get("name") or ""), 0)
        try:
            return f'"{date(int(found["y"]), month, int(found["d"])).isoformat()}"'
        except ValueError:
            return None
    return None


_GROUPED: Final = regex(r"(?P<whole>\d{1,3}(?P<by>[ '’.,\u00a0\u202f])\d{3}(?:(?P=by)\d{3})*|\d+)(?:(?P<point>[.,])(?P<decimals>\d{1,2}))?")


def _is_doubtful(match: re.Match[str]) -> bool:
    """Return whether a comma or point may be that of thousands and of decimals: ``1.234``, ``1.234.56``."""
    by, point = match["by"], match["point"]
    if by not in (".", ","):
        return False
    return by == point or (point is None and match["whole"].count(by) == 1)


def _number(text: str) -> str | None:
    """Return a number without the spaces, unit or decimal comma that it was written with; None for one comma or point before three figures."""
    bare = re.sub(r"(?i)\s*(?:%|€|eur|euros?|usd|chf|\$|£|jours?|days?|mois|months?|ans?|années?|years?|heures?|hours?|h)\s*$", "", text).strip()
    match = _GROUPED.fullmatch(bare)
    if match is None or _is_doubtful(match):
        return None
    whole = re.sub(r"\D", "", match["whole"])
    return f"{whole}.{match['decimals']}" if match["decimals"] else str(int(whole))


def _thousands(text: str) -> str | None:
    """Return an amount whose points or commas, one kind of them, stand between thousands: a currency of two decimals has never three."""
    return re.sub(r"\D", "", text) if re.fullmatch(r"\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+)", text) else None


_CURRENCY_NAMES: Final = {
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "$": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "£": "GBP",
    "sfr": "CHF",
    "francs suisses": "CHF",
}


def _currency(text: str) -> str | None:
    return _CURRENCY_NAMES.get(text.casefold()) or (text.upper() if text.upper() in CURRENCIES else None)


def _money(text: str) -> str | None:
    match = re.fullmatch(r"(?P<before>[€$£]|[A-Za-z]{3})?\s*(?P<number>\d[\d .,'’\u00a0\u202f]*?)\s*(?P<behind>[€$£]|[^\W\d]+)?", text)
    if match is None:
        return None
    currency = _currency(match["before"] or match["behind"] or "EUR")
    number = _number(match["number"]) or (_thousands(match["number"]) if currency not in OF_THREE_DECIMALS else None)
    return f"{{amount: {number}, currency: {currency}}}" if number and currency else None


_UNITS: Final = {
    **dict.fromkeys(("an", "ans", "année", "années", "year", "years"), "years"),
    **dict.fromkeys(("mois", "month", "months"), "months"),
    **dict.fromkeys(("semaine", "semaines", "week", "weeks"), "weeks"),
    **dict.fromkeys(("jour", "jours", "day", "days", "j", "jour calendaire", "jours calendaires", "calendar days"), "days"),
    **dict.fromkeys(("heure", "heures", "hour", "hours", "h"), "hours"),
    **dict.fromkeys(("minute", "minutes", "min", "mn"), "minutes"),
}


def _period(text: str) -> str | None:
    match = re.fullmatch(r"(\d{1,5})\s*([^\d]*)", text)
    unit = _UNITS.get(match[2].strip().casefold()) if match is not None else None
    return f"{{{unit}: {int(match[1])}}}" if match is not None and unit is not None else None


def in_both(field: str, text: str) -> Wording | None:
    """Return a legal form, or a function, in both languages, of one that everybody knows; None for any other."""
    return form_meant(text) if field == "legal_form" else title_meant(text) if field in ("title", "job_title") else None


def _in_both(field: str, text: str) -> str | None:
    known = in_both(field, text)
    return f"{{fr: {yaml_text(known.fr)}, en: {yaml_text(known.en)}}}" if known is not None else None


def _part(kind: type[Model], text: str) -> str | None:
    """Return a part of the data for one text: what the text is of it."""
    if kind is LocalizedText:
        return f'{{fr: {yaml_text(text)}, en: "…"}}'
    if issubclass(kind, Money):
        return _money(text)
    if issubclass(kind, Period):
        return _period(text)
    name = next((each for each in ("legal_name", "name", kind.key) if each is not None and each in kind.model_fields), None)
    return f"{{{name}: {yaml_text(text)}}}" if name is not None else None


_AT: Final = regex(r"\s*(?:\(at\)|\[at\]|\(arobase\)|\[arobase\]| at | arobase )\s*", re.IGNORECASE)
_ADDRESS: Final = regex(r"[^\s@<>,;:]+@[^\s@<>,;:]+\.[^\s@<>,;:]+")


def _email(text: str) -> str | None:
    """Return the one address of a text, with its points put right; None where words before it may be part of it ("leo huet@x.fr")."""
    written = _AT.sub("@", text).removeprefix("mailto:")
    found = _ADDRESS.findall(written)
    if len(found) != 1 or re.search(r"[^\W\d_] *$", written.partition(found[0])[0]):
        return None
    name, _, host = (re.sub(r"\.{2,}", ".", part).strip(".") for part in found[0].partition("@"))
    try:
        return normalised_email(f"{name}@{host}")
    except PydanticCustomError:
        return None


_SIREN: Final = 9


def _siren(text: str) -> str | None:
    """Return the SIREN number inside a SIRET or VAT number, or behind letters that look like figures; None where its check digit is wrong."""
    from stdnum.fr import siren

    digits = re.sub(r"[\s.-]", "", text).upper()
    known = re.fullmatch(r"(?:FR[0-9A-Z]{2})?(?P<siren>[0-9OIL]{9})(?P<nic>\d{5})?", digits)
    number = known["siren"].translate(str.maketrans("OIL", "011")) if known is not None else _number_among_words(text)
    return f'"{number}"' if len(number) == _SIREN and siren.is_valid(number) else None


def _number_among_words(text: str) -> str:
    """Return the nine figures of a line of a register extract ("842 139 578 R.C.S. Lyon"); "" where there are none, or two such numbers."""
    found = {re.sub(r"\D", "", each) for each in re.findall(r"(?<![\d])\d{3}[\s.\u00a0\u202f-]?\d{3}[\s.\u00a0\u202f-]?\d{3}(?![\s.]?\d)", text)}
    return found.pop() if len(found) == 1 else ""


_HOST: Final = regex(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?")


def _address(text: str) -> str | None:
    return f"https://{text}" if _HOST.fullmatch(text) else None


_YES: Final = frozenset(("oui", "yes", "vrai", "true", "x", "1", "on"))
_NO: Final = frozenset(("non", "no", "faux", "false", "0", "off"))


def _yes_or_no(text: str) -> str | None:
    word = text.casefold()
    return "true" if word in _YES else "false" if word in _NO else None


_OF_FIELDS: Final[dict[str, Callable[[str], str | None]]] = {"telephone": telephone_meant}
_OF_ERRORS: Final[dict[str, Callable[[str], str | None]]] = {
    "date_not_iso": _day,
    "country_unknown": lambda text: country_meant(text, COUNTRIES, with_union=False),
    "place_unknown": lambda text: country_meant(text, COUNTRIES, with_union=True),
    "currency_unknown": _currency,
    "language_unknown": lambda text: text.lower() if text.lower() in LANGUAGE_CODES else None,
    "email_invalid": _email,
    "telephone_invalid": telephone_meant,
    "siren_invalid": _siren,
    "url_invalid": _address,
    "decimal_parsing": _number,
    "decimal_type": _number,
    "int_type": _number,
    "int_parsing": _number,
    "bool_type": _yes_or_no,
    "bool_parsing": _yes_or_no,
}


# What people write for something that there isn't.
_NONE: Final = frozenset(
    ("sans objet", "sans", "aucun", "aucune", "neant", "nul", "non applicable", "n a", "na", "none", "no", "nil", "not applicable")
)


def says_none(value: object) -> bool:
    """Return whether a text says that there is no such thing."""
    return isinstance(value, str) and plain(value) in _NONE
