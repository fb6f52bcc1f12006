"""What people write for a country where its code is wanted: the names of those whose clients are met, in French and English; a test compares them with Babel's."""

from __future__ import annotations

from typing import Final

_NAMES: Final = """
AT Autriche/Austria BE Belgique/Belgium BG Bulgarie/Bulgaria CA Canada/Canada CH Suisse/Switzerland CY Chypre/Cyprus CZ Tchéquie/Czechia
DE Allemagne/Germany DK Danemark/Denmark EE Estonie/Estonia ES Espagne/Spain FI Finlande/Finland FR France/France
GB Royaume-Uni/United_Kingdom GF Guyane_française/French_Guiana GP Guadeloupe/Guadeloupe GR Grèce/Greece HR Croatie/Croatia
HU Hongrie/Hungary IE Irlande/Ireland IS Islande/Iceland IT Italie/Italy LI Liechtenstein/Liechtenstein LT Lituanie/Lithuania
LU Luxembourg/Luxembourg LV Lettonie/Latvia MA Maroc/Morocco MC Monaco/Monaco MQ Martinique/Martinique MT Malte/Malta
NC Nouvelle-Calédonie/New_Caledonia NL Pays-Bas/Netherlands NO Norvège/Norway PF Polynésie_française/French_Polynesia PL Pologne/Poland
PT Portugal/Portugal RE La_Réunion/Réunion RO Roumanie/Romania SE Suède/Sweden SI Slovénie/Slovenia SK Slovaquie/Slovakia
SN Sénégal/Senegal TN Tunisie/Tunisia US États-Unis/United_States YT Mayotte/Mayotte
"""
_WORDS: Final = _NAMES.split()
# Codes of their own that aren't those of ISO 3166-1, and other names.
_OTHERS: Final = {"uk": "GB", "grande-bretagne": "GB", "great britain": "GB", "angleterre": "GB", "england": "GB", "usa": "US", "el": "GR"}
_OTHERS_OF_THE_UNION: Final = {"ue": "EU", "union européenne": "EU", "european union": "EU", "europe": "EU"}
# A country's names in French and English, by its code.
COUNTRY_NAMES: Final = {
    code: tuple(name.replace("_", " ") for name in names.split("/")) for code, names in zip(_WORDS[::2], _WORDS[1::2], strict=True)
}
_CODES: Final = {name.casefold(): code for code, names in COUNTRY_NAMES.items() for name in names} | _OTHERS


def country_meant(written: str, known: frozenset[str], *, with_union: bool) -> str | None:
    """Return the code that somebody meant by a name or another writing of a code (``France``, ``fr``, ``UK``); None where that isn't known."""
    text = " ".join(written.split())
    codes = _CODES | _OTHERS_OF_THE_UNION if with_union else _CODES
    return codes.get(text.casefold()) or (text.upper() if text.upper() in known else None)
