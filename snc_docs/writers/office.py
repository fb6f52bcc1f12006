"""PDF by LibreOffice: a Word file in, a PDF out, in a profile folder of its own and within a time limit."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from snc_docs.errors import OfficeFailedError, OfficeMissingError, Wording

TIME_LIMIT: Final = 180.0
_NAMES: Final = ("soffice", "libreoffice")


def office_program() -> str | None:
    """Return the path of LibreOffice, or None where it isn't installed."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def to_pdf(word_file: bytes, *, time_limit: float = TIME_LIMIT) -> bytes:
    """Return the PDF of a Word file; OfficeMissingError without LibreOffice, OfficeFailedError if it gives none within ``time_limit`` seconds."""
    program = office_program()
    if program is None:
        raise OfficeMissingError(
            Wording(
                "LibreOffice est introuvable : l'installer (paquet libreoffice-writer) pour obtenir un PDF, ou choisir --format docx.",
                "LibreOffice isn't here: install it (package libreoffice-writer) to get PDF, or choose --format docx.",
            )
        )
    with tempfile.TemporaryDirectory(prefix="snc_docs-") as name:
        folder = Path(name)
        source = folder / "document.docx"
        source.write_bytes(word_file)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, "--headless", "--norestore", profile, "--convert-to", "pdf", "--outdir", str(folder), str(source)]
        said = _run(command, time_limit)
        pdf = folder / "document.pdf"
        if not pdf.is_file():
            raise _failed(f"aucun PDF ({said})", f"no PDF ({said})")
        return pdf.read_bytes()


def _run(command: list[str], time_limit: float) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=time_limit, check=False)  # noqa: S603  # our own command, no shell
    except subprocess.TimeoutExpired as error:
        raise _failed(f"pas fini après {time_limit:.0f} s", f"not done after {time_limit:.0f} s") from error
    except OSError as error:
        raise _failed(str(error), str(error)) from error
    return done.stderr.decode("utf-8", "replace").strip()[-300:] or f"exit {done.returncode}"


def _failed(fr: str, en: str) -> OfficeFailedError:
    return OfficeFailedError(
        Wording(
            f"LibreOffice a échoué : {fr} ; réessayer, ou choisir --format docx.", f"LibreOffice failed: {en}; try again, or choose --format docx."
        )
    )
