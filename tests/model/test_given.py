"""What a program holds gives the same agreement as files do, by the same rules; what is wrong with it is said at its path."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from snc_docs import Agreement, Baseline, ClientFile, Diagnostic, FindingsError, Severity, assemble, load_agreement, load_baseline, write
from snc_docs.model.party import OF_A_RECORD, TRAIT_OF, Party
from snc_docs.model.pointers import pointer_of
from snc_docs.model.source import MAX_DEPTH, parse_source
from snc_docs.model.stored import restored, stored, told
from tests.tools import EXAMPLES, LANGUAGES, TODAY, client_data, starter_data

_OUTSCALE = EXAMPLES / "outscale"
_PAIRS = sorted(path for path in EXAMPLES.glob("*/client*.yaml") if "templates:" not in path.with_name("baseline.yaml").read_text(encoding="utf-8"))


def _data(path: Path) -> dict[str, Any]:
    """Return a file's values as a program may hold them: days as dates, and without what names another file."""
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    if isinstance(data.get("baseline"), str):
        del data["baseline"]
    return data


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".pdf", ".png", ".csv", ".xlsx", ".docx")}


def _client(**more: Any) -> dict[str, Any]:
    data = _data(_OUTSCALE / "client.yaml")
    return {**data, **more}


def _load(client: Any, **more: Any) -> Agreement:
    return load_agreement(client, baseline=_data(_OUTSCALE / "baseline.yaml"), files=_files(_OUTSCALE), today=TODAY, **more)


