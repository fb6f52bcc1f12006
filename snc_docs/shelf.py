"""Work kept on disk between runs: results as bytes, under a digest of all that they depend on, never code.

A command opens the shelf; without one, and in a program that imports the library, everything is made anew (``kept`` is for that). It is
one SQLite file in the user's cache folder, which other runs may read and write at the same time. What a result depends on includes this
package and the libraries it stands on, by their files and versions. Nothing may fail for want of the shelf: what is damaged, locked or
read-only is passed over, and a damaged file is begun anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Final, Generic, NamedTuple, TypeVar

# What the results may weigh together, and each alone.
MOST_BYTES: Final = 64 * 2**20
MOST_BYTES_EACH: Final = 16 * 2**20
# How many answers of one function are kept, unless one run asks for more.
MOST_ANSWERS: Final = 4096
_LIBRARIES: Final = ("babel", "email_validator", "jinja2", "markdown_it", "num2words", "phonenumbers", "PIL", "pydantic", "pypdfium2", "stdnum")
T = TypeVar("T")
_PACKAGE: Final = Path(__file__).parent
# How long a run waits for another one that writes, in seconds.
_PATIENCE: Final = 0.2
_DAY: Final = 86_400
_TABLE: Final = "CREATE TABLE IF NOT EXISTS work (key BLOB PRIMARY KEY, digest BLOB, value BLOB, used INTEGER) WITHOUT ROWID"
_SURPLUS: Final = "SELECT key FROM (SELECT key, SUM(LENGTH(value)) OVER (ORDER BY used DESC, key) AS weight FROM work) WHERE weight > ?"


class Shelf:
    """The results of earlier runs, and those of this one until it ends."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is opened before it is needed, and made alone when there is something to write."""
        self.file = folder / "work.sqlite"
        self._lock = Lock()
        self._new: dict[bytes, bytes] = {}
        self._found: set[bytes] = set()
        self._answers: dict[tuple[str, str], _Answers] = {}
        self._is_damaged = False
        self._database: sqlite3.Connection | None = None

    def get(self, key: bytes) -> bytes | None:
        """Return the result under a key, None where there is none that can be trusted."""
        with self._lock:
            if key in self._new:
                return self._new[key]
            digest, value = self._row(key)
            if value is None:
                return None
            if not isinstance(value, bytes) or hashlib.sha256(value).digest() != digest:
                self._is_damaged = True
                return None
            self._found.add(key)
            return value

    def _row(self, key: bytes) -> tuple[object, object]:
        """Return the digest and the value under a key, None where there are none."""
        if self._is_damaged or not self.file.exists():
            return None, None
        try:
            row = self._opened().execute("SELECT digest, value FROM work WHERE key = ?", (key,)).fetchone()
        except sqlite3.OperationalError:  # no table yet, or another run has it locked
            return None, None
        except sqlite3.Error:
            self._is_damaged = True
            return None, None
        return row or (None, None)

    def _opened(self) -> sqlite3.Connection:
        if self._database is None:
            self._database = sqlite3.connect(self.file, timeout=_PATIENCE, check_same_thread=False)
            self._database.execute("PRAGMA synchronous = OFF")  # what a power cut damages is begun anew
        return self._database

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a result, unless it is too large; it is written when the shelf is closed."""
        if len(value) <= MOST_BYTES_EACH:
            with self._lock:
                self._new[key] = value

    def answers(self, kind: str, of: str) -> _Answers:
        """Return the answers of a kind that depend on ``of`` beside the texts."""
        name = (kind, of)
        if name not in self._answers:
            self._answers[name] = _Answers(self.get(_key(kind, (of,))))
        return self._answers[name]

    def close(self) -> None:
        """Write what is new, note what was used, and throw out what hasn't been for the longest time."""
        for (kind, of), answers in self._answers.items():
            if answers.has_new:
                self.put(_key(kind, (of,)), answers.as_bytes())
        try:
            if not self._is_damaged and (self._new or self._found):
                self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._write(self._opened())
        except (OSError, sqlite3.OperationalError):
            pass  # locked, full or read-only: for another run
        except sqlite3.DatabaseError:
            self._is_damaged = True
        if self._database is not None:
            self._database.close()
            self._database = None
        if self._is_damaged:
            with suppress(OSError):
                self.file.unlink()

    def _write(self, database: sqlite3.Connection) -> None:
        now = int(time.time())
        with database:
            if self._new:
                database.execute(_TABLE)
                rows = [(key, hashlib.sha256(value).digest(), value, now) for key, value in self._new.items()]
                database.executemany("INSERT OR REPLACE INTO work VALUES (?, ?, ?, ?)", rows)
                database.executemany("DELETE FROM work WHERE key = ?", database.execute(_SURPLUS, (MOST_BYTES,)).fetchall())
            used = [(now, key, now - _DAY) for key in self._found]
            database.executemany("UPDATE work SET used = ? WHERE key = ? AND used < ?", used)


