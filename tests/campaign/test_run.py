"""A campaign makes what build would, one row or ten thousand, wherever it runs and however it ends; and nobody gets another's data."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from snc_docs import build, load
from snc_docs.building.names import file_name
from snc_docs.campaign import work
from snc_docs.campaign.planning import Campaign, campaign_of, plan, sample
from snc_docs.campaign.rows import Record
from snc_docs.campaign.running import Workers, WorkersLostError, run, workers_for
from snc_docs.campaign.state import FILE, State, refuse_second
from snc_docs.campaign.storage import Folder, Remote, Store, store_at
from snc_docs.campaign.work import Settings, made_by
from snc_docs.diagnostics import FindingsError, Severity
from snc_docs.errors import FileTroubleError, UnknownChoiceError
from snc_docs.reporting.campaign import Outcome, report_csv, report_json, report_page
from tests.campaign.tables import BASELINE, clients, nested
from tests.tools import TODAY, run_command

ONE = Workers(None, 1)
SETTINGS = Settings(BASELINE, languages=("fr",), parts=("body", "agreement"), today=TODAY)


def _campaign(rows: list[dict[str, Any]], settings: Settings = SETTINGS) -> Campaign:
    return campaign_of([Record("clients.xlsx", line, each) for line, each in enumerate(rows, 2)], settings)


def _ran(whole: Campaign, folder: Path, workers: Workers = ONE) -> list[Outcome]:
    return list(run(made_by, whole.jobs, whole.settings, Folder(folder), State(folder / FILE), workers))


def _bytes(folder: Path) -> dict[str, bytes]:
    """Return the documents below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.docx")}


def _rows(count: int) -> list[dict[str, Any]]:
    return [nested(each) for each in clients(count)]


def test_each_row_gets_what_build_makes(tmp_path: Path) -> None:
    rows = _rows(3)
    assert all(each.is_made for each in _ran(_campaign(rows), tmp_path))
    wanted = {
        f"{row['document']['reference']}/{path.as_posix()}": content
        for row in rows
        for path, content in build(
            load(row, baseline=BASELINE, today=TODAY), languages=["fr"], parts=["body", "agreement"], today=TODAY
        ).files.items()
    }
    assert _bytes(tmp_path) == wanted


def test_one_bad_row_stops_no_other_and_is_explained(tmp_path: Path) -> None:
    rows = _rows(6)
    rows[1]["client"]["siren"] = "123"
    rows[2]["colour"] = "red"
    rows[3]["contract"] = {"kind": "bet"}
    rows[4]["document"]["effective_date"] = "31/12/2027"
    outcomes = _ran(_campaign(rows), tmp_path)
    assert [each.is_made for each in outcomes] == [True, False, False, False, False, True]
    bad = {each.line: [finding.rule for finding in each.findings if finding.severity is Severity.ERROR] for each in outcomes if not each.is_made}
    assert bad == {3: ["data.siren-invalid"], 4: ["data.extra-forbidden"], 5: ["data.enum"], 6: ["data.date-not-iso"]}
    assert {path.split("/")[0] for path in _bytes(tmp_path)} == {"SNC-2027-0001", "SNC-2027-0006"}


@contextmanager
def _dask() -> Iterator[Workers]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:  # type: ignore[no-untyped-call]  # Dask's own
        address = str(cluster.scheduler_address).removeprefix("tcp://")
        with workers_for(f"dask://{address}", None) as workers:
            yield workers


@contextmanager
def _threads() -> Iterator[Workers]:
    with ThreadPoolExecutor(8) as executor:
        yield Workers(executor, 8)


@pytest.mark.filterwarnings("ignore")  # of the cluster's own event loop
@pytest.mark.parametrize("place", ["threads", "processes", "dask"])
def test_the_same_bytes_come_from_any_executor(place: str, tmp_path: Path) -> None:
    whole = _campaign(_rows(9))
    _ran(whole, tmp_path / "here")
    with {"threads": _threads, "processes": lambda: workers_for(None, 2), "dask": _dask}[place]() as workers:
        outcomes = _ran(whole, tmp_path / "there", workers)
    assert len(outcomes) == 9
    assert _bytes(tmp_path / "there") == _bytes(tmp_path / "here")


