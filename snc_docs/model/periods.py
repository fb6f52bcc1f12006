"""Times: a length in years to minutes, a time that isn't always a length, and the day that comes a period after another."""

import calendar
from datetime import date, timedelta
from typing import Final, Self

from pydantic import ConfigDict, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from snc_docs.model.base import Model, described, optional
from snc_docs.model.kinds import Count, LocalizedText, YesNo

_ANY_UNIT: Final[tuple[JsonDict, ...]] = tuple(
    {"type": "object", "required": [unit], "properties": {unit: {"type": "integer", "minimum": 1}}}
    for unit in ("years", "months", "weeks", "days", "hours", "minutes")
)
_PROMPTLY: Final[JsonDict] = {"type": "object", "required": ["without_undue_delay"], "properties": {"without_undue_delay": {"const": True}}}
_AGREED: Final[JsonDict] = {"type": "object", "required": ["agreed_in"], "properties": {"agreed_in": {"type": "object"}}}


class Period(Model):
    """A length of time in calendar years and months, weeks, days, hours and minutes, at least one of them."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [*_ANY_UNIT]})

    years: Count = described("années", "years", default=0, ge=0, le=100)
    months: Count = described("mois", "months", default=0, ge=0, le=1200)
    weeks: Count = described("semaines", "weeks", default=0, ge=0, le=5000)
    days: Count = described("jours", "days", default=0, ge=0, le=36500)
    hours: Count = described("heures", "hours", default=0, ge=0, le=8760)
    minutes: Count = described("minutes", "minutes", default=0, ge=0, le=1440)

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.must_be_counted() and not self.is_counted():
            raise PydanticCustomError("period_empty", "the period is empty")
        return self

    def must_be_counted(self) -> bool:
        """Return whether it has to be a length."""
        return True

    def is_counted(self) -> bool:
        """Return whether it is a length of time."""
        return any(count for count, _ in self.counted())

    def counted(self) -> tuple[tuple[int, str], ...]:
        """Return each number with its unit, the longest first: ``((0, "year"), (1, "month"), …)``."""
        return tuple((getattr(self, f"{unit}s"), unit) for unit in ("year", "month", "week", "day", "hour", "minute"))

    def calendar_months(self) -> int:
        """Return the months of the period, those of its years among them."""
        return self.years * 12 + self.months

    def least_days(self) -> int:
        """Return how many whole calendar days the period has at the least: a year counts 365 and a month 28."""
        return self._least() // 1440

    def most_days(self) -> int:
        """Return how many calendar days the period may touch: a year counts 366, a month 31, and hours that begin a day."""
        return -(-self._most() // 1440)

    def is_surely_shorter(self, other: Self) -> bool:
        """Return whether the period is shorter than another, however long the months of either are; False where one has no length."""
        return self.is_counted() and other.is_counted() and self._most() < other._least()

    def _least(self) -> int:
        return self._in_minutes(365, 28)

    def _most(self) -> int:
        return self._in_minutes(366, 31)

    def _in_minutes(self, days_of_year: int, days_of_month: int) -> int:
        years, months = divmod(self.calendar_months(), 12)
        days = years * days_of_year + months * days_of_month + self.weeks * 7 + self.days
        return days * 1440 + self.hours * 60 + self.minutes


class Delay(Period):
    """A time that isn't always a length: a period, "without undue delay", or what another document agrees.

    ``agreed_in`` names that document with its article: "le contrat de support", "the support contract".
    """

    model_config = ConfigDict(json_schema_extra={"anyOf": [*_ANY_UNIT, _PROMPTLY, _AGREED]})

    without_undue_delay: YesNo = described("sans retard injustifié", "without undue delay", default=False)
    agreed_in: LocalizedText | None = optional("document qui fixe le délai", "document that sets the time")

    @model_validator(mode="after")
    def _is_said_once(self) -> Self:
        said = (self.is_counted(), self.without_undue_delay, self.agreed_in is not None)
        if said.count(True) != 1:
            raise PydanticCustomError("delay_form", "one form of the time is expected")
        return self

    def must_be_counted(self) -> bool:
        """Return False: a delay may be said in other ways."""
        return False


def after(day: date, period: Period) -> date:
    """Return the day that comes a period after another; hours and minutes that begin count as a day.

    A month ends on the day of the same number, or on the last day of a shorter month. What lies beyond the calendar, whose last day
    many systems write for "no end", comes on its last day.
    """
    months = day.month - 1 + period.calendar_months()
    year, month = day.year + months // 12, months % 12 + 1
    if year > date.max.year:
        return date.max
    start = date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    days = period.weeks * 7 + period.days + -(-(period.hours * 60 + period.minutes) // 1440)
    return start + timedelta(days=min(days, (date.max - start).days))
