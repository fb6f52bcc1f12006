"""The standard streams and signals of a run: what is said gets out, in whatever encoding, or the exit code says that it didn't.

Services close the streams, Windows' consoles and C locales lack half of our characters, disks fill up under a redirect, pagers quit
early, and init systems end a run with SIGTERM: none of that is worth a traceback, or an exit code that means something else.
"""

from __future__ import annotations

import codecs
import os
import signal
import sys
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from snc_docs.errors import FileTroubleError, Wording
from snc_docs.inputs import system_reason

INTERRUPTED: Final = 128 + signal.SIGINT
# As a program that SIGPIPE ended: whoever read the output had enough.
_PIPE_CLOSED: Final = 128 + 13
_HANDLER: Final = "snc_docs.look_alike"
_LOOK_ALIKES: Final = {
    "→": "->", "←": "<-", "…": "...", "–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "✓": "v", "›": ">", "·": "-", "œ": "oe",
    "Œ": "OE", "æ": "ae", "Æ": "AE", "€": "EUR", "ø": "o", "Ø": "O", "ß": "ss", "☐": "[ ]", "☒": "[x]", "\u200b": "",
}  # fmt: skip


@contextmanager
def standard_streams() -> Iterator[None]:
    """Run with streams that are open and can print anything; what can't be written ends the run with a message and exit code 3."""
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        _print_anything(stream)
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        _give_up_output()
        sys.exit(_PIPE_CLOSED)
    except OSError as error:
        _give_up_output()
        reason = system_reason(error)
        where = Wording(*(str(error.filename),) * 2) if error.filename else Wording("sortie standard", "standard output")
        wording = Wording(f"{where.fr} : écriture impossible ({reason.fr})", f"{where.en}: can't be written ({reason.en})")
        try:
            sys.stderr.write(f"{wording.en} / {wording.fr}\n")
            sys.stderr.flush()
        except OSError:  # standard error is what is full: the exit code alone can say so
            sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # as above
        sys.exit(FileTroubleError.exit_code)


def _open_closed() -> None:
    """Open what is closed on nothing, in the order of the numbers: the next file would take the place of a standard stream."""
    for handle in (0, 1, 2):
        try:
            os.fstat(handle)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115  # open as long as the run


def _print_anything(stream: object) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        codecs.register_error(_HANDLER, _look_alike)
        reconfigure(errors=_HANDLER)


def _look_alike(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for characters that an encoding lacks: a look-alike, the letter without its accent, or an escape for half a character."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(map(_plain, text)), error.end


def _plain(character: str) -> str:
    if character in _LOOK_ALIKES:
        return _LOOK_ALIKES[character]
    if "\ud800" <= character <= "\udfff":
        return f"\\u{ord(character):04x}"
    if character.isspace():
        return " "
    return unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii") or "?"


def _give_up_output() -> None:
    """Send the rest to nothing, so that Python's own flush at the end has nothing to say."""
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # as above


def is_utf8(stream: object) -> bool:
    """Return whether a stream prints every character."""
    try:
        return codecs.lookup(getattr(stream, "encoding", None) or "ascii").name == "utf-8"
    except LookupError:
        return False


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let the signals that ask a run to end raise SystemExit, so that what was begun is put back; elsewhere than in the main thread nothing changes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, _end) for number in _heard(_ENDING)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_ENDING: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))


def _heard(numbers: Iterable[int]) -> list[int]:
    """Return the signals that aren't ignored: who started the run with nohup, or in the background, has decided that."""
    return [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]


def _end(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


@contextmanager
def held_signals() -> Iterator[None]:
    """Hold back Ctrl-C and the signals that end a run until the block is done; then the first that came takes its effect."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    numbers = _heard((signal.SIGINT, *_ENDING))
    before = {number: signal.signal(number, lambda number, _: came.append(number)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])
