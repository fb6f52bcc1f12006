"""``make-agreement schema``: the JSON Schema of the data files."""

from __future__ import annotations

import json
from typing import Final, cast

import click

from snc_docs import json_schema
from snc_docs.model.schema import SchemaOf

_EXAMPLES: Final = """\b
Examples:
  make-agreement schema baseline > baseline.schema.json
  make-agreement schema client > client.schema.json
"""


@click.command(name="schema", epilog=_EXAMPLES)
@click.argument("file", type=click.Choice(["baseline", "client"]))
def command(file: str) -> None:
    """Print the JSON Schema of a baseline or client FILE."""
    click.echo(json.dumps(json_schema(cast("SchemaOf", file)), ensure_ascii=False, indent=2))
