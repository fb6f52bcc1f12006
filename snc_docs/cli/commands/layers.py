"""``make-agreement layers``: which clause comes from which layer, what it covers, and what changed below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from snc_docs.cli.options import PATH, framed, templates_option
from snc_docs.cli.show import Voice

_EXAMPLES: Final = """\b
Examples:
  make-agreement layers
  make-agreement layers client.yaml
  make-agreement layers --templates our-clauses --templates this-deal
  make-agreement layers client.yaml --accept

Exit codes: 0 done, 2 mend the input, 3 something outside is missing.
"""


@dataclass(frozen=True, slots=True)
class LayersOptions:
    """What ``layers`` was asked for."""

    client: Path | None
    form: str
    accept: bool
    templates: Sequence[Path]


@click.command(name="layers", epilog=_EXAMPLES)
@click.argument("client", type=PATH, required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Format.")
@click.option("--accept", is_flag=True, help="Keep in each layer's layer.yaml which texts its files replace: you have read them.")
@templates_option
@framed(LayersOptions)
def command(options: LayersOptions, voice: Voice) -> None:
    """Tell which clause comes from which layer, and what it covers.

    Layers lie one over the other: shipped, the provider's (templates: in the
    baseline), this client's (templates: in the client file), --templates.
    """
    from snc_docs.cli.layers import layers

    layers(options, voice)