def test_other_executors_are_named_as_they_are_to_be_written() -> None:
    with pytest.raises(UnknownChoiceError, match="dask://HOST:PORT"), workers_for("spark://x", None):
        pass
    with pytest.raises(WorkersLostError, match="no scheduler"), workers_for("dask://127.0.0.1:9", None):
        pass


def test_what_is_unchanged_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = _rows(4)
    _ran(_campaign(rows), tmp_path)
    before = _bytes(tmp_path)
    made: list[str] = []
    really = work.made

    def noted(job: work.Job, *rest: Any) -> Outcome:
        made.append(job.key)
        return really(job, *rest)

    monkeypatch.setattr(work, "made", noted)
    rows[2]["client"]["legal_name"] = "Autre SA"
    (tmp_path / "SNC-2027-0002" / "fr" / "body.docx").write_bytes(b"somebody else's")
    (tmp_path / "SNC-2027-0001" / "fr" / "body.docx").unlink()
    outcomes = _ran(_campaign(rows), tmp_path)
    assert sorted(made) == ["SNC-2027-0001", "SNC-2027-0002", "SNC-2027-0003"]
    assert [each.key for each in outcomes if each.kept] == ["SNC-2027-0004"]
    assert {name for name, content in _bytes(tmp_path).items() if before[name] != content} == {
        f"SNC-2027-0003/fr/{each}.docx" for each in ("agreement", "body")
    }
    made.clear()
    _ran(_campaign(rows, replace(SETTINGS, parts=("agreement",))), tmp_path)
    assert len(made) == 4


def test_a_line_cut_short_is_passed_over(tmp_path: Path) -> None:
    whole = _campaign(_rows(2))
    _ran(whole, tmp_path)
    state = tmp_path / FILE
    state.write_bytes(state.read_bytes()[:-40])
    assert len(State(state).made()) == 1
    outcomes = _ran(whole, tmp_path)
    assert [each.kept for each in outcomes] == [True, False]
    assert len(State(state).made()) == 2


