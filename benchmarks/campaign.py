"""A campaign measured: files a second against rust-docxtpl in as many processes, the memory of workers, and what a million clients would take.

    python -m benchmarks.campaign [CLIENTS]

Ours reads each row, judges it, makes every file in both languages, writes it, reads it back and proves it; rust-docxtpl fills in the whole agreement of a
client whose values are at hand, and writes nothing. Times are by the clock, of one run; the machine's other load is in both.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.bench import CLIENT, as_template
from benchmarks.rust_peer import RustPeer
from snc_docs import assemble, load_agreement
from snc_docs.campaign.planning import campaign_of
from snc_docs.campaign.rows import Record
from snc_docs.campaign.running import run, workers_for
from snc_docs.campaign.state import FILE, State
from snc_docs.campaign.storage import Folder
from snc_docs.campaign.work import Settings, made_by

PROCESSES = os.cpu_count() or 1
MILLION, WORKERS = 1_000_000, 100
_MEASURED = 10


def records(count: int) -> list[Record]:
    """Return invented clients."""
    return [
        Record(
            "rows",
            number,
            {
                "document": {"reference": f"SNC-{number:07}", "version": "1.0", "effective_date": "2027-03-01"},
                "client": {"legal_name": f"Société d’essai {number} SA", "registered_office": f"{number} rue de l’Essai, Lyon", "country": "FR"},
                "client_contacts": [{"role": "technical-account", "name": f"Ada Martin {number}", "email": f"ada{number}@example.com"}],
                "contract": {"kind": "general-terms"},
            },
        )
        for number in range(count)
    ]


def resident(children: list[int]) -> float:
    """Return the memory of the largest of some processes, in MiB; Linux alone says it."""
    sizes = []
    for each in children:
        status = Path(f"/proc/{each}/status")
        lines = status.read_text(encoding="ascii").splitlines() if status.is_file() else []
        sizes += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")]
    return max(sizes, default=0.0)


def ours(count: int, parts: tuple[str, ...]) -> tuple[float, int, list[float]]:
    """Return the seconds that a campaign took, its files, and the memory of its workers on the way."""
    memory: list[float] = []
    with tempfile.TemporaryDirectory() as folder, workers_for(None, PROCESSES) as workers:
        whole = campaign_of(records(count), Settings(CLIENT.parent / "baseline.yaml", parts=parts))
        start = time.perf_counter()
        files = 0
        for done, outcome in enumerate(run(made_by, whole.jobs, whole.settings, Folder(Path(folder)), State(Path(folder, FILE)), workers), 1):
            files += len(outcome.files)
            if done % max(count // _MEASURED, 1) == 0:
                children: dict[int, Any] = getattr(workers.executor, "_processes", {})
                memory.append(resident(list(children)))
        took = time.perf_counter() - start
    return took, files, memory


def rust(count: int) -> float:
    """Return the seconds in which rust-docxtpl renders as many files."""
    job = as_template(assemble(load_agreement(CLIENT), "fr"))
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(PROCESSES) as threads:
        places = [Path(folder, str(number)) for number in range(PROCESSES)]
        for place in places:
            place.mkdir()
        peers = [RustPeer([job], place) for place in places]
        for peer in peers:
            peer.seconds(0)  # warm
        start = time.perf_counter()
        share = count // PROCESSES
        list(threads.map(lambda peer: [peer.seconds(0) for _ in range(share)], peers))
        took = time.perf_counter() - start
        for peer in peers:
            peer.close()
    return took * count / max(share * PROCESSES, 1)


def main() -> None:
    """Run and print all of it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    took, files, _ = ours(count, ("agreement",))
    theirs = rust(files)
    print(
        f"{count} clients, whole agreement in both languages, {PROCESSES} processes: {files / took:.0f} files a second, read, judged, made, written, proved"
    )
    print(
        f"{'':4}rust-docxtpl, the same number of files rendered in as many processes: {files / theirs:.0f} a second ({theirs / took:.2f} times as fast)"
    )
    took, files, memory = ours(count, ())
    print(f"{count} clients, all files in both languages: {files / took:.0f} files a second, {took / count * 1000:.0f} ms a client")
    print(f"{'':4}memory of the largest worker, MiB, on the way: {' '.join(f'{each:.0f}' for each in memory)}")
    hours = took / count * PROCESSES * MILLION / WORKERS / 3600
    print(f"{'':4}at that cost, {MILLION:,} clients on {WORKERS} workers like these: {hours:.1f} hours")


if __name__ == "__main__":
    main()
