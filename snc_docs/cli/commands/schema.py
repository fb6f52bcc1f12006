"""``make-agreement schema``: the JSON Schema of the data files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

import click

from snc_docs.cli.options import templates_option
from snc_docs.cli.show import Voice, default_language, print_json
from snc_docs.errors import SncDocsError

_EXAMPLES: Final = """\b
Examples:
  make-agreement schema
  make-agreement schema baseline > baseline.schema.json
  make-agreement schema client > client.schema.json
  make-agreement schema baseline --templates our-clauses
"""


@click.command(name="schema", epilog=_EXAMPLES)
@click.argument("file", type=click.Choice(["baseline", "client"]), required=False)
@templates_option
def command(file: Literal["baseline", "client"] | None, templates: Sequence[Path]) -> None:
    """Print the JSON Schema of a baseline or client FILE.

    Without FILE, an object with both: {"baseline": …, "client": …}.
    """
    from snc_docs import json_schema
    from snc_docs.model.fact_loading import declared_in
    from snc_docs.templating.folders import template_folders

    try:
        declared = declared_in(template_folders(templates).lowest_first())
    except SncDocsError as error:
        Voice(default_language(), json=False).trouble(error)
        raise SystemExit(error.exit_code) from error
    schema = json_schema(file, declared) if file else {"baseline": json_schema("baseline", declared), "client": json_schema("client", declared)}
    print_json(schema)
