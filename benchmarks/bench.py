"""Ratios against named peers, all in one run: ``make bench``.

- docxtpl and rust-docxtpl render the same content from a DOCX made of our own output, every value a Jinja expression, warm, the agreement
  for a client that is new each time;
- the same of a table of 3,000 third parties;
- a client file is read and written in both languages with its record, as a campaign does;
- ``make-agreement build`` in both languages, ``check`` and ``--help``, cold, against a bare import of the package and the libraries it stands on.

Times are of the processor, the best of several rounds taken in turn; cold runs are timed by the clock. Nothing passes or fails by the clock.
"""

from __future__ import annotations

import compileall
import gc
import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

import snc_docs
from benchmarks.rust_peer import RustPeer
from snc_docs import Agreement, assemble, load_agreement, record_of, write
from snc_docs.document.nodes import Document, Link, Row, Table, Value
from snc_docs.document.walk import rewrite, walk
from snc_docs.model.parts import ThirdParty

CLIENT = Path(__file__).parent.parent / "examples" / "outscale" / "client.yaml"
IMPORTS = (
    "snc_docs.assembly, snc_docs.model.loading, snc_docs.writers, pydantic, jinja2, babel.dates, babel.numbers, babel.lists, babel.units, docx, docxcompose.composer, "
    "lxml.etree, markdown_it, phonenumbers, stdnum.fr.siren, email_validator, num2words, yaml, click, rich.console, rich.table, pypdfium2, PIL.Image"
)
ROWS = 3000
_TABLE_ROUNDS = 7


def cpu(rounds: int, *tasks: Callable[[], float | None]) -> list[float]:
    """Return the best processor time of each task in seconds, taken in turn; a task in another process returns its own."""
    times: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds):
        for task, found in zip(tasks, times, strict=True):
            gc.collect()  # nobody clears away what another left
            start = time.process_time()
            own = task()
            found.append(time.process_time() - start if own is None else own)
    return [min(found) for found in times]


def best(rounds: int, *tasks: Callable[[], object]) -> list[float]:
    """Return the best time of each task in seconds, the tasks taken in turn so that noise falls on all of them."""
    times: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds):
        for task, found in zip(tasks, times, strict=True):
            start = time.perf_counter()
            task()
            found.append(time.perf_counter() - start)
    return [min(found) for found in times]


def as_template(document: Document) -> tuple[bytes, dict[str, str]]:
    """Return our own Word file with a Jinja expression in the place of every value, and the values it asks for."""
    values: dict[str, str] = {}

    def expression(node: Any) -> Any:
        if isinstance(node, Link):
            return node.children
        if isinstance(node, Value):
            name = f"v{len(values)}"
            values[name] = node.text
            return replace(node, text=f"{{{{ {name} }}}}")
        return node

    return write(rewrite(document, expression), "docx"), values


def as_table_template(document: Document) -> bytes:
    """Return a Word file whose table has one row that docxtpl repeats for each of ``rows``."""

    def repeated(node: Any) -> Any:
        if not isinstance(node, Table) or len(node.rows) < ROWS:
            return node
        row = node.rows[0]
        words = [replace(cell, children=(Value("", f"{{{{ r.{name} }}}}"),)) for cell, name in zip(row.cells, ("name", "service"), strict=True)]
        marks = [
            Row("", (replace(row.cells[0], children=(Value("", f"{{%tr {tag} %}}"),)), replace(row.cells[1], children=())))
            for tag in ("for r in rows", "endfor")
        ]
        return replace(node, rows=(marks[0], replace(row, cells=tuple(words)), marks[1]))

    return write(rewrite(document, repeated), "docx")


def docxtpl_renders(template: bytes, values: dict[str, Any]) -> bytes:
    """Return what docxtpl makes of a template, as its documentation uses it."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(values, autoescape=True)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def words_of(content: bytes) -> str:
    """Return the words of a Word file's body."""
    from docx import Document as WordDocument

    return "".join(node.text or "" for node in WordDocument(io.BytesIO(content)).element.body.iter("{*}t"))


def large(agreement: Agreement, number: int = 0) -> Agreement:
    """Return the agreement with a table of 3,000 other third parties, other names for each number."""
    parties = tuple(ThirdParty(name=f"Operator {number}.{index} & Co", category="network-operator") for index in range(ROWS))
    return agreement.model_copy(update={"third_parties": agreement.third_parties.model_copy(update={"others": parties})})


def renamed(agreement: Agreement, number: int) -> Agreement:
    """Return the agreement for another client: the provider's part is shared, as in a campaign."""
    return agreement.model_copy(update={"client": agreement.client.model_copy(update={"legal_name": f"Client {number} SA"})})


def whole_agreement(agreement: Agreement) -> None:
    """Print how the complete agreement compares, warm, from typed data to bytes, for a new client each time."""
    document = assemble(agreement, "fr")
    template, values = as_template(document)
    if words_of(docxtpl_renders(template, values)) != words_of(write(document, "docx")):
        raise SystemExit("docxtpl gave other words: the comparison would be unfair")
    numbers = count()
    _compare(
        "complete agreement, new client",
        lambda: write(assemble(renamed(agreement, next(numbers)), "fr"), "docx"),
        (template, values),
        rounds=25,
    )


