from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from snc_docs.model import kinds
from snc_docs.model.kinds import Period


def _kind(kind: Any, value: object) -> object:
    return TypeAdapter(kind).validate_python(value)


def _error(kind: object, value: object) -> str:
    with pytest.raises(ValidationError) as error:
        _kind(kind, value)
    return error.value.errors()[0]["type"]


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (kinds.SirenNumber, "527 594 493", "527594493"),
        (kinds.EmailAddress, "a.b@EXAMPLE.com", "a.b@example.com"),
        (kinds.TelephoneNumber, "+33199000001", "+33 1 99 00 00 01"),
        (kinds.WebAddress, "https://example.com/é?q=1#x", "https://example.com/é?q=1#x"),
        (kinds.PlaceCode, "FR", "FR"),
        (kinds.PlaceCode, "EU", "EU"),
        (kinds.Language, "fr", "fr"),
        (kinds.Date, "2026-07-01", date(2026, 7, 1)),
        (kinds.Text, "line\r\nline\rline", "line\nline\nline"),
    ],
)
def test_good_values_are_kept_in_their_form(kind: object, given: object, kept: object) -> None:
    assert _kind(kind, given) == kept


@pytest.mark.parametrize(
    ("kind", "given", "error"),
    [
        (kinds.Text, 6000, "text_unquoted"),
        (kinds.Text, True, "text_unquoted"),
        (kinds.Text, date(2026, 1, 1), "text_unquoted"),
        (kinds.Text, " \n ", "text_empty"),
        (kinds.Text, "a\x00b", "text_not_xml"),
        (kinds.Text, "a\ud800b", "text_not_xml"),
        (kinds.Text, "a\ufffeb", "text_not_xml"),
        (kinds.Text, "x" * 100_001, "string_too_long"),
        (kinds.SirenNumber, "527594494", "siren_invalid"),
        (kinds.SirenNumber, "12", "siren_invalid"),
        (kinds.EmailAddress, "nobody", "email_invalid"),
        (kinds.TelephoneNumber, "0199000001", "telephone_invalid"),
        (kinds.TelephoneNumber, "+33 1", "telephone_invalid"),
        (kinds.WebAddress, "javascript:alert(1)", "url_invalid"),
        (kinds.WebAddress, "https://exa mple.com", "url_invalid"),
        (kinds.WebAddress, "https://example.com/<x>", "url_invalid"),
        (kinds.PlaceCode, "XX", "place_unknown"),
        (kinds.PlaceCode, "France", "place_unknown"),
        (kinds.Language, "french", "language_unknown"),
        (kinds.Date, 20260701, "date_not_iso"),
        (kinds.Date, "01/07/2026", "date_not_iso"),
        (kinds.Date, "2026-02-30", "date_from_datetime_parsing"),
        (Period, {}, "period_empty"),
    ],
)
def test_bad_values_are_refused_by_name(kind: object, given: object, error: str) -> None:
    assert _error(kind, given) == error
