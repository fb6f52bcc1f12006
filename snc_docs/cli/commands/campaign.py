"""``make-agreement campaign``: one run over many clients, the sheet to fill in for it, and the amendments of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from snc_docs.cli.options import (
    DAY,
    PATH,
    author_option,
    complete_part,
    framed,
    language_option,
    names_option,
    office_option,
    reference_option,
    strict_option,
    templates_option,
    today_option,
)
from snc_docs.cli.show import Voice
from snc_docs.language import Language
from snc_docs.writers import FORMATS, Format

_EXAMPLES: Final = """\b
Examples:
  make-agreement campaign columns --baseline baseline.yaml -o clients.xlsx
  make-agreement campaign clients.xlsx --baseline baseline.yaml --plan
  make-agreement campaign clients.xlsx --baseline baseline.yaml --sample 5
  make-agreement campaign clients.xlsx --baseline baseline.yaml -o out
  make-agreement campaign clients.xlsx --baseline baseline.yaml --resume
  make-agreement campaign amend out --baseline baseline-2027.yaml
    --effective-on 2027-03-01 -o amendments

Exit codes: 0 done; 1 some rows are to mend; 2 the input or the command line
must be mended; 3 something outside is missing or refuses.
"""
_RUN: Final = "run"


class _Campaign(click.Group):
    """The commands of a campaign; what isn't the name of one is the table of ``run``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the first argument for a command's name, or for the table to run over."""
        asks_help = bool(args) and args[0] in ctx.help_option_names
        return super().parse_args(ctx, args if not args or args[0] in self.commands or asks_help else [_RUN, *args])


@click.group(name="campaign", cls=_Campaign, epilog=_EXAMPLES, no_args_is_help=True)
def command() -> None:
    """Make the documents of many clients, one a row of a table.

    ROWS is a CSV, XLSX, ODS, Parquet or JSON Lines file, or a folder of client
    files: "campaign ROWS" is short for "campaign run ROWS".
    """


baseline_option: Final = click.option(
    "--baseline", type=PATH, metavar="FILE", help="Baseline of all rows. Default: the one that each client file names."
)
jobs_option: Final = click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes of this machine. Default: one a core.")
executor_option: Final = click.option("--executor", metavar="URL", help="Workers elsewhere: dask://HOST:PORT.")
resume_option: Final = click.option("--resume", is_flag=True, help="Go on with the run that OUT holds: rows that are unchanged aren't made again.")
state_option: Final = click.option("--state", type=PATH, metavar="FILE", help="File of the run's state. Default: OUT/campaign.jsonl.")
out_option: Final = click.option(
    "-o", "--output", default="out", show_default=True, metavar="OUT", help="Folder, or URL that fsspec knows (s3://bucket/path)."
)


@dataclass(frozen=True, slots=True)
class CampaignOptions:
    """What ``campaign run`` was asked for."""

    rows: Path
    baseline: Path | None
    mapping: Path | None
    dates: str | None
    languages: Sequence[Language]
    formats: Sequence[Format]
    parts: Sequence[str]
    compliance_matrix: bool
    no_embed: bool
    names: str
    reference: Path | None
    templates: Sequence[Path]
    strict: bool
    output: str
    plan: bool
    sample: int | None
    resume: bool
    state: Path | None
    jobs: int | None
    executor: str | None
    today: datetime | None


@command.command(name=_RUN)
@click.argument("rows", type=PATH)
@baseline_option
@click.option("--map", "mapping", type=PATH, metavar="FILE", help="YAML or JSON file that leads headings to fields, or to null.")
@click.option("--dates", type=click.Choice(["dmy", "mdy"]), help="Order of days written with slashes, where a column doesn't show it.")
@language_option
@click.option("--format", "formats", multiple=True, type=click.Choice([*FORMATS]), help="Format; may be repeated. Default: docx.")
@click.option("--part", "parts", multiple=True, metavar="PART", shell_complete=complete_part, help="As of build; may be repeated.")
@click.option("--compliance-matrix", is_flag=True, help="As of build.")
@click.option("--no-embed", is_flag=True, help="As of build.")
@names_option
@reference_option
@office_option
@templates_option
@strict_option
@out_option
@click.option("--plan", is_flag=True, help="Write nothing: tell how many rows there are, which fail and why, what is left open, what comes twice.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Make the N most telling rows alone.")
@resume_option
@state_option
@jobs_option
@executor_option
@today_option
@framed(CampaignOptions)
def run(options: CampaignOptions, voice: Voice) -> None:
    """Make the documents of every row of ROWS, each in its folder.

    OUT/REFERENCE/ receives what build would write; OUT/report.html, .csv and
    .json tell what became of each row. A row that is wrong doesn't stop the
    others.
    """
    from snc_docs.cli.campaign import campaign

    campaign(options, voice)


@dataclass(frozen=True, slots=True)
class ColumnsOptions:
    """What ``campaign columns`` was asked for."""

    baseline: Path | None
    templates: Sequence[Path]
    all_fields: bool
    workbook: Path


@command.command(name="columns")
@baseline_option
@templates_option
@click.option("--all", "all_fields", is_flag=True, help="Every field of the client file. Default: those that most clients need.")
@click.option("-o", "--output", "workbook", type=PATH, default=Path("clients.xlsx"), show_default=True, metavar="FILE", help="The workbook.")
@framed(ColumnsOptions)
def columns(options: ColumnsOptions, voice: Voice) -> None:
    """Write the workbook to fill in, with a column a field.

    Each heading says the field in French, in English and by its path; notes
    explain it, and lists offer its choices. With --baseline, services offered
    and own facts have columns too.
    """
    from snc_docs.cli.campaign import write_columns

    write_columns(options, voice)


@dataclass(frozen=True, slots=True)
class CampaignAmendOptions:
    """What ``campaign amend`` was asked for."""

    folder: Path
    baseline: Path
    effective_on: datetime
    notified_on: datetime | None
    version: str | None
    ground: Sequence[str]
    reason: str
    author: str
    reference: Path | None
    templates: Sequence[Path]
    output: str
    plan: bool
    resume: bool
    state: Path | None
    jobs: int | None
    executor: str | None
    today: datetime | None


_ground_option: Final = click.option("--ground", nargs=2, metavar="FR EN", help="Reason for the change, in French and in English.")


@command.command(name="amend")
@click.argument("folder", type=PATH)
@click.option("--baseline", type=PATH, required=True, metavar="FILE", help="The new baseline of all agreements.")
@click.option("--effective-on", type=DAY, required=True, metavar="DATE", help="Day on which the new versions take effect.")
@click.option("--notified-on", type=DAY, metavar="DATE", help="Day on which the clients are told. Default: this day.")
@click.option("--to-version", "version", metavar="TEXT", help="Version of all. Default: the next whole one of each (1.2 becomes 2.0).")
@_ground_option
@click.option("--override", "reason", default="", metavar="REASON", help="As of amend, for all.")
@author_option
@reference_option
@templates_option
@out_option
@click.option("--plan", is_flag=True, help="Write nothing: tell what would be sent, by what it requires.")
@resume_option
@state_option
@jobs_option
@executor_option
@today_option
@framed(CampaignAmendOptions)
def amend(options: CampaignAmendOptions, voice: Voice) -> None:
    """Write the amendment package of every issued agreement in FOLDER.

    Issued Word files are found at any depth, by the data that they carry.
    OUT/summary.html groups the packages by what changes and by what it
    requires, so that each group is read once.
    """
    from snc_docs.cli.campaign_amend import amend_all

    amend_all(options, voice)
