"""``make-agreement fields``: the fields of the data files, as text, JSON or Markdown."""

from __future__ import annotations

from typing import Final

import click

from snc_docs.checking.examples import with_examples
from snc_docs.cli.commands.fields import FieldsOptions
from snc_docs.cli.show import Voice
from snc_docs.model.fact_loading import declared_in
from snc_docs.model.listing import listed_fields
from snc_docs.reporting.fields import as_data, field_lines, field_table
from snc_docs.templating.folders import template_folders

_FILES: Final = ("baseline", "client")


def list_fields(options: FieldsOptions, voice: Voice) -> None:
    """Print the fields of one file, or of both."""
    declared = declared_in(template_folders(options.templates).lowest_first())
    listed = {file: with_examples(listed_fields(file, declared), file) for file in ([options.file] if options.file else _FILES)}
    if options.form == "json" or voice.json:
        voice.told((), (), **{file: as_data(fields) for file, fields in listed.items()})
        return
    for file, fields in listed.items():
        click.secho(f"{'## ' if options.form == 'markdown' else ''}{file}.yaml\n", bold=options.form == "text")
        if options.form == "markdown":
            click.echo(field_table(fields, voice.language))
        else:
            for line in field_lines(fields, voice.language):
                click.echo(line)
            click.echo()
