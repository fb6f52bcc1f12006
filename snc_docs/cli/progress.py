"""How far a long run is: a bar on a terminal, a plain line now and then elsewhere, nothing to a program."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import click

from snc_docs.cli.show import Voice
from snc_docs.errors import Wording

# Seconds between two plain lines.
_PATIENCE: Final = 10.0


@dataclass
class Progress:
    """The count of a run; ``bar`` is None where there is no terminal."""

    total: int
    voice: Voice
    bar: Any = None
    task: Any = None
    done: int = 0
    bad: int = 0
    _begun: float = field(default_factory=time.monotonic)
    _said: float = field(default_factory=time.monotonic)

    def step(self, *, bad: bool = False) -> None:
        """Count one, and show it where it's time to."""
        self.done += 1
        self.bad += bad
        if self.bar is not None:
            self.bar.update(self.task, advance=1, bad=self.bad)
            self.bar.refresh()
        elif not self.voice.json and time.monotonic() - self._said > _PATIENCE:
            self._said = time.monotonic()
            click.echo(self.voice.say(self._line()), err=True)

    def _line(self) -> Wording:
        rate = self.done / max(time.monotonic() - self._begun, 1e-9)
        left = round((self.total - self.done) / rate) if rate else 0
        return Wording(
            f"{self.done} / {self.total} ({self.bad} à corriger), {rate:.1f} par seconde, reste {left} s",
            f"{self.done} / {self.total} ({self.bad} to mend), {rate:.1f} a second, {left} s left",
        )


@contextmanager
def progress(total: int, voice: Voice) -> Iterator[Progress]:
    """Give the count of a run of ``total`` steps."""
    if voice.json or not sys.stderr.isatty():
        yield Progress(total, voice)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    to_mend = voice.say(Wording("à corriger", "to mend"))
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn(f"{{task.fields[bad]}} {to_mend}"), TimeRemainingColumn())
    # Refreshed by hand: a thread of its own would be copied into the workers.
    with Bar(*columns, console=Console(stderr=True), auto_refresh=False, transient=True) as bar:
        yield Progress(total, voice, bar, bar.add_task("", total=total, bad=0))
