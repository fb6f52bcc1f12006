"""``make-agreement schema``: the JSON Schema of the data files."""

from __future__ import annotations

from typing import Final, Literal

import click

from snc_docs.cli.show import print_json

_EXAMPLES: Final = """\b
Examples:
  make-agreement schema
  make-agreement schema baseline > baseline.schema.json
  make-agreement schema client > client.schema.json
"""


@click.command(name="schema", epilog=_EXAMPLES)
@click.argument("file", type=click.Choice(["baseline", "client"]), required=False)
def command(file: Literal["baseline", "client"] | None) -> None:
    """Print the JSON Schema of a baseline or client FILE.

    Without FILE, an object with both: {"baseline": …, "client": …}.
    """
    from snc_docs import json_schema

    schema = json_schema(file) if file else {"baseline": json_schema("baseline"), "client": json_schema("client")}
    print_json(schema)
