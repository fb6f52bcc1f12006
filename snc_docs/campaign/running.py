"""The run: tasks given out to workers a few at a time, outcomes as they come. Whatever ends it, what was made stays whole."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final, Protocol, TypeVar

from snc_docs.campaign.handing import handed_over
from snc_docs.campaign.state import State, is_whole
from snc_docs.campaign.storage import Store
from snc_docs.errors import SncDocsError, UnknownChoiceError, Wording
from snc_docs.reporting.campaign import Outcome

# Tasks given out at once: few, so that a run that is killed loses little, and many enough for what giving them out costs.
_AT_ONCE: Final = 4
# Of these, how many wait for each worker.
_WAITING: Final = 2


class WorkersLostError(SncDocsError):
    """Workers that ended without an answer: killed by the system for want of memory, as a rule."""


class Task(Protocol):
    """One row's work: where it goes, where it is from, and the digest of all that it depends on."""

    @property
    def key(self) -> str:
        """Return its folder below the output."""

    @property
    def digest(self) -> str:
        """Return the digest of all that it depends on."""

    @property
    def place(self) -> tuple[str, int | None]:
        """Return the file and line that it is from."""


T = TypeVar("T", bound=Task)
# What makes some tasks: of the name under which the settings are handed over, and the store that their files go to.
Work = Callable[[str, Store, Sequence[T]], list[Outcome]]


def run(work: Work[T], tasks: Sequence[T], settings: object, store: Store, state: State, workers: Workers) -> Iterator[Outcome]:
    """Yield what becomes of each task, in the order in which they are done; those that ``state`` knows, unchanged and whole, come first.

    Without an executor they are made here, one after the other. WorkersLostError where workers ended without an answer.
    """
    store.tidy()
    known = _kept(tasks, store, state)
    yield from known.values()
    left = [each for each in tasks if each.key not in known]
    with state.writing() as written, handed_over(settings, store) as name:
        for outcome in _outcomes(work, left, name, store, workers):
            written.add(outcome)
            yield outcome
    store.tidy()


def _kept(tasks: Sequence[T], store: Store, state: State) -> dict[str, Outcome]:
    """Return what an earlier run made of the same tasks, where its files are all there."""
    made = state.made()
    found = {}
    for task in tasks:
        earlier = made.get(task.key)
        if earlier is not None and earlier.digest == task.digest and is_whole(earlier, store):
            file, line = task.place
            found[task.key] = replace(earlier, file=file, line=line)
    return found


def _outcomes(work: Work[T], tasks: Sequence[T], settings: str, store: Store, workers: Workers) -> Iterator[Outcome]:
    if workers.executor is not None:
        yield from _given_out(work, tasks, settings, store, workers.executor, workers.count)
        return
    for task in tasks:
        yield from work(settings, store, [task])


def _given_out(work: Work[T], tasks: Sequence[T], settings: str, store: Store, executor: Executor, workers: int) -> Iterator[Outcome]:
    """Yield outcomes from an executor, with no more tasks waiting than keep it busy."""
    rest = iter(tasks)
    waiting: set[Future[list[Outcome]]] = set()
    at_once = max(1, min(_AT_ONCE, len(tasks) // max(workers, 1)))
    try:
        while True:
            while len(waiting) < workers * _WAITING and (chunk := list(islice(rest, at_once))):
                waiting.add(executor.submit(work, settings, store, chunk))
            if not waiting:
                return
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for each in done:
                yield from each.result()
    except BrokenProcessPool as error:
        raise WorkersLostError(
            Wording(
                "des processus se sont arrêtés sans répondre (mémoire ?) ; --resume continue, --jobs en prend moins.",
                "workers ended without an answer (memory?); --resume goes on, --jobs takes fewer.",
            )
        ) from error
    finally:
        for each in waiting:
            each.cancel()


@dataclass(frozen=True, slots=True)
class Workers:
    """Who does the work, and how many; no executor where this process does."""

    executor: Executor | None
    count: int


@contextmanager
def workers_for(asked: str | None, jobs: int | None) -> Iterator[Workers]:
    """Give processes of this machine, as many as it has cores or ``jobs``, or those of a Dask cluster (``dask://HOST:PORT``).

    UnknownChoiceError for another kind of place, or without Dask.
    """
    if asked is not None:
        with _dask(asked) as workers:
            yield workers
        return
    count = jobs or os.cpu_count() or 1
    if count == 1:
        yield Workers(None, 1)
        return
    executor = ProcessPoolExecutor(count, initializer=_start_worker, initargs=(os.getpid(),))
    try:
        yield Workers(executor, count)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


_DASK: Final = "dask://"


@contextmanager
def _dask(asked: str) -> Iterator[Workers]:
    if not asked.startswith(_DASK):
        raise UnknownChoiceError(Wording(f"exécuteur « {asked} » : écrire dask://HÔTE:PORT.", f"executor '{asked}': write dask://HOST:PORT."))
    try:
        from distributed import Client
    except ImportError as error:
        raise UnknownChoiceError(Wording("pour Dask, installer snc_docs[dask].", "for Dask, install snc_docs[dask].")) from error
    try:
        client: Any = Client(f"tcp://{asked.removeprefix(_DASK)}", timeout=10)  # type: ignore[no-untyped-call]  # Dask has no types here
    except OSError as error:
        raise WorkersLostError(Wording(f"{asked} : aucun ordonnanceur ne répond.", f"{asked}: no scheduler answers.")) from error
    with client, client.get_executor() as executor:
        yield Workers(executor, max(1, sum(client.nthreads().values())))


def _start_worker(parent: int) -> None:
    """Leave Ctrl-C to the process that gives out the work, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process once its parent isn't there any more, which no signal says on every system: it is looked for each second."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def in_order(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return outcomes as their rows stand in the files."""
    return sorted(outcomes, key=lambda each: (each.file, each.line or 0, each.key))