def large_table(agreement: Agreement) -> None:
    """Print how an agreement with a table of 3,000 rows compares, warm, made anew each time and for a new client."""
    many = large(agreement)
    document = assemble(many, "fr")
    template = as_table_template(document)
    (table,) = (node for node in walk(document) if isinstance(node, Table) and len(node.rows) == ROWS)
    rows = [{"name": _words(row, 0), "service": _words(row, 1)} for row in table.rows]
    if words_of(docxtpl_renders(template, {"rows": rows})) != words_of(write(document, "docx")):
        raise SystemExit("docxtpl gave other words: the comparison would be unfair")
    numbers = count()
    waiting = iter([large(agreement, number) for number in range(1, _TABLE_ROUNDS + 1)])
    _compare(
        "3,000 third parties, new each time", lambda: write(assemble(next(waiting), "fr"), "docx"), (template, {"rows": rows}), rounds=_TABLE_ROUNDS
    )
    _compare(
        "3,000 third parties in the baseline, new client",
        lambda: write(assemble(renamed(many, next(numbers)), "fr"), "docx"),
        (template, {"rows": rows}),
        rounds=_TABLE_ROUNDS,
    )


def _compare(what: str, ours: Callable[[], object], job: tuple[bytes, dict[str, Any]], *, rounds: int) -> None:
    """Print how we compare with docxtpl and rust-docxtpl, which fill in a template with the same words."""
    with tempfile.TemporaryDirectory() as folder:
        peer = RustPeer([job], Path(folder))
        ours_took, theirs, rust = cpu(rounds, lambda: _done(ours()), lambda: _done(docxtpl_renders(*job)), lambda: peer.seconds(0))
        peer.close()
    report(what, ours_took, "docxtpl", theirs)
    report("", ours_took, "rust-docxtpl", rust)


def _done(_: object) -> None:
    """Say that a task was done here."""


def campaign() -> None:
    """Print what a client costs, from its file to two documents with their records."""
    with tempfile.TemporaryDirectory() as folder:
        path, numbers = Path(folder) / "client.yaml", count()

        def one() -> None:
            path.write_text(_client_file(next(numbers)), encoding="utf-8")
            loaded = load_agreement(path)
            for language in ("fr", "en"):
                document = assemble(loaded, language)
                write(document, "docx", record=record_of(loaded, document))

        (took,) = cpu(25, one)
    print(f"{'client file to two documents with records':48}{took * 1000:8.1f} ms")


def _client_file(number: int) -> str:
    """Return the example's client file, of another client for each number."""
    text = CLIENT.read_text(encoding="utf-8").replace("baseline.yaml", str(CLIENT.parent / "baseline.yaml"))
    return text.replace("Société des Archives de la Vallée imaginaire", f"Client {number} SA")


def _words(row: Row, index: int) -> str:
    return "".join(node.text for node in walk(row.cells[index]) if hasattr(node, "text"))


def cold() -> None:
    """Print how commands in processes of their own compare with importing what they stand on: with what earlier runs kept, and without."""
    compileall.compile_dir(Path(snc_docs.__file__).parent, quiet=2)  # as pip does with what it installs, the libraries beside us among it
    with tempfile.TemporaryDirectory() as folder:
        out, filled, empty, client = (Path(folder, name) for name in ("out", "filled", "empty", "client.yaml"))
        numbers = count()
        program = str(Path(sys.executable).parent / "make-agreement")

        def run(cache: Path, *arguments: str) -> None:
            shutil.rmtree(empty, ignore_errors=True)
            environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "SNC_NO_CACHE": ""}
            subprocess.run([program, *arguments], check=True, capture_output=True, env=environment)

        def run_anew(*arguments: str) -> None:
            client.write_text(_client_file(next(numbers)), encoding="utf-8")
            run(filled, *arguments)

        build, check = ("build", str(CLIENT), "-o", str(out)), ("check", str(CLIENT))
        commands: dict[str, Callable[[], object]] = {
            "build of ten files, filled cache": partial(run, filled, *build),
            "build of ten files, empty cache": partial(run, empty, *build),
            "build, filled cache, new client": partial(run_anew, "build", str(client), "-o", str(out)),
            "check, filled cache": partial(run, filled, *check),
            "check, filled cache, new client": partial(run_anew, "check", str(client)),
            "build --help": partial(run, filled, "build", "--help"),
        }
        *ours, theirs = best(
            9, *commands.values(), lambda: subprocess.run([sys.executable, "-c", f"import {IMPORTS}"], check=True, capture_output=True)
        )
    for what, seconds in zip(commands, ours, strict=True):
        print(
            f"{what:45}{seconds * 1000:8.0f} ms   bare import of what it stands on {theirs * 1000:6.0f} ms   {seconds / theirs:5.2f} times the import"
        )


def report(what: str, ours: float, peer: str, theirs: float) -> None:
    """Print one comparison."""
    print(f"{what:48}{ours * 1000:8.1f} ms   {peer} {theirs * 1000:6.1f} ms   {theirs / ours:5.1f} times as fast")


def memory() -> None:
    """Print the peak memory of a cold build, and of this run."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory: cold build {children:.0f} MiB, this run with 3,000 third parties {here:.0f} MiB")


def main() -> None:
    """Run every comparison."""
    agreement = load_agreement(CLIENT)
    cold()
    whole_agreement(agreement)
    campaign()
    large_table(agreement)
    memory()


if __name__ == "__main__":
    main()
