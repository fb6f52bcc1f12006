"""PDF by LibreOffice: a Word file in, a PDF out, in a profile folder of its own and within a time limit."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from glob import glob
from pathlib import Path
from typing import Final

from snc_docs.errors import OfficeFailedError, OfficeMissingError, Wording
from snc_docs.inputs import system_reason

TIME_LIMIT: Final = 180.0
_LAST_LOOKS, _LOOK = 40, 0.05
_NAMES: Final = ("soffice", "libreoffice")


# Where installers put it without telling the search path: Windows, macOS, Linux. SNC_OFFICE names any other place.
_PLACES: Final = (
    "{ProgramFiles}/LibreOffice/program/soffice.exe",
    "{ProgramFiles(x86)}/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "{HOME}/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice*/program/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
# The variable of the environment that names it.
OFFICE: Final = "SNC_OFFICE"
# Where the program is in the folder of an installation: Windows and Linux, macOS.
_INSIDE: Final = ("program/soffice.exe", "program/soffice", "Contents/MacOS/soffice")


def office_program() -> str | None:
    """Return the path of LibreOffice: the one that SNC_OFFICE names, one on the search path, or one where installers put it; None where there is none."""
    named = os.environ.get(OFFICE)
    if named:
        return named_program(named)
    return next((path for name in _NAMES if (path := shutil.which(name))), None) or next(_installed(), None)


def named_program(named: str) -> str | None:
    """Return the path of the program that a name, a path, or the folder of an installation leads to; None for what is no program."""
    return shutil.which(named) or next((path for each in _INSIDE if (path := shutil.which(str(Path(named, each))))), None)


def _installed() -> Iterator[str]:
    for place in _PLACES:
        try:
            pattern = place.format_map(os.environ)
        except KeyError:
            continue  # a folder of another system
        yield from (path for path in sorted(glob(pattern), reverse=True) if shutil.which(path))  # noqa: PTH207  # from the root on, wherever that is


def to_pdf(word_file: bytes, *, time_limit: float = TIME_LIMIT) -> bytes:
    """Return the PDF of a Word file, tagged and with its language; OfficeMissingError without LibreOffice, OfficeFailedError if it gives none whole within ``time_limit`` seconds."""
    program = office_program()
    if program is None:
        raise OfficeMissingError(
            Wording(
                "LibreOffice est introuvable : l'installer (libreoffice.org ; sous Debian ou Ubuntu, le paquet libreoffice-writer), dire où il est par --office ou SNC_OFFICE, ou choisir --format docx.",
                "LibreOffice isn't here: install it (libreoffice.org; on Debian or Ubuntu the package libreoffice-writer), say where it is by --office or SNC_OFFICE, or choose --format docx.",
            )
        )
    with tempfile.TemporaryDirectory(prefix="snc_docs-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / "document.docx"
        source.write_bytes(word_file)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, "--headless", "--norestore", profile, "--convert-to", _EXPORT, "--outdir", str(folder), str(source)]
        said = _run(command, time_limit)
        pdf = folder / "document.pdf"
        content = pdf.read_bytes() if pdf.is_file() else b""
        if not content:
            raise _failed(f"aucun PDF ({said})", f"no PDF ({said})")
        if not (content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")):
            raise _failed("le PDF est coupé", "the PDF is cut")
        return content


# What archives and public bodies ask for: PDF/A-2 (SelectPdfVersion 2), PDF/UA-1 with its tags (ISO 32000-1, 14.8), headings as
# bookmarks with a named destination each (12.3.2.3), by which ``layout`` knows the page that a heading stands on, and the title in the window's bar. ``writers/pdf`` adds what LibreOffice leaves out.
_OPTIONS: Final[dict[str, tuple[str, str]]] = {
    "SelectPdfVersion": ("long", "2"),
    "PDFUACompliance": ("boolean", "true"),
    "UseTaggedPDF": ("boolean", "true"),
    "ExportBookmarks": ("boolean", "true"),
    "ExportBookmarksToPDFDestination": ("boolean", "true"),
    "DisplayPDFDocumentTitle": ("boolean", "true"),
}
_EXPORT: Final = "pdf:writer_pdf_Export:" + json.dumps({name: {"type": kind, "value": value} for name, (kind, value) in _OPTIONS.items()})


def _run(command: list[str], time_limit: float) -> str:
    """Run LibreOffice and return what it said; whatever ends the wait ends it too, with the processes that it started."""
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=_OWN_GROUP)  # noqa: S603  # our own command, no shell
    except OSError as error:
        reason = system_reason(error)
        raise _failed(reason.fr, reason.en) from error
    try:
        _, said = process.communicate(timeout=time_limit)
    except subprocess.TimeoutExpired as error:
        raise _failed(f"pas fini après {time_limit:.0f} s", f"not done after {time_limit:.0f} s") from error
    finally:
        _end_group(process)
    words = said.decode("utf-8", "replace").strip()[-300:]
    if process.returncode != 0:
        raise _failed(f"code {process.returncode} {words}".strip(), f"exit {process.returncode} {words}".strip())
    return words or "exit 0"


# ``soffice`` is a script that starts the program itself: all of them are one group, which ends together.
_OWN_GROUP: Final = sys.platform != "win32"


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started, unless it ended well by itself; its streams are closed."""
    if process.poll() == 0:
        _close(process)
        return
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603, S607  # Windows's own program
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # it ended by itself
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            for _ in range(_LAST_LOOKS):  # its folder is deleted next: not under the hands of one that is still ending
                os.killpg(process.pid, 0)
                time.sleep(_LOOK)
    process.wait()
    _close(process)


def _close(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def _failed(fr: str, en: str) -> OfficeFailedError:
    return OfficeFailedError(
        Wording(
            f"LibreOffice a échoué : {fr} ; réessayer, ou choisir --format docx.", f"LibreOffice failed: {en}; try again, or choose --format docx."
        )
    )
