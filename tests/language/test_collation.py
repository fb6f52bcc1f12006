from __future__ import annotations

import random

from snc_docs.language.collation import collation_key


def test_french_words_sort_as_in_a_dictionary() -> None:
    expected = "Administrateur cote coté côte côté élan Eléonore œuf Référentiel Représentants SLA sœur Tiers zèbre".split()
    shuffled = random.Random(1).sample(expected, len(expected))
    assert shuffled != expected
    assert sorted(shuffled, key=collation_key) == expected


def test_spaces_and_hyphens_do_not_count_first() -> None:
    assert sorted(["sous-traitant", "sous traité", "soustraction"], key=collation_key) == ["soustraction", "sous-traitant", "sous traité"]


def test_small_letters_come_before_capitals_of_the_same_word() -> None:
    assert sorted(["Contrat", "contrat"], key=collation_key) == ["contrat", "Contrat"]
