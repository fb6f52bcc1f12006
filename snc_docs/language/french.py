"""French: spaces before signs, elision, articles and prepositions before towns and countries, the adjectives of laws. Values are never touched."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import ClassVar, Final

from snc_docs.language.writing import Words, Writing
from snc_docs.patterns import regex

_NARROW: Final = "\u202f"
_NO_BREAK: Final = "\u00a0"
_VOWELS: Final = frozenset("aeiouyœæøı")
_ELIDED: Final = {"le": "l’", "la": "l’", "de": "d’", "que": "qu’", "ce": "c’", "se": "s’", "ne": "n’", "je": "j’", "me": "m’", "te": "t’"}
_OPENING: Final = " \u00a0\u202f«“\"‘'’([{"

# "le délai de onze jours", "le oui", "de Ouagadougou": no elision before these; before y it depends on what follows: d’Yvetot,
# d’yeuse, but de yaourt.
_UNELIDED: Final = regex(
    r"(?:onz|oui\b|ouistiti|ouï-dire|oua(?!iss|t)|uhlan|ulul|y(?=[aeiouâéèêœ])(?!eux\b|euse|eu\b|erres\b|ères\b|onne\b))", re.IGNORECASE
)

# An h is mute in French unless the word is one of these, which dictionaries mark with an asterisk: stems, with what looks alike and is
# mute left out ("héros" but "héroïne", "hallebarde" but "hallucination"); names and titles that French takes over with their h are at the end.
_ASPIRATED: Final = regex(
    r"""(?:
    ha(?!bil|bit|blé|bl[eè]|chett|giog|ïti|vas\b|lein|lieut|llali|lluc|log|lt[eè]r|me[cç]|ptiq|ptono|rmon|zebr|lluin|ubourdin|rfleur|ppen|dron|mblain|bsb|dri) | hâ
    | heau | hein\b | hen[nr]i[rs]\b | henn(?!eb) | héler | héraut | héris | herni | héron | héros\b | hers[eé] | hêtr | heurt | hi-fi
    | hibou | hic\b | hideu | hiérarch | hippie | hiss | hit\b | hit- | hob | hoch | hock | hold | hollan | homard | hong | honni[rs]?\b
    | hont | hop\b | hoqu | hord | hors\b | hors- | hot\b | hot- | hotl | hott | hou | hub\b | hublot | huch | hué | hugu | huis[ ]clos | huit | hul
    | humer\b | hun\b | huns\b | huning | hupp | hune | hère\b | hooligan | hur(?!luber|iel|epel) | huss | hutt | huy\b
    | heidelb | hem\b | herve\b | herzé | hesse\b | hewl | hill | hilt | hita | hond | honeyw | hsbc\b | hlm\b | html | http | hp\b | huaw | hull | hyund | hœn
    | head\b | health | help | herr\b | high\b | home\b | host(?!i) | hosting | human\b | hunt
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ARTICLE: Final = regex(r"(les?)\s+(?=\S)", re.IGNORECASE)


# The hours that have a name of their own: no afternoon, and no South.
_MIDDAY: Final = regex(r"(?<![\w-])midi(?![\w-])")
_MIDNIGHT: Final = regex(r"(?<![\w-])minuit(?![\w-])", re.IGNORECASE)


def of_town(town: str) -> tuple[str, str]:
    """Return what French puts before a town's name after "de", and the rest of the name: ``("du ", "Mans")``, ``("d’", "Angers")``.

    An article joins with it however it is written, in capitals as on a register extract or with a no-break space behind it.
    """
    contracted, rest = _contracted(town, {"le": "du ", "les": "des "})
    return (contracted or elided("de", town)), rest


def in_town(town: str) -> tuple[str, str]:
    """Return what French puts before a town's name after "à", and the rest of the name: ``("au ", "Havre")``, ``("à ", "La Rochelle")``."""
    contracted, rest = _contracted(town, {"le": "au ", "les": "aux "})
    return (contracted or "à "), rest


def _contracted(town: str, forms: dict[str, str]) -> tuple[str, str]:
    article = _ARTICLE.match(town)
    return (forms[article[1].lower()], town[article.end() :]) if article else ("", town)


def elided(word: str, following: str) -> str:
    """Return ``d’`` or ``de `` as French writes ``word`` before ``following``: before a vowel, of any alphabet's accents, and a mute h."""
    start = following.lstrip(_OPENING)
    letter = unicodedata.normalize("NFD", start[:1].lower())[:1]
    silent = (letter in _VOWELS and not _UNELIDED.match(start)) if letter != "h" else not _ASPIRATED.match(unicodedata.normalize("NFC", start))
    if letter and silent and word.lower() in _ELIDED:
        short = _ELIDED[word.lower()]
        return short.capitalize() if word[:1].isupper() else short
    return f"{word} "


# How French leads a territory in, by the name that CLDR gives it: "au" before masculine names, "aux" before plural ones, "à" before
# islands and towns without an article, "à la" before some islands; every other one is feminine or begins with a vowel: "en".
_AU: Final = frozenset(
    """
    BD BF BI BJ BN BR BT BW BZ CA CD CG CL CM CR CV DK EH GA GB GH GL GT GY HN JP KE KG KH KW KZ LA LB LI LK LR LS LU MA ME ML MM MW
    MX MZ NE NG NI NP PA PE PK PT PY QA RW SD SJ SN SR SS SV TD TG TJ TL TM VE VN VU WS YE ZW
    """.split()
)
_AUX: Final = frozenset("AE AS AX BM BQ BS CC CK FJ FK FO HM KM KY MH MP MV NL PH PN PW SB SC TC TO UM US VG VI".split())
_A: Final = frozenset(
    """
    AG AI AW BH BL CU CW CY DJ GG GI GU JE KI KN LC MC MF MG MS MT MU NR NU OM PM PR RE SG SH SM ST SX TK TT TV TW VC WF YT
    """.split()
)
_A_LA: Final = frozenset("BB DM GD".split())
_DANS: Final = {"EU": "l’", "HK": "la ", "IO": "le ", "MO": "la ", "PS": "les ", "TF": "les ", "VA": "l’"}
_ISLAND: Final = frozenset("BV CX IM NF".split())
_BARE: Final = frozenset("HT IL".split())
# French adjectives agree with "droit" and are needed for the States whose law may govern (SecNumCloud 3.2, 19.1.c).
_LAW: Final = dict(
    pair.split(":")
    for pair in (
        "AT:autrichien BE:belge BG:bulgare CY:chypriote CZ:tchèque DE:allemand DK:danois EE:estonien ES:espagnol FI:finlandais "
        "FR:français GR:grec HR:croate HU:hongrois IE:irlandais IT:italien LT:lituanien LU:luxembourgeois LV:letton MT:maltais "
        "NL:néerlandais PL:polonais PT:portugais RO:roumain SE:suédois SI:slovène SK:slovaque"
    ).split()
)
# "une semaine", "vingt et une heures": "un" agrees with the unit.
_FEMININE: Final = frozenset(("week", "hour", "minute"))


# Nouns for legal forms and public bodies that are feminine though their ending doesn't say so, and the other way round.
_FEMININE_NOUNS: Final = frozenset(("agence", "assemblée", "assistance", "banque", "caisse", "chambre", "commune", "coopérative", "école", "entreprise", "métropole",
                              "mutuelle", "préfecture", "république", "société", "ville", "université", "collectivité", "communauté", "autorité"))  # fmt: skip
_MASCULINE: Final = frozenset(("comité", "député", "traité", "musée", "lycée", "incendie"))
_FEMININE_ENDINGS: Final = ("tion", "sion", "gion", "té", "ie", "ance", "ence", "ure", "ée")


def is_feminine(words: str) -> bool:
    """Return whether the noun that words begin with is feminine: "société anonyme", "région", but not "établissement public"."""
    found = re.match(r"(?:une? |l[ae] |l[’'])?(\w+)", words.casefold())
    noun = found.group(1) if found else ""
    return noun in _FEMININE_NOUNS or (noun not in _MASCULINE and noun.endswith(_FEMININE_ENDINGS))


# The space between a figure and its unit: "8 h", "7 j/7".
_UNIT: Final = regex(r"(?<=\d) (?=(?:h|min|s|j|Mo|Go|To|€|k€)\b|€)")
# Numbers that are nouns: what they count stands behind "de".
_NOUNS: Final = ("million", "millions", "milliard", "milliards", "billion", "billions")


class French(Writing):
    """French of France."""

    code = "fr"
    locale = "fr_FR"
    number_words = "fr"
    words = Words("fr-FR", "Article", "Annexe", "section", "Page", "sur", "Version", "PROJET", "\u00a0: ", " (texte déplacé)")
    # A no-break space between digits joins the groups of a number, a SIREN's or a telephone's, as in English.
    groups = regex(r"(?<![\w,])\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[\u00a0\u202f]\d+)+")
    decimal = regex(r"(?<=\d),(?=\d)")
    also_numbers: ClassVar[dict[str, str]] = {"septante": "70", "nonante": "90"}
    # New, not nine; a share; of what there are two, as English says "both": "les deux Parties".
    no_numbers = r"neuf(?!\s+(?:\(9\)|mois|ans|(?:jour|heure|minute|semaine|année)s))|pour\s+cent|(?<=des\s)deux|deux(?=\s+(?-i:[A-ZÉÈÀ]))"

    def typeset(self, text: str) -> str:
        """Return the text with U+202F before ``; ! ?``, U+00A0 before ``:`` and units and inside « », and ’ for a straight apostrophe."""
        text = re.sub(r"[ \u00a0]([;!?])", rf"{_NARROW}\1", text.replace("'", "’"))
        text = re.sub(r" ([:»])", rf"{_NO_BREAK}\1", text)
        text = _UNIT.sub(_NO_BREAK, text)
        return re.sub(r"« ", f"«{_NO_BREAK}", text)

    def dated(self, text: str, day: date) -> str:
        """Return ``1er juillet 2026``."""
        return text.replace("1 ", "1er ", 1) if day.day == 1 else text

    def percent(self, number: str) -> str:
        """Return ``99,95 %`` (U+202F before the sign)."""
        return f"{number}{_NARROW}%"

    def agreeing(self, words: str, unit: str) -> str:
        """Return ``vingt et une`` before hours."""
        return f"{words}e" if unit in _FEMININE and words.endswith("un") else words

    def is_singular(self, number: int) -> bool:
        """Return whether it's 0 or 1."""
        return number in (0, 1)

    def in_place(self, code: str, name: str) -> str:
        """Return ``en France``, ``au Portugal``, ``à La Réunion``, ``dans l’Union européenne``."""
        if code in _DANS:
            return f"dans {_DANS[code]}{name}"
        if code in _ISLAND:
            return f"à l’{name}"
        if code in _A_LA:
            return f"à la{_NO_BREAK}{name}"
        word = "au" if code in _AU else "aux" if code in _AUX else "à" if code in _A else "en"
        return f"{word}{_NO_BREAK}{name}"

    def with_article(self, code: str, name: str) -> str:
        """Return ``la France``, ``le Portugal``, ``La Réunion``, ``l’Union européenne``."""
        if code in _DANS:
            return f"{_DANS[code]}{name}"
        if code in _A or code in _BARE:
            return name
        if code in _AUX:
            return f"les {name}"
        if code in _AU:
            return f"le {name}"
        return f"{elided('la', name)}{name}"

    def law_of(self, code: str) -> str:
        """Return ``droit français``."""
        return f"droit {_LAW[code]}"

    def in_language(self, name: str) -> str:
        """Return ``en français``."""
        return f"en {name}"

    def of(self, text: str) -> str:
        """Return ``d’un (1) mois``."""
        return f"{elided('de', text)}{text}"

    def formerly(self, name: str, former: str) -> str:
        """Return ``Nimbus (anciennement Stratus)``."""
        return f"{name} (anciennement {former})"

    def named_part(self, label: str, title: str) -> str:
        """Return ``l’Article 7.6``, ``la section C.2``, or ``la partie « Préambule »``."""
        lead = "la " if label.startswith("section") else "l’"
        return f"{lead}{label}" if label else f"la partie «{_NO_BREAK}{title}{_NO_BREAK}»"

    def times_of_day(self, text: str) -> str:
        """Return the text with noon and midnight in figures: French counts to 24."""
        return _MIDNIGHT.sub("0", _MIDDAY.sub("12", text))

    def counting(self, words: str, noun: str) -> str:
        """Return ``cent mille euros``, ``un million d’euros``."""
        return f"{words} {self.of(noun) if words.endswith(_NOUNS) else noun}"

    def within(self, period: str) -> str:
        """Return ``dans un délai d’``, before ``un (1) mois``."""
        return f"dans un délai {elided('de', period)}"

    def without_undue_delay(self) -> str:
        """Return ``sans retard injustifié``."""
        return "sans retard injustifié"

    def time_set_in(self, document: str) -> str:
        """Return ``dans le délai que fixe le contrat de support``."""
        return f"dans le délai que fixe {document}"