class _Answers:
    """What a function answers to texts: those of earlier runs, and those that this one asked for."""

    def __init__(self, kept: bytes | None) -> None:
        """Read what ``as_bytes`` gave, if anything."""
        self._before: dict[str, Any] = json.loads(kept) if kept is not None else {}
        self._asked: dict[str, Any] = {}
        self.has_new = False

    def get(self, text: str, make: Callable[[], Any]) -> Any:
        """Return the answer to a text, made where it isn't known."""
        try:
            answer = self._asked[text]
        except KeyError:
            if text in self._before:
                answer = self._before[text]
            else:
                answer = make()
                self.has_new = True
            self._asked[text] = answer
        return answer

    def as_bytes(self) -> bytes:
        """Return what this run asked for, and of what others did as many as there is room for."""
        others = [text for text in self._before if text not in self._asked]
        room = max(MOST_ANSWERS - len(self._asked), 0)
        return JSON.write({text: self._before[text] for text in others[max(len(others) - room, 0) :]} | self._asked)


# The shelf of this run.
_open: list[Shelf] = []


@contextmanager
def shelf_in(folder: Path | None) -> Iterator[None]:
    """Run with a shelf in a folder; with None without one."""
    if folder is None:
        yield
        return
    shelf = Shelf(folder)
    _open.append(shelf)
    try:
        yield
    finally:
        _open.remove(shelf)
        shelf.close()


class Form(NamedTuple, Generic[T]):
    """How a result is written as bytes, and read from them."""

    write: Callable[[T], bytes]
    read: Callable[[bytes], T]


def shelved(kind: str, form: Form[T], depends: Callable[[], Iterable[str | bytes]], make: Callable[[], T]) -> T:
    """Return what ``make`` returns, from the shelf where an earlier run made it of the same; what it raises is raised and not kept.

    ``depends`` gives all that the result of that kind depends on beside the package and its libraries.
    """
    if not _open:
        return make()
    shelf = _open[-1]
    key = _key(kind, depends())
    found = shelf.get(key)
    if found is not None:
        return form.read(found)
    result = make()
    shelf.put(key, form.write(result))
    return result


def answered(kind: str, of: str, text: str, make: Callable[[], T]) -> T:
    """Return what ``make`` answers to a text, in JSON's values, from the shelf where an earlier run asked for the same.

    It is for answers that are cheaper than a look into the file: those of a kind that depend on the same ``of`` are read and written together.
    """
    if not _open:
        return make()
    answer: T = _open[-1].answers(kind, of).get(text, make)
    return answer


# Bytes, text, and what JSON can hold.
BYTES: Final = Form[bytes](bytes, bytes)
TEXT: Final = Form[str](str.encode, bytes.decode)
JSON: Final = Form[Any](lambda value: json.dumps(value).encode(), json.loads)


def _key(kind: str, depends: Iterable[str | bytes]) -> bytes:
    digest = hashlib.sha256(_foundation())
    for part in (kind, *depends):
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(b"%d:" % len(content))
        digest.update(content)
    return digest.digest()


def _files_of(folder: str, within: str = "") -> Iterator[tuple[str, int, int]]:
    """Yield each file of a folder and of those in it but for bytecode: its name, its size in bytes, and when it changed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{within}/{entry.name}"
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files_of(entry.path, name)
            else:
                status = entry.stat()
                yield name, status.st_size, status.st_mtime_ns


@cache
def _foundation() -> bytes:
    """Return the digest of what every result depends on: Python, this package's files, and which versions of libraries are installed beside them."""
    digest = hashlib.sha256(sys.version.encode())
    for name, size, changed in sorted(_files_of(str(_PACKAGE))):
        digest.update(f"{name}:{size}:{changed};".encode())
    places = {str(Path(spec.origin).parent.parent) for name in _LIBRARIES if (spec := find_spec(name)) and spec.origin}
    for place in sorted(places):
        with os.scandir(place) as entries:
            digest.update(";".join(sorted(entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info")))).encode())
    return digest.digest()
