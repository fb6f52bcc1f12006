"""A job that makes the agreements of won deals: from a table of a database, each to a folder of its own, and what became of it back in the table.

    python deals.py demo.sqlite out

A deal that is done isn't done again; one that is wrong says why, and waits to be mended.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import Any

from snc_docs import FindingsError, LoadedBaseline, build, load_agreement, load_baseline

HERE = Path(__file__).parent
TABLE = """CREATE TABLE IF NOT EXISTS deals (
    reference TEXT PRIMARY KEY, company TEXT, siren TEXT, office TEXT, contact TEXT, email TEXT, starts_on TEXT,
    state TEXT NOT NULL DEFAULT 'won', trouble TEXT)"""
DEMO = (
    ("SNC-2027-0101", "Ardoise SAS", "732829320", "1 rue de l’Essai, 69001 Lyon, France", "Ada Martin", "ada@example.com", "2027-03-01"),
    ("SNC-2027-0102", "Brume SA", "123456789", "2 quai Neuf, 33000 Bordeaux, France", "Bob Durand", "bob@example.com", "2027-03-01"),
)


def record_of(deal: sqlite3.Row) -> dict[str, Any]:
    """Return a deal as a client file would give it; what isn't known is left out, and prints as a field to fill in."""
    client = {"legal_name": deal["company"], "siren": deal["siren"], "registered_office": deal["office"], "country": "FR"}
    return {
        "document": {"reference": deal["reference"], "version": "1.0", "effective_date": deal["starts_on"]},
        "client": {name: value for name, value in client.items() if value},
        "client_contacts": [{"role": "technical-account", "name": deal["contact"], "email": deal["email"]}],
        "contract": {"kind": "general-terms"},
    }


def make(deal: sqlite3.Row, baseline: LoadedBaseline, output: Path) -> str | None:
    """Write the documents of a deal, whole or not at all; return what is wrong with it, None where nothing is."""
    try:
        built = build(load_agreement(record_of(deal), baseline=baseline), parts=["agreement"])
    except FindingsError as error:
        return "; ".join(f"{finding.path}: {finding.message.fr} → {finding.hint.fr}" for finding in error.diagnostics if finding.severity == "error")
    for path, content in built.files.items():
        place = output / deal["reference"] / path
        place.parent.mkdir(parents=True, exist_ok=True)
        waiting = place.with_suffix(".tmp")
        waiting.write_bytes(content)
        waiting.replace(place)
    return None


def run(database: Path, output: Path) -> tuple[int, int]:
    """Make all won deals; return how many were made, and how many are to be mended."""
    baseline = load_baseline(HERE.parent / "outscale" / "baseline.yaml")
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    made = wrong = 0
    for deal in connection.execute("SELECT * FROM deals WHERE state IN ('won', 'to mend') ORDER BY reference").fetchall():
        trouble = make(deal, baseline, output)
        made, wrong = made + (trouble is None), wrong + (trouble is not None)
        with connection:  # each deal by itself: a job that is stopped has lost none
            connection.execute(
                "UPDATE deals SET state = ?, trouble = ? WHERE reference = ?", ("to mend" if trouble else "made", trouble, deal["reference"])
            )
    connection.close()
    return made, wrong


def demo(database: Path) -> None:
    """Put two deals into a new database, one of them with a SIREN number that can't be."""
    with sqlite3.connect(database) as connection:
        connection.execute(TABLE)
        columns = "reference, company, siren, office, contact, email, starts_on"
        connection.executemany(f"INSERT OR IGNORE INTO deals ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", DEMO)  # noqa: S608  # no value of anybody's
    connection.close()


if __name__ == "__main__":
    where, into = (Path(each) for each in sys.argv[1:3])
    if not where.exists():
        demo(where)
    print("made {}, to mend {}".format(*run(where, into)))