_KILLED = """
import sys
from pathlib import Path
from tests.campaign.test_run import SETTINGS, _campaign, _rows
from snc_docs.campaign.running import run, workers_for
from snc_docs.campaign.state import FILE, State
from snc_docs.campaign.storage import Folder
from snc_docs.campaign.work import made_by
folder = Path(sys.argv[1])
whole = _campaign(_rows(12))
with workers_for(None, 2) as workers:
    for _ in run(made_by, whole.jobs, whole.settings, Folder(folder), State(folder / FILE), workers):
        print("made", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_run_that_is_killed_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    _ran(_campaign(_rows(12)), tmp_path / "whole")
    wanted = _bytes(tmp_path / "whole")
    chance = random.Random(4)
    for number in range(int(os.environ.get("SNC_KILLS", "3"))):
        folder = tmp_path / f"killed-{number}"
        with subprocess.Popen([sys.executable, "-c", _KILLED, str(folder)], stdout=subprocess.PIPE, start_new_session=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.random() * 0.8)
            os.kill(process.pid, signal.SIGKILL)
        there = _bytes(folder)
        assert all(wanted[name] == content for name, content in there.items())  # whole files alone
        _ran(_campaign(_rows(12)), folder)
        assert _bytes(folder) == wanted
        assert {path.name for path in folder.iterdir()} == {FILE, *(name.split("/")[0] for name in wanted)}


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_workers_end_with_who_began_them(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", _KILLED, str(tmp_path)], stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.2)
    pytest.fail("workers are left")


class _Mixed(Executor):
    """An executor whose workers are given one client's record under another's name."""

    def submit(self, fn: Any, /, *arguments: Any, **_: Any) -> Any:
        settings, store, jobs = arguments
        others = [*jobs[1:], jobs[0]]
        with ThreadPoolExecutor(1) as executor:
            return executor.submit(fn, settings, store, [replace(job, record=other.record) for job, other in zip(jobs, others, strict=True)])


def test_a_worker_that_mixes_two_clients_is_found_out(tmp_path: Path) -> None:
    outcomes = _ran(_campaign(_rows(4)), tmp_path, Workers(_Mixed(), 1))
    assert [each.is_made for each in outcomes] == [False] * 4
    assert {finding.rule for each in outcomes for finding in each.findings if finding.severity is Severity.ERROR} == {"campaign.proof"}
    assert _bytes(tmp_path) == {}


def test_words_of_another_client_in_one_file_are_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = _rows(2)
    other = build(load(rows[1], baseline=BASELINE, today=TODAY), languages=["fr"], parts=["body", "agreement"], today=TODAY).files[
        Path("fr/body.docx")
    ]

    def mixing(loaded: Any, **options: Any) -> Any:
        built = build(loaded, **options)
        return replace(built, files={**built.files, Path("fr/body.docx"): other})

    monkeypatch.setattr(work, "build", mixing)
    first, second = _ran(_campaign(rows), tmp_path)
    assert (first.is_made, second.is_made) == (False, True)
    assert {finding.file for finding in first.findings if finding.rule == "campaign.proof"} == {"SNC-2027-0001/fr/body.docx"}


def test_a_fault_in_one_row_keeps_no_other_from_being_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(loaded: Any, **options: Any) -> Any:
        if loaded.agreement.document.reference == "SNC-2027-0002":
            raise KeyError("colour")
        return build(loaded, **options)

    monkeypatch.setattr(work, "build", failing)
    outcomes = _ran(_campaign(_rows(3)), tmp_path)
    assert [each.is_made for each in outcomes] == [True, False, True]
    assert [finding.rule for finding in outcomes[1].findings] == ["campaign.fault"]


def test_a_third_party_of_the_baseline_may_be_a_client_too(tmp_path: Path) -> None:
    rows = _rows(2)
    rows[0]["client"]["legal_name"] = "Outscale"
    rows[1]["client"]["legal_name"] = "Service"
    assert all(each.is_made for each in _ran(_campaign(rows), tmp_path))


def test_a_file_that_is_not_what_was_written_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = Folder.get
    monkeypatch.setattr(Folder, "get", lambda store, name: b"other" if name.suffix == ".docx" else really(store, name))
    (outcome,) = _ran(_campaign(_rows(1)), tmp_path)
    assert [each.rule for each in outcome.findings if each.severity is Severity.ERROR] == ["campaign.proof"]


def test_a_baseline_that_changes_on_the_way_mixes_nothing(tmp_path: Path) -> None:
    whole = _campaign(_rows(1))
    (outcome,) = _ran(replace(whole, settings=replace(whole.settings, baseline_digest="other")), tmp_path)
    assert [each.rule for each in outcome.findings if each.severity is Severity.ERROR] == ["campaign.baseline-changed"]


def test_two_rows_of_one_reference_are_both_refused_and_a_client_twice_is_said() -> None:
    rows = _rows(3)
    rows[1]["document"]["reference"] = "snc-2027-0001"
    rows[2]["client"]["siren"] = rows[0]["client"]["siren"]
    jobs = _campaign(rows).jobs
    rules = [[finding.rule for finding in each.record.findings] for each in jobs]
    assert rules == [["campaign.double", "campaign.same-client"], ["campaign.double"], ["campaign.same-client"]]
    assert len({each.key.casefold() for each in jobs}) == 3


@pytest.mark.parametrize(
    ("reference", "folder"),
    [
        ("SNC/2026 0042", "SNC-2026-0042"),
        ("../../etc", "etc"),
        ("CON", "CON-"),
        ("é\u00a0à", "e-a"),
        ("a" * 300, "a" * 80),
        ("..", ""),
        ("com1.x", "com1.x-"),
    ],
)
def test_a_reference_makes_a_folder_that_every_system_takes(reference: str, folder: str) -> None:
    assert file_name(reference) == folder


def test_a_plan_tells_what_fails_and_what_is_left_open() -> None:
    rows = _rows(3)
    rows[1]["client"]["siren"] = "123"
    del rows[2]["client"]["registered_office"]
    first, second, third = plan(_campaign(rows))
    assert [each.is_good for each in (first, second, third)] == [True, False, True]
    assert set(third.blanks) - set(first.blanks) == {"client.registered_office"}
    assert not {each for each in first.blanks if each.startswith("signatures")}


def test_a_sample_takes_the_telling_rows() -> None:
    rows = _rows(12)
    rows[7]["client"]["legal_name"] = "Un nom beaucoup plus long que tous les autres SAS"
    rows[9]["contract"] = {"kind": "public", "reference": "M-1"}
    rows[10]["client"] = {"legal_name": "Peu connue SAS"}
    rows[3]["client"]["siren"] = "1"
    planned = list(plan(_campaign(rows)))
    chosen = [each.job.record.line for each in sample(planned, 5)]
    assert {9, 11, 12} <= set(chosen)
    assert (len(chosen), 5 in chosen, chosen == sorted(chosen, key=lambda line: line or 0)) == (5, False, True)
    assert len(sample(planned, 100)) == 11


@pytest.mark.parametrize("url", ["memory://campaign", "file://{folder}/remote"])
def test_files_go_to_any_place_that_fsspec_knows(url: str, tmp_path: Path) -> None:
    store: Store = store_at(url.format(folder=tmp_path.as_posix()))
    assert isinstance(store, Remote)
    whole = _campaign(_rows(2))
    state = State(tmp_path / FILE)
    assert all(each.is_made for each in run(made_by, whole.jobs, whole.settings, store, state, ONE))
    assert all(each.kept for each in run(made_by, whole.jobs, whole.settings, store, state, ONE))
    assert (store.get(PurePosixPath("SNC-2027-0001/fr/body.docx")) or b"").startswith(b"PK")
    assert store.get(PurePosixPath("none")) is None


def test_a_place_that_nobody_knows_is_said() -> None:
    with pytest.raises(FileTroubleError, match="nowhere"):
        store_at("nowhere://x").put(PurePosixPath("a"), b"")


def test_a_second_run_in_the_same_place_is_refused(tmp_path: Path) -> None:
    refuse_second(State(tmp_path / FILE))
    (tmp_path / FILE).write_bytes(b"")
    with pytest.raises(FileTroubleError, match="--resume"):
        refuse_second(State(tmp_path / FILE))


def test_a_baseline_that_is_wrong_is_said_once_and_nothing_is_made(tmp_path: Path) -> None:
    (tmp_path / "baseline.yaml").write_text("provider: {}\n", encoding="utf-8")
    with pytest.raises(FindingsError):
        _campaign(_rows(2), replace(SETTINGS, baseline=tmp_path / "baseline.yaml"))


def _outcomes() -> list[Outcome]:
    return [
        Outcome("A-1", '=HYPERLINK("x")', "clients.csv", 2, "a" * 64, (("fr/body.docx", "0" * 64),)),
        Outcome("A-2", "<b>Bête</b> & Cie", "clients.csv", 3, "b" * 64),
    ]


def test_reports_tell_all_rows_and_obey_nobody() -> None:
    rows = report_csv(_outcomes(), "fr").decode("utf-8-sig").split("\r\n")
    assert rows[0].startswith("ligne;client;dossier")
    assert "'=HYPERLINK" in rows[1]
    assert [each["made"] for each in json.loads(report_json(_outcomes(), ()))["rows"]] == [True, False]
    page = report_page(_outcomes(), (), "en").decode()
    assert "<b>Bête" not in page
    assert page.index("Bête") < page.index("HYPERLINK")


def _args(folder: Path, rows: Mapping[str, Any] | list[dict[str, Any]]) -> Path:
    path = folder / "clients.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in rows), encoding="utf-8")
    return path


def test_the_command_runs_resumes_and_tells(tmp_path: Path) -> None:
    rows = _rows(3)
    rows[1]["client"]["siren"] = "123"
    table = _args(tmp_path, rows)
    options = ("--baseline", BASELINE, "-o", tmp_path / "out", "-l", "en", "--part", "body", "--jobs", "1")
    planned = run_command("campaign", table, *options, "--plan")
    assert (planned.exit_code, planned.stdout.strip().splitlines()[-1]) == (1, "3 row(s): 2 to make, 1 to mend")
    assert not (tmp_path / "out").exists()
    first = run_command("campaign", table, *options)
    assert (first.exit_code, "2 made, 0 unchanged, 1 to mend; 2 file(s)" in first.stdout) == (1, True)
    assert "siren" in first.stderr
    again = run_command("campaign", table, *options)
    assert (again.exit_code, "--resume" in again.stderr) == (3, True)
    rows[1]["client"]["siren"] = "732829320"
    resumed = run_command("campaign", "run", _args(tmp_path, rows), *options, "--resume", "--json")
    told = json.loads(resumed.stdout)
    assert (resumed.exit_code, told["ok"], [each["kept"] for each in told["rows"]]) == (0, True, [True, False, True])
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {"report.html", "report.csv", "report.json", FILE, "SNC-2027-0002"}


def test_the_command_makes_a_sample_alone(tmp_path: Path) -> None:
    done = run_command(
        "campaign",
        _args(tmp_path, _rows(5)),
        "--baseline",
        BASELINE,
        "-o",
        tmp_path / "out",
        "--sample",
        "2",
        "-l",
        "fr",
        "--part",
        "body",
        "--jobs",
        "1",
    )
    assert done.exit_code == 0
    assert len(_bytes(tmp_path / "out")) == 2


def test_a_folder_of_client_files_runs_without_a_baseline_of_its_own(tmp_path: Path) -> None:
    for row in _rows(2):
        data = {**row, "baseline": BASELINE.as_posix()}
        (tmp_path / f"{row['document']['reference']}.json").write_text(json.dumps(data), encoding="utf-8")
    done = run_command("campaign", tmp_path, "-o", tmp_path / "out", "-l", "fr", "--part", "body", "--jobs", "1")
    assert (done.exit_code, len(_bytes(tmp_path / "out"))) == (0, 2)


def test_columns_of_a_baseline_have_its_services(tmp_path: Path) -> None:
    baseline = BASELINE.parent.parent / "seven-services" / "baseline.yaml"
    refused = run_command("campaign", "columns", "--baseline", baseline, "-o", tmp_path / "clients.csv")
    assert (refused.exit_code, "ending .xlsx" in refused.stderr, (tmp_path / "clients.csv").exists()) == (2, True, False)
    done = run_command("campaign", "columns", "--baseline", baseline, "-o", tmp_path / "clients.xlsx", "--json")
    assert done.exit_code == 0
    assert [each for each in json.loads(done.stdout)["columns"] if each.startswith("subscriptions[")]
    whole = run_command("campaign", "columns", "--all", "-o", tmp_path / "all.xlsx", "--json")
    assert len(json.loads(whole.stdout)["columns"]) > len(json.loads(done.stdout)["columns"])


@pytest.mark.filterwarnings("ignore")  # of the server and its client
def test_files_go_to_an_s3_bucket_from_several_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = ThreadedMotoServer(port=0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "eu-west-3",
        }.items():
            monkeypatch.setenv(name, value)
        boto3.client("s3").create_bucket(Bucket="agreements", CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
        whole, store, state = _campaign(_rows(4)), store_at("s3://agreements/2027"), State(tmp_path / FILE)
        with workers_for(None, 2) as workers:
            assert all(each.is_made for each in run(made_by, whole.jobs, whole.settings, store, state, workers))
        _ran(whole, tmp_path / "here")
        wanted = _bytes(tmp_path / "here")
        assert {name: store.get(PurePosixPath(name)) for name in wanted} == wanted
        assert all(each.kept for each in run(made_by, whole.jobs, whole.settings, store, state, ONE))
    finally:
        server.stop()


def test_a_warning_on_several_rows_is_said_once_with_its_rows_in_the_plan_and_in_the_run(tmp_path: Path) -> None:
    table = tmp_path / "clients.csv"
    rows = "\n".join(f"SNC-{number};1.0;2027-02-01;{name}" for number, name in enumerate(("Ville de Rennes", "Ville d’Angers", "Alpha"), 1))
    table.write_text(f"document.reference;document.version;document.effective_date;client.legal_name\n{rows}\n", encoding="utf-8")
    options = ("--baseline", BASELINE, "-o", tmp_path / "out", "--today", "2026-12-01")
    for more in (("--plan",), ()):
        shown = run_command("campaign", table, *options, *more).stderr
        assert shown.count("[client.kind-unknown]") == 1, shown
        assert "2 rows: SNC-1, SNC-2" in shown


def test_other_words_under_the_number_of_a_version_in_force_are_said(tmp_path: Path) -> None:
    (row,) = _rows(1)
    said = []
    for client, version in (("One SA", "1.0"), ("One SA", "1.0"), ("Another SA", "1.0"), ("A third SA", "2.0")):
        row["client"]["legal_name"] = client
        row["document"] |= {"version": version, "effective_date": "2026-03-01"}
        (outcome,) = _ran(_campaign([row]), tmp_path)
        said.append("output.in-force" in {each.rule for each in outcome.findings})
    assert said == [False, False, True, False]
