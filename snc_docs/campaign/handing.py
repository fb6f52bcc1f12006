"""What all workers of a run need, handed over once: they may be a few names, or those of ten thousand clients, and a task must stay small.

It lies in the store, which every worker reaches, as long as the run lasts, under its digest: a worker takes nothing else for it.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any

from snc_docs.campaign.storage import REMEDY, WAITING, Store
from snc_docs.errors import FileTroubleError, Wording


@contextmanager
def handed_over(settings: object, store: Store) -> Iterator[str]:
    """Give the name under which workers take settings over."""
    content = pickle.dumps(settings)
    name = hashlib.sha256(content).hexdigest()
    store.put(PurePosixPath(WAITING, name), content)
    try:
        yield name
    finally:
        store.remove(PurePosixPath(WAITING, name))


def taken_over(name: str, store: Store) -> Any:
    """Return what was handed over under a name; FileTroubleError where it isn't there any more, or is something else."""
    content = store.get(PurePosixPath(WAITING, name))
    if content is None or hashlib.sha256(content).hexdigest() != name:
        raise FileTroubleError(
            Wording(
                f"les réglages de la campagne manquent ou ont été modifiés ; {REMEDY.fr}.",
                f"the settings of the campaign are missing, or were changed; {REMEDY.en}.",
            )
        )
    return pickle.loads(content)  # noqa: S301  # what the run itself handed over, by its digest
