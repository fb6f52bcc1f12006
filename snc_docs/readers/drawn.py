"""Pictures of a file's pages, drawn by another process (``drawing``), or why they can't be.

The same bytes give the same pictures; they are kept for the process's life, and so are refusals, since drawing costs more than the
rest of a document. ``MAX_SECONDS`` is the longest that a whole file may take, by the clock: a page has its own limit of processor time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

from snc_docs.errors import SncDocsError, Wording
from snc_docs.shelf import BYTES, shelved

MAX_PAGES: Final = 40
MAX_PIXELS: Final = 40_000_000
MAX_ALL_PIXELS: Final = 160_000_000
MAX_SECONDS: Final = 60.0
DOTS_PER_INCH: Final = 150
_PROGRAM: Final = Path(__file__).with_name("drawing.py")


class UnreadableFileError(SncDocsError):
    """An attached file that can't be embedded."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its bytes, its media type, and its size in pixels."""

    content: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn; ``attachments`` counts the files that a PDF carries and its pages don't show, ``unseen`` are pages of which something is missing."""

    pictures: tuple[Picture, ...]
    attachments: int = 0
    unseen: tuple[int, ...] = ()


def unreadable(name: str, fr: str, en: str) -> UnreadableFileError:
    """Return the error for a file that can't be shown, with the way out."""
    return UnreadableFileError(Wording(f"{name} : {fr} ; donner un autre fichier.", f"{name}: {en}; give another file."))


def pages_of(content: bytes, name: str) -> Drawn:
    """Return the pictures of a PDF's pages; UnreadableFileError where they can't be drawn."""
    return _result(content, "pdf", name)


def upright(content: bytes, name: str) -> Drawn:
    """Return a PNG or JPEG, turned as its camera noted; UnreadableFileError where it can't be read."""
    return _result(content, "picture", name)


def _result(content: bytes, kind: str, name: str) -> Drawn:
    answer = _answer(content, kind)
    if isinstance(answer, Drawn):
        return answer
    reason, *figures = answer
    wording = _REASONS[reason]
    raise unreadable(name, *(text.format(*figures, most=MAX_PAGES) for text in wording))


@lru_cache(maxsize=16)
def _answer(content: bytes, kind: str) -> Drawn | tuple[Any, ...]:
    """Return what was drawn, or why nothing was."""
    options = {
        "kind": kind,
        "most_pages": MAX_PAGES,
        "most_pixels": MAX_PIXELS,
        "most_pixels_in_all": MAX_ALL_PIXELS,
        "dots_per_inch": DOTS_PER_INCH,
    }
    wanted = json.dumps(options)
    try:
        answer = shelved("drawing", BYTES, lambda: (wanted, content), partial(_run, wanted, content))
    except _NoAnswerError as error:
        return error.args
    header, _, rest = answer.partition(b"\n")
    return _drawn(json.loads(header), rest)


class _NoAnswerError(Exception):
    """The program gave none: ``args`` are the word that says why."""


def _run(options: str, content: bytes) -> bytes:
    """Return the program's answer; what another run may do better, another time, raises _NoAnswerError."""
    command = [sys.executable, "-W", "ignore", "-X", "utf8", str(_PROGRAM), options]
    paths = os.pathsep.join(path or os.curdir for path in sys.path)
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=MAX_SECONDS, check=False, env={**os.environ, "PYTHONPATH": paths})  # noqa: S603  # our own program
    except subprocess.TimeoutExpired as error:
        raise _NoAnswerError("limits") from error
    except OSError as error:
        raise _NoAnswerError("program") from error
    header = done.stdout.partition(b"\n")[0]
    if done.returncode != 0 or not header or json.loads(header).get("refused", [""])[0] == "limits":  # which are of this machine, and this moment
        raise _NoAnswerError("limits")
    return done.stdout


def _drawn(header: dict[str, Any], rest: bytes) -> Drawn | tuple[Any, ...]:
    if "refused" in header:
        return tuple(header["refused"])
    pictures = []
    for length, media_type, width, height in header["pictures"]:
        pictures.append(Picture(rest[:length], media_type, width, height))
        rest = rest[length:]
    return Drawn(tuple(pictures), header.get("attachments", 0), tuple(header.get("unseen", ())))


_REASONS: Final = {
    "limits": Wording(
        "sa lecture demande trop de temps ou de mémoire, ou le fichier est abîmé", "reading it takes too much time or memory, or the file is damaged"
    ),
    "program": Wording("l'interpréteur Python qui dessine les pages ne démarre pas", "the Python interpreter that draws pages doesn't start"),
    "unreadable": Wording("fichier illisible", "unreadable file"),
    "password": Wording("protégé par un mot de passe", "protected by a password"),
    "pages": Wording("{0} pages (1 à {most} admises)", "{0} pages (1 to {most} allowed)"),
    "xfa": Wording(
        "formulaire XFA, dont les pages n'existent que dans Acrobat : l'imprimer en PDF",
        "an XFA form, whose pages exist in Acrobat alone: print it as PDF",
    ),
    "large-page": Wording("page {0} trop grande", "page {0} is too large"),
    "large-pages": Wording("pages trop grandes", "its pages are too large"),
    "unreadable-page": Wording("page {0} illisible", "page {0} is unreadable"),
    "large-picture": Wording("image trop grande", "the picture is too large"),
}
