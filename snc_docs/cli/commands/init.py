"""``make-agreement init``: commented starter files that build as they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from snc_docs.cli.options import PATH, framed
from snc_docs.cli.show import Voice

_EXAMPLES: Final = """\b
Examples:
  make-agreement init my-agreements
  make-agreement init my-agreements --templates
  make-agreement build my-agreements/client.yaml
"""


@dataclass(frozen=True, slots=True)
class InitOptions:
    """What ``init`` was asked for."""

    folder: Path
    with_templates: bool


@click.command(name="init", epilog=_EXAMPLES)
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--templates", "with_templates", is_flag=True, help="Write the shipped clause templates too, into DIR/templates.")
@framed(InitOptions, keeps_work=False)
def command(options: InitOptions, voice: Voice) -> None:
    """Write commented starter files into DIR.

    baseline.yaml is the provider's part, client.yaml the client's, and
    reference.docx holds the styles, to be changed in Word and given back with
    --reference. Files that are there already are left alone: init then stops.
    """
    from snc_docs.cli.init import init

    init(options, voice)
