"""What a terminal shows while a command works for more than a second: that it does, and for how long; gone before anything else is printed."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TextIO

# Seconds before it shows, and between two looks of it.
_PATIENCE, _STEP = 1.0, 0.25
_TURNS: Final = "|/-\\"
# Back to the start of the line, and nothing behind it: ECMA-48, EL.
_CLEAR: Final = "\r\x1b[K"


class Waiting:
    """A line that turns on a terminal until ``end``."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._turn, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Take the line away; nothing where it's gone already."""
        if not self._over.is_set():
            self._over.set()
            self._thread.join()

    def _turn(self) -> None:
        begun, shown = time.monotonic(), 0
        self._over.wait(_PATIENCE)
        while not self._over.is_set():
            self._stream.write(f"{_CLEAR}{_TURNS[shown % len(_TURNS)]} {self._name} … {time.monotonic() - begun:.0f} s")
            self._stream.flush()
            shown += 1
            self._over.wait(_STEP)
        if shown:
            self._stream.write(_CLEAR)
            self._stream.flush()


class _Announced:
    """A stream before whose first words, or question whether it is a terminal, the waiting ends."""

    def __init__(self, stream: TextIO, waiting: Waiting) -> None:
        self._stream = stream
        self._waiting = waiting

    def write(self, text: str) -> int:
        """Write, with the line gone."""
        self._waiting.end()
        return self._stream.write(text)

    def isatty(self) -> bool:
        """Return whether the stream is a terminal; who asks is about to print, or to start a pager."""
        self._waiting.end()
        return self._stream.isatty()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def waiting(name: str) -> Iterator[None]:
    """Show on a terminal's standard error that the command ``name`` works, while the block runs and prints nothing."""
    if not sys.stderr.isatty():
        yield
        return
    before = sys.stdout, sys.stderr
    shown = Waiting(sys.stderr, name)
    sys.stdout, sys.stderr = (_Announced(each, shown) for each in before)  # streams in all but their class
    try:
        yield
    finally:
        shown.end()
        sys.stdout, sys.stderr = before