@pytest.mark.parametrize("path", _PAIRS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_example_is_the_same_from_a_program_as_from_its_files(path: Path) -> None:
    wanted = load_agreement(path, today=TODAY)
    baseline, client = _data(path.with_name("baseline.yaml")), _data(path)
    read_once = load_baseline(baseline, files=_files(path.parent))
    assert load_agreement(client, baseline=baseline, files=_files(path.parent), today=TODAY) == wanted
    assert load_agreement(baseline, client, files=_files(path.parent), today=TODAY) == wanted
    assert load_agreement(json.dumps(client, default=str), baseline=read_once, today=TODAY) == wanted
    assert load_agreement(client, baseline=path.with_name("baseline.yaml"), today=TODAY) == wanted
    assert load_agreement(path, baseline=load_baseline(path.with_name("baseline.yaml")), today=TODAY) == wanted


@pytest.mark.parametrize("path", _PAIRS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_example_is_the_same_through_its_models_and_their_dumps(path: Path) -> None:
    (baseline, own), (client, more) = (
        _apart(_data(each), *others) for each, others in ((path.with_name("baseline.yaml"), ("negotiable", "facts")), (path, ("deviations", "facts")))
    )
    wanted = load_agreement({**client, **more}, baseline={**baseline, **own}, files=_files(path.parent), today=TODAY)
    models = Baseline.model_validate(baseline), ClientFile.model_validate(client)
    for mode in ("python", "json"):
        of_baseline, of_client = (each.model_dump(mode=mode) for each in models)
        assert load_agreement({**of_client, **more}, baseline={**of_baseline, **own}, files=_files(path.parent), today=TODAY) == wanted


def _apart(data: dict[str, Any], *names: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return data without some fields, and those."""
    return {name: value for name, value in data.items() if name not in names}, {name: data[name] for name in names if name in data}


def test_it_gives_the_same_documents_to_the_byte(outscale: Agreement) -> None:
    agreement = _load(_client())
    for language in LANGUAGES:
        assert write(assemble(agreement, language), "docx") == write(assemble(outscale, language), "docx")


def test_models_are_data_too(outscale: Agreement) -> None:
    client = ClientFile.model_validate(json.loads(json.dumps(_client(), default=str)))
    baseline = Baseline.model_validate(json.loads(json.dumps(_data(_OUTSCALE / "baseline.yaml"), default=str)))
    assert load_agreement(client, baseline=baseline, files=_files(_OUTSCALE), today=TODAY) == outscale


def test_the_clients_of_a_baseline_share_its_parts() -> None:
    baseline = load_baseline(_data(_OUTSCALE / "baseline.yaml"), files=_files(_OUTSCALE))
    one, other = (load_agreement(_client(incident_level=None), baseline=baseline, today=TODAY) for _ in range(2))
    assert one.commitments is other.commitments


def test_what_is_wrong_is_said_at_its_path_and_in_no_file() -> None:
    client = _client()
    client["client"] = {**client["client"], "siren": "123456789"}
    client["client_contacts"] = [{**client["client_contacts"][0], "email": "nowhere"}, *client["client_contacts"][1:]]
    with pytest.raises(FindingsError) as caught:
        _load({**client, "colour": "blue"})
    pointers = {each.path: each.pointer for each in caught.value.diagnostics}
    assert (pointers["client_contacts[representative].email"], pointers["colour"]) == ("/client_contacts/0/email", "/colour")
    found = {(each.path, each.file, each.line) for each in caught.value.diagnostics}
    assert {("client_contacts[representative].email", None, None), ("colour", None, None)} <= found
    assert {(file, line) for _, file, line in found} == {(None, None)}


def test_every_rule_is_run_on_it() -> None:
    client = _client()
    client["document"] = {**client["document"], "effective_date": "2031-09-01"}
    with pytest.raises(FindingsError) as caught:
        _load(client)
    assert "certificate.expired" in {each.rule for each in caught.value.diagnostics}


def test_a_rule_that_names_an_item_by_its_key_points_to_its_place() -> None:
    client = _client()
    contacts = [
        {**each, "telephone": None, "email": None, "name": None, "job_title": {"fr": "chef", "en": "head"}}
        if each["role"] == "security-incidents"
        else each
        for each in client["client_contacts"]
    ]
    with pytest.raises(FindingsError) as caught:
        _load({**client, "client_contacts": contacts})
    place = next(index for index, each in enumerate(contacts) if each["role"] == "security-incidents")
    (finding,) = [each for each in caught.value.diagnostics if each.rule == "contact.unreachable"]
    assert finding.pointer == f"/client_contacts/{place}"
    assert json.loads(json.dumps(finding.as_dict()))["message"].keys() == {"fr", "en"}


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        (("a", "b"), "/a/b"),
        (("list", "x"), "/list/0"),
        (("list", "x#2", "name"), "/list/2/name"),
        (("list", "1"), "/list/1"),
        (("list", "9"), "/list/9"),
        (("list", "nobody", "email"), "/list/nobody/email"),
        (("plain", "two"), "/plain/1"),
        (("with/slash", "~"), "/with~1slash/~0"),
        ((), ""),
    ],
)
def test_a_pointer_leads_to_what_a_path_names(path: tuple[str, ...], pointer: str) -> None:
    data = {"a": {"b": 1}, "list": [{"id": "x"}, {"role": "y"}, {"name": "x"}], "plain": ["one", "two"]}
    assert pointer_of(data, path) == pointer


def test_files_are_those_that_are_given_and_never_those_of_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(_OUTSCALE)
    with pytest.raises(FindingsError) as caught:
        load_agreement(_client(), baseline=_data(Path("baseline.yaml")), today=TODAY)
    (finding,) = [each for each in caught.value.diagnostics if each.rule == "certificate.file"]
    assert "isn't among the files given" in finding.message.en
    assert (finding.path, finding.file) == ("certificate.file", None)


class _Strange(Mapping[str, Any]):
    """A mapping that holds itself."""

    def __getitem__(self, name: str) -> Any:
        return self

    def __iter__(self) -> Any:
        return iter(("client", "contract"))

    def __len__(self) -> int:
        return 2


_ROUND: list[Any] = []
_ROUND += [_ROUND, _ROUND]


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (b"Acme", "client.legal_name"),
        (datetime(2026, 11, 27), "client.legal_name"),  # noqa: DTZ001  # an hour is no datum
        (float("nan"), "client.legal_name"),
        (Decimal("Infinity"), "client.legal_name"),
        (2**300, "client.legal_name"),
        ({1: "x"}, "client.legal_name"),
        ({"a"}, "client.legal_name"),
        ([["x", object()]], "client.legal_name[0][1]"),
    ],
    ids=["bytes", "hour", "nan", "infinity", "long", "number as name", "set", "object"],
)
def test_what_no_file_could_hold_is_refused_at_its_path(value: Any, path: str) -> None:
    client = _client()
    with pytest.raises(FindingsError) as caught:
        _load({**client, "client": {**client["client"], "legal_name": value}})
    (finding,) = caught.value.diagnostics
    assert (finding.rule, finding.path, finding.file) == ("data.not-plain", path, None)


def test_all_that_no_file_could_hold_is_said_at_once() -> None:
    with pytest.raises(FindingsError) as caught:
        _load({"client": {"legal_name": b"x", 3: "y", "siren": float("inf")}, "client_contacts": [{"name": object()}, {"name": "\ud83d"}]})
    assert {(each.rule, each.pointer) for each in caught.value.diagnostics} == {
        ("data.not-plain", pointer) for pointer in ("/client/legal_name", "/client", "/client/siren", "/client_contacts/0/name")
    }


def test_half_a_character_is_said_at_its_place() -> None:
    data: dict[str, Any] = {"client": {"legal_name": "a\ud83d"}, "client_contacts": [{"name": "\ude00b"}]}
    for given_as in (data, json.dumps(data)):
        with pytest.raises(FindingsError) as caught:
            _load(given_as)
        found = [(each.rule, each.path, each.pointer, each.file, each.line) for each in caught.value.diagnostics]
        assert found == [
            ("file.malformed", "client.legal_name", "/client/legal_name", None, None),
            ("file.malformed", "client_contacts[0].name", "/client_contacts/0/name", None, None),
        ]


_TEXTS = (
    "client.legal_name",
    "client.short_name",
    "client.legal_form.fr",
    "client.register_city",
    "client.siren",
    "client.siret",
    "client.euid",
    "client.vat_number",
    "client.registration.number",
    "client.country",
    "client.signatory.name",
    "client.signatory.title.en",
    "document.reference",
    "document.version",
    "document.ground.fr",
    "incident_level",
)
_SCALARS = st.one_of(
    st.sampled_from(["NaN", "Infinity", "-Infinity", "1e99999", "-1E+12345", "0.5e-77777"]),
    st.integers().map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(["true", "false"]),
)


@given(st.sampled_from(_TEXTS), _SCALARS)
def test_no_scalar_becomes_a_text_unsaid(path: str, scalar: str) -> None:
    """In JSON, in YAML, and as what Python makes of it."""
    nested = scalar
    for step in reversed(path.split(".")):
        nested = f'{{"{step}": {nested}}}'
    yaml_text = nested.replace("-Infinity", "-.inf").replace("Infinity", ".INF").replace("NaN", ".NaN")
    for data in (nested, json.loads(nested), parse_source(yaml_text, "x.yaml", Path()).data):
        found = _refused(data)
        assert (path, True) in [(each.path, each.rule in ("data.text-unquoted", "data.not-plain")) for each in found], data
        assert all(each.pointer == "/" + path.replace(".", "/") for each in found if each.path == path)


@given(st.sampled_from(_TEXTS), st.dates())
def test_no_day_becomes_a_text_unsaid(path: str, day: date) -> None:
    data: Any = day
    for step in reversed(path.split(".")):
        data = {step: data}
    assert (path, "data.text-unquoted", f"text is expected, and {day} reads as a date") in [
        (each.path, each.rule, each.message.en) for each in _refused(data)
    ]


def _refused(data: Any) -> list[Diagnostic]:
    with pytest.raises(FindingsError) as caught:
        load_agreement(data, baseline=starter_data(), today=TODAY)
    return list(caught.value.diagnostics)


@pytest.mark.parametrize("endless", [_Strange(), {"client": _ROUND}], ids=["mapping", "list"])
def test_what_holds_itself_comes_to_an_end(endless: Any) -> None:
    with pytest.raises(FindingsError) as caught:
        _load(endless)
    assert [each.rule for each in caught.value.diagnostics] == ["data.not-plain"]


def test_data_is_as_deep_as_a_file_may_be() -> None:
    deep: Any = "x"
    for _ in range(MAX_DEPTH + 1):
        deep = [deep]
    with pytest.raises(FindingsError):
        _load(_client(client=deep))


@pytest.mark.parametrize("text", ["{", '{"client": {"legal_name": "a", "legal_name": "b"}}', '{"client": 1e999999}', "{}x"])
def test_malformed_json_is_a_finding_without_a_file(text: str) -> None:
    with pytest.raises(FindingsError) as caught:
        _load(text)
    assert {(each.file, each.line) for each in caught.value.diagnostics} == {(None, None)}


@pytest.mark.parametrize("named", ["clauses", str(EXAMPLES), [str(EXAMPLES)], 3, {"a": "b"}])
@pytest.mark.parametrize("whose", ["baseline", "client"])
def test_data_in_memory_names_no_layers(named: Any, whose: str) -> None:
    more = {"templates": named}
    baseline, client = _data(_OUTSCALE / "baseline.yaml"), _client()
    for form in (dict, partial(json.dumps, default=str)):
        given_baseline, given_client = (
            form({**data, **(more if name == whose else {})}) for name, data in (("baseline", baseline), ("client", client))
        )
        with pytest.raises(FindingsError) as caught:
            load_agreement(given_client, baseline=given_baseline, files=_files(_OUTSCALE), today=TODAY)
        (found,) = [each for each in caught.value.diagnostics if each.severity is Severity.ERROR]
        assert (found.rule, found.path, found.pointer, found.file, "templates=" in found.hint.en) == (
            "data.templates",
            "templates",
            "/templates",
            None,
            True,
        )


def test_a_client_in_memory_names_its_baseline_by_an_absolute_path_alone(outscale: Agreement) -> None:
    assert load_agreement({**_client(), "baseline": str((_OUTSCALE / "baseline.yaml").absolute())}, today=TODAY) == outscale
    with pytest.raises(Exception, match="absolute path"):
        load_agreement({**_client(), "baseline": "baseline.yaml"}, today=TODAY)


def test_one_client_at_a_time() -> None:
    with pytest.raises(TypeError):
        load_agreement(_client(), _client(), baseline=_OUTSCALE / "baseline.yaml")


def test_a_baseline_that_is_wrong_is_refused_before_any_client() -> None:
    with pytest.raises(FindingsError) as caught:
        load_baseline({**_data(_OUTSCALE / "baseline.yaml"), "colour": "blue"})
    assert [(each.path, each.file) for each in caught.value.diagnostics] == [("colour", None)]


@given(st.dictionaries(st.text(max_size=5), st.recursive(st.none() | st.booleans() | st.text(max_size=5) | st.dates(), st.lists, max_leaves=5)))
def test_any_mapping_gives_an_agreement_or_findings(client: dict[str, Any]) -> None:
    try:
        _load(client)
    except FindingsError as error:
        assert {(each.file, each.line) for each in error.diagnostics} == {(None, None)}  # noqa: PT017  # either is right


def test_days_and_numbers_of_a_program_are_those_of_a_file(outscale: Agreement) -> None:
    client = _client()
    client["document"] = {**client["document"], "effective_date": date(2026, 9, 1)}
    assert _load(client).document.effective_date == outscale.document.effective_date


def test_what_a_model_does_not_know_stays_unknown() -> None:
    """A client of a typed model, or of an issued file, is asked for what isn't known: None is no "not applicable" there."""
    blank = load_agreement(
        {
            **{name: value for name, value in client_data().items() if name != "baseline"},
            "client": {"legal_name": "Vergers", "legal_form": {"fr": "SAS", "en": "a SAS"}},
        },
        baseline=starter_data(),
        today=TODAY,
    )
    again = load_agreement(ClientFile(**{name: getattr(blank, name) for name in ClientFile.model_fields}), baseline=starter_data(), today=TODAY)
    assert again.client == blank.client
    assert again.client.without == ()
    json.loads(again.model_dump_json())


# -------------------------------------------------------------------------------------------- the same through the models


def _open(kinds: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Return mappings with any of the fields."""
    return st.fixed_dictionaries({}, optional=kinds)


def _unknown_or(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([None, *values])


def _trait(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([None, "not-applicable", *values])


_BOTH = {"fr": "directeur", "en": "director"}
_PARTIES = _open(
    {
        "kind": _unknown_or("company", "public-body", "person"),
        "without": st.lists(st.sampled_from(["share-capital", "signatory"]), max_size=2, unique=True),
        "gender": _unknown_or("feminine"),
        "legal_name": _unknown_or("Vergers & Fils"),
        "legal_form": _trait({"fr": "société anonyme", "en": "public limited company"}),
        "share_capital": _trait({"amount": 150000}, {"amount": "1000.5", "currency": "USD"}, {"amount": Decimal("8.125")}),
        "register_city": _trait("Lille"),
        "siren": _trait("732829320"),
        "registration": _trait({}, {"number": None}, {"registry": _BOTH, "number": "HRB 12"}),
        "signatory": _trait({}, {"name": None}, {"name": "A. B.", "title": _BOTH}, {"authority": None, "title": None}),
        "registered_office": _unknown_or("1 rue Haute, 59000 Lille"),
        "country": _unknown_or("FR", "DE"),
    }
)
_CONTACTS = st.lists(
    st.builds(
        lambda role, more: {"role": role, **more},
        st.sampled_from(["representative", "security-incidents"]),
        _open(
            {
                "name": _unknown_or("A. B."),
                "email": _unknown_or("a@Example.fr"),
                "telephone": _unknown_or("+33 3 20 00 00 00"),
            }
        ),
    ),
    max_size=2,
)
_CLIENTS = _open(
    {
        "document": _open(
            {
                "reference": _unknown_or("R-1"),
                "version": _unknown_or("1.0"),
                "effective_date": _unknown_or("2026-12-01", date(2026, 12, 1)),
                "ground": _unknown_or(_BOTH),
            }
        ),
        "client": _PARTIES,
        "contract": st.sampled_from([{"kind": "general-terms"}, {"kind": "specific"}]),
        "incident_level": _unknown_or("high"),
        "client_contacts": _CONTACTS,
    }
)


@given(_CLIENTS)
def test_a_client_is_the_same_through_its_model_and_its_dumps(client: dict[str, Any]) -> None:
    wanted = _outcome(client)
    try:
        model = ClientFile.model_validate(client)
    except ValidationError:
        assert isinstance(wanted, set)
        return
    dumps = [model, model.model_dump(), model.model_dump(mode="json"), model.model_dump_json(), ClientFile.model_validate(model.model_dump())]
    assert [_outcome(each) for each in dumps] == [wanted] * len(dumps)
    if not isinstance(wanted, set):
        issued = restored(stored(wanted))
        again = ClientFile(**{name: getattr(issued, name) for name in ClientFile.model_fields})
        assert [_outcome(each) for each in (again, again.model_dump(mode="json"), again.model_dump_json())] == [wanted] * 3
        assert Agreement.model_validate_json(wanted.model_dump_json()) == told(wanted) or wanted.attachments


def _outcome(client: Any) -> Agreement | set[tuple[str, str | None]]:
    """Return the agreement of a client, or what is wrong with it."""
    try:
        return load_agreement(client, baseline=_STARTER, today=TODAY)
    except FindingsError as error:
        return {(each.rule, each.path) for each in error.diagnostics if each.severity is Severity.ERROR}


_STARTER = load_baseline(starter_data())


@pytest.mark.parametrize("field", sorted(TRAIT_OF))
@pytest.mark.parametrize("absent", [None, "not-applicable"])
def test_a_model_takes_an_explicit_none_for_not_applicable_and_a_record_for_unknown(field: str, absent: str | None) -> None:
    party = Party.model_validate({field: absent})
    assert party.without == (TRAIT_OF[field],)
    assert Party.model_validate(party.model_dump()) == Party.model_validate_json(party.model_dump_json()) == party
    unknown = Party()
    assert field not in {name for name, value in unknown.model_dump().items() if value is None}
    assert unknown.model_dump(context=OF_A_RECORD)[field] == getattr(unknown, field) or field in ("registration", "signatory")
    assert Party.model_validate(unknown.model_dump(context=OF_A_RECORD), context=OF_A_RECORD) == unknown
