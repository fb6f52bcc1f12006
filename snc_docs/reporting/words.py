"""The report's own words."""

from __future__ import annotations

from typing import Final

from snc_docs.errors import Wording

WORDING: Final = {
    "title": Wording("Comparaison de deux versions", "Comparison of two versions"),
    "changes": Wording("Modifications", "Changes"),
    "data": Wording("Données", "Data"),
    "clauses": Wording("Clauses", "Clauses"),
    "duties": Wording("Ce que ces modifications imposent", "What these changes require"),
    "forbidden": Wording("Modifications qui abaissent un niveau protégé", "Changes that lower a protected level"),
    "forbidden-short": Wording("abaissé", "lowered"),
    "same": Wording("Les deux versions sont identiques.", "The two versions are the same."),
    "view": Wording("Affichage", "View"),
    "inline": Wording("en un texte", "inline"),
    "side-by-side": Wording("côte à côte", "side by side"),
    "weight": Wording("Portée", "Weight"),
    "previous": Wording("Précédente", "Previous"),
    "next": Wording("Suivante", "Next"),
    "place": Wording("Modification {n} sur {all}", "Change {n} of {all}"),
    "shown": Wording("{n} modifications affichées sur {all}", "{n} of {all} changes shown"),
    "no-mark": Wording("Aucune modification dans le texte", "No change in the text"),
    "old": Wording("Ancienne version", "Old version"),
    "new": Wording("Nouvelle version", "New version"),
    "version": Wording("version", "version"),
    "inserted": Wording("ajout", "insertion"),
    "deleted": Wording("suppression", "deletion"),
    "end": Wording("fin", "end"),
    "colon": Wording("\u00a0:", ":"),
}


def words_in(language: str) -> dict[str, str]:
    """Return the report's words in a language."""
    return {name: wording.in_language(language) for name, wording in WORDING.items()}
