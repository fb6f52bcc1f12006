"""``make-agreement init`` and ``new``: commented starter files that build as they are."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from snc_docs.cli.commands.init import InitOptions
from snc_docs.cli.commands.new import NewOptions
from snc_docs.cli.files import write_files
from snc_docs.cli.show import Voice, quoted
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.inputs import in_language
from snc_docs.model.loading import read_baseline
from snc_docs.model.schema import SchemaOf, json_schema
from snc_docs.patterns import regex
from snc_docs.templating.folders import OWN_CLAUSES, shipped_folder
from snc_docs.writers.docx.reference import reference_docx

# The starter's line that names a folder of one's own clauses.
_NAMED: Final = f"# templates: {OWN_CLAUSES}".encode()
# With comments in English; inside it a folder of each other language, where what isn't a comment is the same.
_STARTER: Final = Path(__file__).parent / "starter"


def init(options: InitOptions, voice: Voice) -> None:
    """Write the starter files; FileTroubleError where one is there already."""
    files = {options.folder / path.name: path.read_bytes() for path in sorted(in_language(_STARTER, voice.language).glob("*.yaml"))}
    files[options.folder / "reference.docx"] = reference_docx()
    files |= {options.folder / f"{of}.schema.json": _schema(of) for of in ("baseline", "client")}
    if options.with_templates:
        shipped = shipped_folder()
        files |= {
            options.folder / OWN_CLAUSES / path.relative_to(shipped): path.read_bytes() for path in sorted(shipped.rglob("*.*")) if path.is_file()
        }
        baseline = options.folder / "baseline.yaml"
        files[baseline] = files[baseline].replace(_NAMED, _NAMED.removeprefix(b"# "))
    if options.with_templates and not (options.folder / OWN_CLAUSES).exists():  # later on: what was begun is left alone
        files = {path: content for path, content in files.items() if not path.exists()}
    there = [str(path) for path in files if path.exists()]
    if there:
        names = ", ".join(there)
        raise FileTroubleError(Wording(f"{names} : existe déjà ; choisir un autre dossier.", f"{names}: there already; choose another folder."))
    write_files(files)
    voice.files(files)
    voice.result((), list(files))
    voice.next(f"make-agreement build {quoted(options.folder / 'client.yaml')}")


def _schema(of: SchemaOf) -> bytes:
    """Return the schema by which editors help to fill in a file."""
    return (json.dumps(json_schema(of), ensure_ascii=False, indent=1) + "\n").encode()


def new(options: NewOptions, voice: Voice) -> None:
    """Write a client file; FileTroubleError where it is there already or the baseline isn't, FindingsError for a baseline that is wrong."""
    if not options.client.suffix:  # a data file is known by its ending
        options = replace(options, client=options.client.with_suffix(".yaml"))
    if options.client.exists():
        raise FileTroubleError(
            Wording(f"{options.client} : existe déjà ; choisir un autre nom.", f"{options.client}: there already; choose another name.")
        )
    if not options.baseline.exists():
        raise FileTroubleError(
            Wording(
                f"{options.baseline} : aucun socle de ce nom ; nommer le vôtre avec --baseline, ou en écrire un d'exemple : make-agreement init DOSSIER.",
                f"{options.baseline}: there is no baseline of that name; name yours with --baseline, or write an example: make-agreement init FOLDER.",
            )
        )
    baseline = read_baseline(options.baseline).source.data
    name = Path(os.path.relpath(options.baseline, options.client.parent)).as_posix()
    text = (in_language(_STARTER, voice.language) / "client.yaml").read_text(encoding="utf-8")
    first, count = _BASELINE.subn(lambda match: f"{match[1]}{json.dumps(name, ensure_ascii=False)}", text, count=1)
    assert count == 1, "the starter's client file names a baseline"  # noqa: S101  # its own text
    files = {options.client: _for_baseline(_for_editors(first, options), baseline, voice.language).encode()}
    write_files(files, [options.baseline])
    voice.files(files)
    voice.result((), list(files))
    voice.next(f"make-agreement check {quoted(options.client)}")


def _for_editors(text: str, options: NewOptions) -> str:
    """Return a client file whose first line names the schema that ``init`` wrote beside the baseline; without that line where there is none."""
    schema = options.baseline.parent / "client.schema.json"
    named, _, rest = text.partition("\n")
    where = Path(os.path.relpath(schema, options.client.parent)).as_posix()
    return f"{named.replace(schema.name, where)}\n{rest}" if schema.is_file() else rest


def _for_baseline(text: str, baseline: Any, language: str) -> str:
    """Return a client file for a baseline: its contract specific where there are no general terms, and, to be filled in, what its services and severity levels ask for."""
    if "general_terms" not in baseline:
        text = text.replace(_GENERAL, _SPECIFIC)
    services = [each["id"] for each in baseline.get("services", ())]
    levels = [each["id"] for each in (baseline.get("commitments", {}).get("incidents") or {}).get("levels", ())]
    asked = []
    if services:
        asked.append(f"# {_SERVICES.in_language(language)}: {', '.join(services)}\n# subscriptions:\n#   - {{service: {services[0]}}}\n")
    if levels:
        asked.append(f"# {_LEVELS.in_language(language)}: {', '.join(levels)}\n# incident_level: {levels[0]}\n")
    return "\n".join((text, *asked))


_GENERAL: Final = "kind: general-terms "
_SPECIFIC: Final = "kind: specific      "
_SERVICES: Final = Wording(
    "Services souscrits (avec « region » et « options » s'il y en a), parmi ",
    "Services subscribed (with region and options where there are some), of",
)
_LEVELS: Final = Wording("Niveau de gravité à partir duquel le Client est informé, parmi ", "Severity level from which the Client is told, of")
_BASELINE: Final = regex(r"^(baseline: )\S+", re.MULTILINE)
