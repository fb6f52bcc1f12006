"""rust-docxtpl in an environment and a process of its own: it goes by the import name of docxtpl, and refuses to run beside it.

Run there, it reads a list of (template, values) from a file and renders the one that each line of its
standard input names, answering with the processor time that it took.
"""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

PYTHON = Path(sys.prefix) / "rust-docxtpl" / "bin" / "python"


class RustPeer:
    """Renders templates with rust-docxtpl, warm."""

    def __init__(self, jobs: list[tuple[bytes, dict[str, Any]]], folder: Path) -> None:
        """Start the process, which reads the jobs first."""
        path = folder / "jobs.json"
        path.write_text(json.dumps([(base64.b64encode(template).decode(), values) for template, values in jobs]))
        self._process = subprocess.Popen([PYTHON, __file__, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def seconds(self, job: int) -> float:
        """Render a job and return the processor time that it took."""
        asked, answers = self._process.stdin, self._process.stdout
        if asked is None or answers is None:
            raise RuntimeError("both are pipes")
        asked.write(f"{job}\n")
        asked.flush()
        return float(answers.readline())

    def close(self) -> None:
        """End the process."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(10)


def main() -> None:
    """Render what standard input asks for."""
    from docxtpl import DocxTemplate

    jobs = [(base64.b64decode(template), values) for template, values in json.loads(Path(sys.argv[1]).read_text())]
    for line in sys.stdin:
        template, values = jobs[int(line)]
        start = time.process_time()
        document = DocxTemplate(io.BytesIO(template))
        document.render(values, autoescape=True)
        document.save(io.BytesIO())
        print(time.process_time() - start, flush=True)


if __name__ == "__main__":
    main()
