"""One redline in a process of its own, for its time and memory: ENGINE OLD NEW OUT, all three Word files."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from pathlib import Path

AUTHOR, MOMENT = "Benchmark", "2026-11-25T00:00:00Z"


def ours(old: bytes, new: bytes) -> bytes:
    """Return our redline of two files that carry their trees."""
    import gc
    from datetime import UTC, datetime

    from snc_docs.diff.redline import redline
    from snc_docs.records import issued_document
    from snc_docs.writers import write

    gc.set_threshold(200_000)  # as the command does
    was, now = (issued_document(content, "file") for content in (old, new))
    return write(redline(was, now, AUTHOR, datetime.fromisoformat(MOMENT).astimezone(UTC)), "docx")


def docxodus(old: bytes, new: bytes) -> bytes:
    """Return the redline of python-redlines with its docxodus engine."""
    from python_redlines.engines import DocxodusEngine

    content: bytes = DocxodusEngine().run_redline(AUTHOR, old, new)[0]
    return content


def rdocx(old: bytes, new: bytes) -> bytes:
    """Return the redline of rdocx, word by word."""
    from rdocx import Document

    document = Document.from_bytes(old)
    document.compare(Document.from_bytes(new), AUTHOR, MOMENT, granularity="word")
    content: bytes = document.to_bytes()
    return content


def peak() -> float:
    """Return the most MiB that this process has held; ru_maxrss would count what started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


ENGINES: dict[str, Callable[[bytes, bytes], bytes]] = {"snc_docs": ours, "docxodus": docxodus, "rdocx": rdocx}


if __name__ == "__main__":
    engine, old_path, new_path, out = sys.argv[1:]
    Path(out).write_bytes(ENGINES[engine](Path(old_path).read_bytes(), Path(new_path).read_bytes()))
    print(max(peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024))
