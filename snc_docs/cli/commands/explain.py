"""``make-agreement explain``: what a rule is there for, and how to mend what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import click

from snc_docs.cli.options import framed
from snc_docs.cli.show import Voice, default_language

_EXAMPLES: Final = """\b
Examples:
  make-agreement explain
  make-agreement explain certificate.expired
  make-agreement explain data.siren-invalid --json
"""


@dataclass(frozen=True, slots=True)
class ExplainOptions:
    """What ``explain`` was asked for: a rule, or None for the list of them."""

    rule: str | None


def _complete_rule(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """Return the rules that a shell offers."""
    from snc_docs.checking.explaining import explained_rules

    return [rule for rule in explained_rules(default_language()) if rule.startswith(incomplete)]


@click.command(name="explain", epilog=_EXAMPLES)
@click.argument("rule", required=False, shell_complete=_complete_rule)
@framed(ExplainOptions, keeps_work=False)
def command(options: ExplainOptions, voice: Voice) -> None:
    """Tell what RULE is there for, and how to mend what it finds.

    RULE is what a finding has in brackets at its end. Without one, all rules
    are listed. It is what the pages of the documentation say.
    """
    from snc_docs.cli.explain import explain

    explain(options, voice)
