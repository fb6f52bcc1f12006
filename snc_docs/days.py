"""Days of the calendar, where the user is."""

from __future__ import annotations

from datetime import date, datetime
from typing import overload


def this_day(given: date | None) -> date:
    """Return the day that was given, this day where none was."""
    return day_of(given) or date.today()  # noqa: DTZ011  # a calendar day, where the user is


@overload
def day_of(given: date) -> date: ...
@overload
def day_of(given: None) -> None: ...
def day_of(given: date | None) -> date | None:
    """Return a day, of a moment its day: a ``datetime`` is a ``date`` to Python, and compares with none."""
    return given.date() if isinstance(given, datetime) else given
