"""The shipped examples, as the data with which every condition of the shipped templates is seen both ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from snc_docs.model.agreement import Agreement
from snc_docs.model.loading import load_agreement
from snc_docs.model.parts import AccountDeletion

_PACKAGE: Final = Path(__file__).parent.parent
# A day on which the certificates of the examples are in force.
_DAY: Final = date(2026, 12, 1)


def examples_folder() -> Path:
    """Return the folder of the examples: inside an installed package, or beside it in a checkout."""
    inside = _PACKAGE / "_examples"
    return inside if inside.is_dir() else _PACKAGE.parent / "examples"


def example_agreements() -> list[Agreement]:
    """Return the agreements of the examples, and two of them again with the facts of deletion certificates."""
    agreements = [load_agreement(path, today=_DAY) for path in _files()]
    return [*agreements, *_certified(agreements)]


def _certified(agreements: Sequence[Agreement]) -> Iterator[Agreement]:
    """Yield an agreement that says how far a deletion goes and one that doesn't, with a day on which it was final, and without."""
    for says in (True, False):
        form = next(each for each in agreements if (kind := each.deletion_certificate) is not None and (kind.extent is not None) is says)
        for day in (None, _DAY):
            yield form.for_closed_account(AccountDeletion(account="012345678901", deleted_on=day))


def _files() -> list[Path]:
    """Return the client files of each example, or its baselines where it has none."""
    folders = sorted(path for path in examples_folder().iterdir() if path.is_dir())
    return [path for folder in folders for path in sorted(folder.glob("client*.yaml")) or sorted(folder.glob("*.yaml"))]
