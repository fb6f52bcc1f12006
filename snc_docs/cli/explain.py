"""``make-agreement explain``: what the documentation says of a rule, on a terminal or to a program."""

from __future__ import annotations

import re
import shutil
from textwrap import fill
from typing import Final

import click

from snc_docs.checking.explaining import Explanation, explained_rules, explanations
from snc_docs.cli.commands.explain import ExplainOptions
from snc_docs.cli.show import Voice
from snc_docs.errors import Wording
from snc_docs.model.nearest import nearest

# Columns of a text that is read well.
_WIDEST: Final = 100


def explain(options: ExplainOptions, voice: Voice) -> None:
    """Print what is said of one rule, or the list of all; UsageError for what is no rule."""
    if options.rule is None:
        _list(explained_rules(voice.language), voice)
        return
    rule = options.rule.strip("[] ")
    said = explanations(rule, voice.language)
    if not said:
        raise click.UsageError(voice.say(_no_rule(rule, explained_rules(voice.language))))
    if voice.json:
        voice.told((), rule=rule, explanations=[{"page": each.page, "text": list(each.paragraphs)} for each in said])
        return
    click.secho(rule, bold=True)
    for each in said:
        _show(each)


def _list(rules: tuple[str, ...], voice: Voice) -> None:
    if voice.json:
        voice.told((), rules=list(rules))
        return
    for rule in rules:
        click.echo(rule)


def _show(explanation: Explanation) -> None:
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    for paragraph in explanation.paragraphs:
        # A name with a hyphen stays in one piece, to be copied.
        click.echo(fill(_plain(paragraph), width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False))
    click.echo()


def _plain(markdown: str) -> str:
    """Return a paragraph without the marks of links and code."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown).replace("\\|", "|").replace("`", "")


def _no_rule(rule: str, rules: tuple[str, ...]) -> Wording:
    near = nearest(rule, rules)
    if near is not None:
        return Wording(f"« {rule} » n’est pas une règle ; vouliez-vous dire « {near} » ?", f"'{rule}' isn't a rule; did you mean '{near}'?")
    return Wording(
        f"« {rule} » n’est pas une règle ; make-agreement explain les donne toutes.", f"'{rule}' isn't a rule; make-agreement explain lists them all."
    )
