"""Errors that stop the work, each with its exit code and a message that ends in what to do."""

from __future__ import annotations

from typing import Any, NamedTuple


class Wording(NamedTuple):
    """One sentence for people, in each language of the documents and messages: its fields are their codes."""

    fr: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the text in ``language``; KeyError for one that this package doesn't speak."""
        return self[_PLACES[language]]


_PLACES = {language: place for place, language in enumerate(Wording._fields)}
NOTHING_TO_SAY = Wording("", "")


class SncDocsError(Exception):
    """Base of every error this library raises on purpose.

    ``wording`` says in both languages what went wrong and what to do; ``str()`` gives the English text.
    ``exit_code`` is what ``make-agreement`` ends with.
    """

    exit_code = 3

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording.en)
        self.wording = wording

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what the error holds: its constructor takes other arguments, and a pool of processes hands errors on by pickle."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[SncDocsError], arguments: tuple[Any, ...], state: dict[str, Any]) -> SncDocsError:
    """Return an error as it was pickled."""
    error = kind.__new__(kind)
    error.args = arguments
    error.__dict__.update(state)
    return error


class FileTroubleError(SncDocsError):
    """A file or folder that can't be read or written."""


class OfficeMissingError(SncDocsError):
    """LibreOffice is needed for PDF and isn't there."""


class OfficeFailedError(SncDocsError):
    """LibreOffice ran and gave no PDF, or took too long."""


class UnknownChoiceError(SncDocsError):
    """A language, format or part that this library doesn't have."""

    exit_code = 2
