"""What no amendment may lower by itself: each change that does is said to be forbidden, and its way back is free."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from snc_docs import Agreement, Version, compare, load_agreement, version_of
from snc_docs.diff.weights import rules
from snc_docs.document.nodes import Paragraph
from snc_docs.document.walk import walk
from snc_docs.model.base import Model, is_part, kind_of
from snc_docs.model.commitments import (
    AcceptanceForm,
    ChangeAcceptance,
    Commitments,
    ErasureMethod,
    ObjectionEffect,
    Ownership,
    RefusalEffect,
    RemoteCircumstances,
    Silence,
)
from snc_docs.model.kinds import LanguageCode
from snc_docs.model.kinds import Territory as PlaceCode
from snc_docs.model.parts import ContractSubject, DataAccess, Notices, ThirdParty
from snc_docs.model.periods import Delay, Period
from snc_docs.model.practices import ContractRank, CountedFrom
from tests.tools import EXAMPLES, TODAY, document_of, section, updated, words


def test_changes_that_lower_a_protected_level_are_forbidden(outscale: Agreement) -> None:
    def reasons(old: Agreement, new: Agreement) -> list[str]:
        return [reason.en for _, reason in compare(Version(old, {}), Version(new, {})).forbidden()]

    locations = outscale.locations
    away = updated(outscale, locations=locations.model_copy(update={"operations": (*locations.operations, PlaceCode("CH"))}))
    assert reasons(outscale, away) == ["a place outside the European Union is added"]
    assert reasons(away, outscale) == []
    within = updated(outscale, locations=locations.model_copy(update={"operations": (PlaceCode("FR"), PlaceCode("DE"))}))
    assert reasons(outscale, within) == []
    caps = [
        updated(outscale, commitments=Commitments(ownership=Ownership(seat=PlaceCode("FR"), individual_cap=cap, collective_cap=39)))  # type: ignore[arg-type]  # pydantic makes decimals
        for cap in (10, 20)
    ]
    assert reasons(caps[0], caps[1]) == ["the level of protection of data is lowered"]
    assert reasons(caps[1], caps[0]) == []
    assert reasons(caps[0], outscale) == ["a commitment is withdrawn"]
    (first, *rest) = outscale.third_parties.others
    access = [
        updated(outscale, third_parties=outscale.third_parties.model_copy(update={"others": (first.model_copy(update={"data_access": each}), *rest)}))
        for each in (None, DataAccess.NONE, DataAccess.ENCRYPTED, DataAccess.POSSIBLE)
    ]
    assert [reasons(access[index], access[index + 1]) for index in range(3)] == [[], *[["the level of protection of data is lowered"]] * 2]


def test_an_audit_right_that_is_no_longer_stated_is_forbidden(versions: dict[str, Version], tmp_path: Path, outscale: Agreement) -> None:
    own = tmp_path / "en"
    own.mkdir(parents=True)
    text = (EXAMPLES.parent / "templates" / "en" / "audit.md.j2").read_text(encoding="utf-8")
    assert "(says:audit-by-anssi)" in text
    (own / "audit.md.j2").write_text(text.replace("(says:audit-by-anssi)", "(says:audit-by-body)"), encoding="utf-8")
    changes = compare(versions["outscale/client"], version_of(outscale, ["en"], tmp_path))
    assert ("audit by ANSSI", "a right or a commitment is no longer stated") in [(where.en, why.en) for where, why in changes.forbidden()]


def test_the_protected_facts_are_ones_that_the_templates_state(versions: dict[str, Version]) -> None:
    stated = {
        fact
        for version in versions.values()
        for document in version.documents.values()
        for node in walk(document)
        for fact in getattr(node, "facts", ())
    }
    assert [fact for fact in rules()["protected"]["statements"]["facts"] if fact not in stated] == []


def _without_limits(availability: Any) -> Any:
    return availability.model_copy(update={"cap": None, "claim": None, "highest_only": False, "exclusive": False})


@pytest.mark.parametrize("limit", [{"cap": Decimal(5)}, {"claim": Period(days=30)}, {"highest_only": True}, {"exclusive": True}])
def test_a_limit_of_the_clients_rights_may_go_and_not_come(versions: dict[str, Version], limit: dict[str, object]) -> None:
    old = versions["complete/client"].agreement
    free = _without_limits(old.commitments.availability)
    without, limited = (
        Version(updated(old, commitments=old.commitments.model_copy(update={"availability": each})), {})
        for each in (free, free.model_copy(update=limit))
    )
    assert len(compare(without, limited).forbidden()) == 1
    assert compare(limited, without).forbidden() == ()


def _paths_in(model: type[Model], above: str = "") -> Iterator[str]:
    """Yield the path of each field of a model and of what is in it, without keys of items."""
    for name, field in model.model_fields.items():
        yield f"{above}{name}"
        kind, _ = kind_of(field.annotation)
        if is_part(kind):
            yield from _paths_in(kind, f"{above}{name}.")


def test_each_protected_path_is_one_of_the_data() -> None:
    known = set(_paths_in(Agreement))
    guards = {name: guard["path"] for name, guard in rules()["protected"].items() if "path" in guard}
    assert {(name, path) for name, paths in guards.items() for path in paths if path.removesuffix(".*") not in known} == set()


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"silence": Silence.REFUSAL}, {"silence": Silence.ACCEPTANCE}),
        ({"silence": None}, {"silence": Silence.ACCEPTANCE}),
        ({"refusal": RefusalEffect.VERSION_IN_FORCE}, {"refusal": RefusalEffect.TERMINATION}),
        ({"refusal": None}, {"refusal": RefusalEffect.TERMINATION}),
        ({"answer": Period(days=30)}, {"answer": Period(days=15)}),
    ],
)
def test_what_a_refusal_or_silence_means_may_not_get_worse(versions: dict[str, Version], better: dict[str, Any], worse: dict[str, Any]) -> None:
    old = versions["complete/client"].agreement
    one, other = (
        Version(updated(old, commitments=old.commitments.model_copy(update={"change_acceptance": ChangeAcceptance(form=_FORM, **each)})), {})
        for each in (better, worse)
    )
    assert len(compare(one, other).forbidden()) == 1
    assert compare(other, one).forbidden() == ()


_FORM = AcceptanceForm.SIGNED_AMENDMENT


@pytest.mark.parametrize(("old", "forbidden"), [(ObjectionEffect.NOT_USED, 1), (None, 0)])
def test_the_effect_of_an_objection_may_not_get_worse(versions: dict[str, Version], old: ObjectionEffect | None, forbidden: int) -> None:
    agreement = versions["complete/client"].agreement
    one, other = (
        Version(updated(agreement, commitments=agreement.commitments.model_copy(update={"objection_effect": each})), {})
        for each in (old, ObjectionEffect.TERMINATION)
    )
    assert len(compare(one, other).forbidden()) == forbidden


# Figures that may change either way, or protect nobody.
_EITHER_WAY = {
    "commitments.retention.time": "data kept longer is there longer, and exposed longer",
    "commitments.term.period": "a longer term binds both",
    "commitments.term.renewal": "a longer term binds both",
    "commitments.signing.originals": "a number of sheets",
}


def _figures_in(model: type[Model], above: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        kind, _ = kind_of(field.annotation)
        if isinstance(kind, type) and issubclass(kind, (Period, Decimal, int)) and not issubclass(kind, bool):
            yield f"{above}{name}"
        elif is_part(kind):
            yield from _figures_in(kind, f"{above}{name}.")


def test_each_figure_of_the_commitments_is_protected_or_may_change_either_way() -> None:
    guards = rules()["protected"]
    protected = {path for name in ("lessened", "lengthened", "raised", "limited") for path in guards[name]["path"]}
    figures = {*_figures_in(Commitments, "commitments."), *_figures_in(Notices, "notices.")}
    assert figures - protected == set(_EITHER_WAY)


_LOWERED: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "backup no longer automatic": ("backup", lambda backup: backup.model_copy(update={"automatic": False})),
    "logs no longer on request": ("on_request", lambda each: each.model_copy(update={"logs": False})),
    "restoration gone": ("restoration", lambda _: ()),
    "notice of operations gone": ("operations_notice", lambda _: None),
    "a penalty gone": ("availability", lambda each: each.model_copy(update={"penalties": each.penalties[1:]})),
    "a longer delay": (
        "incidents",
        lambda each: each.model_copy(update={"levels": (each.levels[0].model_copy(update={"delay": Delay(months=1)}), *each.levels[1:])}),
    ),
    "a shorter notice": ("erasure", lambda each: each.model_copy(update={"notice": Period(days=1)})),
    "an interface gone": ("reversibility", lambda each: each.model_copy(update={"interfaces": each.interfaces[1:]})),
    "data handling gone": ("data_handling", lambda _: ()),
}


@pytest.mark.parametrize("name", _LOWERED)
def test_each_way_of_lowering_a_commitment_is_forbidden(versions: dict[str, Version], name: str) -> None:
    old = versions["complete/client"].agreement
    field, lower = _LOWERED[name]
    commitments = old.commitments.model_copy(update={field: lower(getattr(old.commitments, field))})
    changes = compare(Version(old, {}), Version(updated(old, commitments=commitments), {}))
    assert len(changes.forbidden()) == 1, changes.data
    assert compare(Version(updated(old, commitments=commitments), {}), Version(old, {})).forbidden() == ()


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        (Period(minutes=59), Period(hours=1)),
        (Period(hours=1), Period(minutes=61)),
        (Period(hours=23), Period(days=1)),
        (Period(days=1), Period(hours=25)),
        (Period(days=6), Period(weeks=1)),
        (Period(weeks=1), Period(days=8)),
        (Period(weeks=4), Period(months=1)),
        (Period(days=30), Period(months=1)),
        (Period(months=1), Period(days=31)),
        (Period(days=1, hours=1), Period(days=1, hours=2)),
    ],
    ids=str,
)
def test_periods_of_any_unit_are_told_apart(versions: dict[str, Version], shorter: Period, longer: Period) -> None:
    """A delay that grows by the least of its units is forbidden; one that shrinks isn't; one said in other units is the same."""
    old = versions["complete/client"].agreement
    (first, *others) = old.commitments.incidents.levels if old.commitments.incidents is not None else ()

    def with_delay(delay: Period) -> Version:
        incidents = old.commitments.incidents.model_copy(update={"levels": (first.model_copy(update={"delay": delay}), *others)})  # type: ignore[union-attr]  # the example has them
        return Version(updated(old, commitments=old.commitments.model_copy(update={"incidents": incidents})), {})

    assert len(compare(with_delay(shorter), with_delay(longer)).forbidden()) == 1
    assert compare(with_delay(longer), with_delay(shorter)).forbidden() == ()


