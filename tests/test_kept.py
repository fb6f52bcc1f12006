"""What is kept of an object: made once for it and its key, forgotten when others were asked for since, safe between threads."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from snc_docs import Agreement, FindingsError, assemble, load_agreement, load_baseline, part_of, parts_of, record_of, write
from snc_docs.document.nodes import Text
from snc_docs.kept import Kept, forget
from snc_docs.language import Language
from snc_docs.model.kinds import Money
from snc_docs.model.sharing import alike
from tests.tools import EXAMPLES, LANGUAGES, TODAY


def test_an_object_gives_its_result_once_for_each_key() -> None:
    kept: Kept[int] = Kept(8)
    made: list[int] = []
    node, equal = Text("a"), Text("a")

    def make() -> int:
        made.append(1)
        return len(made)

    assert [kept.get(node, "k", make), kept.get(node, "k", make), kept.get(equal, "k", make), kept.get(node, "other", make)] == [1, 1, 2, 3]


def test_what_was_asked_for_last_stays() -> None:
    kept: Kept[str] = Kept(2)
    first, second, third = Text("1"), Text("2"), Text("3")
    for each in (first, second, first, third):
        kept.get(each, None, lambda each=each: each.text)  # type: ignore[misc]  # a default is typed as the loop's
    assert len(kept) == 2
    assert kept.get(first, None, lambda: "anew") == "1"
    assert kept.get(second, None, lambda: "anew") == "anew"
    kept.clear()
    assert len(kept) == 0


def test_threads_may_share_it() -> None:
    kept: Kept[int] = Kept(16)
    nodes = [Text(str(index)) for index in range(64)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda index: kept.get(nodes[index % 64], None, lambda: index % 64), range(20_000)))
    assert results == [index % 64 for index in range(20_000)]
    assert len(kept) <= 16


def variants() -> list[Agreement]:
    """Return agreements that share most of their data, and differ where it could be taken for the same."""
    agreements = [
        load_agreement(EXAMPLES / f"{name}.yaml", today=TODAY) for name in ("outscale/client", "complete/client", "outscale/client-unknown")
    ]
    first = agreements[0]
    client = first.client.model_copy(update={"legal_name": "Autre SA"})
    capital = [client.model_copy(update={"share_capital": Money(amount=Decimal(amount))}) for amount in ("1200", "1200.00")]
    others = [first.model_copy(update={"client": each}) for each in (client, *capital)]
    contract = first.contract.model_copy(update={"reference": "CS-9"})
    return [*agreements, *others, first.model_copy(update={"contract": contract}), first.model_copy(update={"attachments": ()})]


def _made(agreement: Agreement, language: Language) -> tuple[object, ...]:
    try:
        document = assemble(agreement, language)
    except FindingsError as error:
        return (str(error.diagnostics),)
    return (
        document,
        write(document, "docx", record=record_of(agreement, document)),
        *(write(part_of(document, part), "docx") for part in parts_of(document)),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_kept_each_agreement_is_as_made_anew(language: Language) -> None:
    agreements = variants()
    warm = [_made(agreement, language) for agreement in (*agreements, *reversed(agreements))]
    for agreement, one, other in zip(agreements, warm, reversed(warm), strict=False):
        forget()
        assert _made(agreement, language) == one == other


def test_a_baseline_is_read_once_and_again_when_it_was_written(tmp_path: Path) -> None:
    text = (EXAMPLES / "complete" / "baseline.yaml").read_text(encoding="utf-8")
    baseline, client = tmp_path / "baseline.yaml", EXAMPLES / "complete" / "client.yaml"
    for each in (EXAMPLES / "complete").iterdir():
        if each.suffix in (".pdf", ".png", ".docx"):
            (tmp_path / each.name).write_bytes(each.read_bytes())
    baseline.write_text(text, encoding="utf-8")
    first, second = (load_agreement(baseline, client, today=TODAY) for _ in range(2))
    assert first.provider is second.provider
    baseline.write_text(text.replace("Nuage", "Nuages"), encoding="utf-8")
    assert load_agreement(baseline, client, today=TODAY).provider.legal_name == "Nuages d’Iroise"


def test_what_weighs_much_takes_the_place_of_much_and_too_much_is_not_kept() -> None:
    kept: Kept[str] = Kept(10, lambda node: int(node.text))
    light, heavy, too_heavy = [Text("1") for _ in range(5)], Text("5"), Text("6")
    for each in (*light, heavy, too_heavy):
        kept.get(each, None, lambda: "first")
    assert len(kept) == 6
    kept.get(Text("2"), None, lambda: "first")
    assert [kept.get(each, None, lambda: "anew") for each in (light[2], heavy, light[0], too_heavy)] == ["first", "first", "anew", "anew"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes are forked here")
def test_a_forked_process_waits_for_no_thread_of_its_parent() -> None:
    kept: Kept[int] = Kept(8)
    with kept._lock:
        child = os.fork()
        if child == 0:
            os._exit(kept.get(Text("a"), None, lambda: 7))
    deadline = time.monotonic() + 20
    while (done := os.waitpid(child, os.WNOHANG))[0] == 0 and time.monotonic() < deadline:
        time.sleep(0.01)
    if done[0] == 0:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert done[0] == child
    assert os.waitstatus_to_exitcode(done[1]) == 7


def test_what_two_clients_say_alike_is_one_object_and_so_is_what_is_made_of_it() -> None:
    client = yaml.safe_load((EXAMPLES / "outscale" / "client.yaml").read_text(encoding="utf-8"))
    baseline = load_baseline(EXAMPLES / "outscale" / "baseline.yaml")
    one, other = (
        load_agreement({**client, "client": {**client["client"], "legal_name": name}}, baseline=baseline, today=TODAY) for name in ("A SA", "B SA")
    )
    assert one.contract is other.contract
    assert one.client_contacts is other.client_contacts
    assert one.client is not other.client
    sections = [{each.id: each for each in assemble(agreement, "fr").sections} for agreement in (one, other)]
    same = {name for name, section in sections[0].items() if section is sections[1][name]}
    assert {"preamble", "definitions", "appendix-a", "appendix-c"} <= same
    assert same.isdisjoint({"cover", "parties", "signatures"})


@pytest.mark.parametrize(("one", "other"), [(Decimal(5), Decimal("5.00")), (1, True), (1.0, 1), (("a",), ["a"])])
def test_what_is_equal_and_written_otherwise_is_not_shared(one: object, other: object) -> None:
    assert alike("test", one) is one
    assert alike("test", other) is other
    assert alike("test", copy(one)) is one
