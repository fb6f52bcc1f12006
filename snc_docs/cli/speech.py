"""The command line in the user's language: help and usage errors in French, from ``locale/fr/LC_MESSAGES/messages.po``.

click takes its words from gettext's catalogue "messages"; ours is that one, and holds click's words and those of our commands. ``make words`` compiles
it; the English words are those of the code.
"""

from __future__ import annotations

import copy
import gettext
import inspect
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Final

import click

from snc_docs.cli.show import default_language
from snc_docs.language import LANGUAGES, Language

_LOCALES: Final = Path(__file__).parent / "locale"
_DOMAIN: Final = "messages"
_OPTION: Final = "--ui-lang"
# click's mark of a paragraph that isn't wrapped is a control character, which a catalogue shows as this.
_UNWRAPPED, _SHOWN = "\b", "¶"


def language_of(args: Sequence[str]) -> Language:
    """Return the language that a command line asks for, wherever it does; else that of the user."""
    asked = [after for before, after in pairwise(args) if before == _OPTION]
    asked += [each.partition("=")[2] for each in args if each.startswith(f"{_OPTION}=")]
    return next((known for each in asked for known in LANGUAGES if each == known), None) or default_language()


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Have click speak a language."""
    before = os.environ.get("LANGUAGE")
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(_DOMAIN, str(_LOCALES))
    try:
        yield
    finally:
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def spoken_language() -> str:
    """Return the language that is spoken."""
    return os.environ["LANGUAGE"]


def _catalogue() -> gettext.NullTranslations:
    """Return the words of the language that is spoken; gettext's own empty catalogue for English, whose words are in the code."""
    return gettext.translation(_DOMAIN, str(_LOCALES), fallback=True)


def said(text: str) -> str:
    """Return words of ours in the language that is spoken; those that the catalogue lacks as they are."""
    return _catalogue().gettext(text.replace(_UNWRAPPED, _SHOWN)).replace(_SHOWN, _UNWRAPPED) if text else text


def translated(command: click.Command) -> click.Command:
    """Return a copy of a command whose help is in the language that is spoken: click keeps what it said once with the command."""
    shown = copy.copy(command)
    if not isinstance(_catalogue(), gettext.GNUTranslations):
        return shown  # the words of the code
    shown.help = said(inspect.cleandoc(command.help)) if command.help else command.help
    shown.epilog = said(command.epilog) if command.epilog else command.epilog
    shown.params = [_translated(each) for each in command.params]
    if isinstance(shown, click.Group):
        shown.commands = {name: translated(each) for name, each in shown.commands.items()}
    return shown


def _translated(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option) or not parameter.help:
        return parameter
    shown = copy.copy(parameter)
    shown.help = said(parameter.help)
    return shown