def test_a_new_third_party_that_can_reach_data_is_forbidden(outscale: Agreement) -> None:
    parties = outscale.third_parties
    added = ThirdParty(name="New", category="domain-name", data_access=DataAccess.POSSIBLE)
    new = updated(outscale, third_parties=parties.model_copy(update={"others": (*parties.others, added)}))
    assert len(compare(Version(outscale, {}), Version(new, {})).forbidden()) == 1


def test_a_part_of_a_protective_clause_that_was_removed_is_forbidden(outscale: Agreement) -> None:
    part = section("part", Paragraph(words("the Client may audit")), role="subsection")
    old, new = document_of(section("audit", part)), document_of(section("audit"))
    assert [why.en for _, why in compare(Version(outscale, {"en": old}), Version(outscale, {"en": new})).forbidden()] == [
        "a protective text is removed"
    ]


@pytest.mark.parametrize(
    ("path", "new", "reason"),
    [
        ("commitments.incidents.counted_from", CountedFrom.REPORT, "a choice that protects"),
        ("commitments.restoration_from", CountedFrom.REPORT, "a choice that protects"),
        ("commitments.rank", ContractRank.AFTER_CONTRACT, "a choice that protects"),
        ("commitments.term.notice", Period(months=11), "a period is lengthened"),
        ("languages.support", (LanguageCode("fr"),), "a language is withdrawn"),
        ("commitments.erasure.methods", (ErasureMethod.OVERWRITING,), "a commitment is withdrawn"),
        ("main_contract.settles", (ContractSubject.SERVICE_LEVELS, ContractSubject.REVERSIBILITY), "an exclusion or a reservation is added"),
    ],
)
def test_what_lowers_a_protection_is_said_whatever_its_kind(path: str, new: object, reason: str) -> None:
    old = load_agreement(EXAMPLES / "complete" / "client.yaml", today=TODAY)
    changes = compare(Version(old, {}), Version(_with_value(old, path.split("."), new), {}))
    assert changes.data, path
    assert [reason in each.en for _, each in changes.forbidden()] == [True]


def test_remote_access_for_more_is_wider_and_for_less_is_not() -> None:
    one, two = (tuple(RemoteCircumstances)[:count] for count in (1, 2))
    old = load_agreement(EXAMPLES / "complete" / "client.yaml", today=TODAY)
    path = ["commitments", "remote_access", "circumstances"]
    few, many = (Version(_with_value(old, path, each), {}) for each in (one, two))
    assert [each.en for _, each in compare(few, many).forbidden()] == ["remote access is widened"]
    assert compare(many, few).forbidden() == ()


def _with_value(model: Any, steps: list[str], value: object) -> Any:
    name, *rest = steps
    return model.model_copy(update={name: _with_value(getattr(model, name), rest, value) if rest else value})
