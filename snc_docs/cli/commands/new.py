"""``make-agreement new``: a client file beside a baseline that is there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from snc_docs.cli.options import PATH, framed
from snc_docs.cli.show import Voice

_EXAMPLES: Final = """\b
Examples:
  make-agreement new archives.yaml
  make-agreement new clients/archives.yaml --baseline baseline.yaml
"""


@dataclass(frozen=True, slots=True)
class NewOptions:
    """What ``new`` was asked for."""

    client: Path
    baseline: Path


@click.command(name="new", epilog=_EXAMPLES)
@click.argument("client", type=PATH)
@click.option("--baseline", type=PATH, default=Path("baseline.yaml"), show_default=True, metavar="FILE", help="Baseline that the client file names.")
@framed(NewOptions, keeps_work=False)
def command(options: NewOptions, voice: Voice) -> None:
    """Write a commented client file CLIENT for a baseline that is there.

    It names the baseline by its path from there. A file that is there already
    is left alone: new then stops.
    """
    from snc_docs.cli.init import new

    new(options, voice)
