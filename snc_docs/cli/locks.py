"""One run at a time in a folder: two that write the same files would leave some of each."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

if sys.platform == "win32":
    import hashlib
    import msvcrt
    import tempfile
else:
    import fcntl


@contextmanager
def locked(folders: Iterable[Path]) -> Iterator[bool]:
    """Hold each folder for this run, waiting for others that do; gives False where the file system knows no locks."""
    with ExitStack() as held:
        # Every one, and in one order, so that no two runs wait for each other.
        known = [held.enter_context(_locked(folder)) for folder in sorted(folders)]
        yield all(known)


if sys.platform == "win32":

    @contextmanager
    def _locked(folder: Path) -> Iterator[bool]:
        """Hold a file that stands for the folder, which Windows can't lock."""
        name = hashlib.sha256(os.path.normcase(folder.resolve()).encode()).hexdigest()[:32]
        with (Path(tempfile.gettempdir()) / f"snc_docs-{name}.lock").open("a+b") as file:
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            try:
                yield True
            finally:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:

    @contextmanager
    def _locked(folder: Path) -> Iterator[bool]:
        """Hold the folder itself; the lock goes with the process, however it ends."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
            except OSError:
                yield False  # some network file systems have none
            else:
                yield True
        finally:
            os.close(handle)
