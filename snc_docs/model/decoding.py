"""The bytes of a data file as text, and what is said of those that are none."""

from __future__ import annotations

from typing import Final

from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.errors import Wording

# Files that people give for data, by how they begin.
_NO_DATA: Final = {
    b"PK\x03\x04": Wording("un fichier Word, Excel ou une archive", "a Word or Excel file, or an archive"),
    b"\xd0\xcf\x11\xe0": Wording("un fichier Word ou Excel de l'ancien format", "a Word or Excel file of the old format"),
    b"%PDF": Wording("un fichier PDF", "a PDF file"),
    b"{\\rtf": Wording("un fichier RTF", "an RTF file"),
}


_SAVE_AS_UTF_8: Final = Wording(
    "l'enregistrer en UTF-8 (Bloc-notes : Enregistrer sous, Encodage : UTF-8)", "save it as UTF-8 (Notepad: Save as, Encoding: UTF-8)"
)


def decoded(raw: bytes, name: str) -> str:
    """Return the text of a file in UTF-8; FindingsError for another kind of file, or another encoding."""
    kind = next((kind for signature, kind in _NO_DATA.items() if raw.startswith(signature)), None)
    if kind is not None:
        hint = Wording(
            "donner le fichier client ou le socle (YAML, JSON) ; pour comparer un document émis : « make-agreement diff »",
            "give the client file or the baseline (YAML, JSON); to compare an issued document: 'make-agreement diff'",
        )
        raise malformed(name, 1, Wording(f"c'est {kind.fr}, non un fichier de données", f"this is {kind.en}, no data file"), hint)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise malformed(name, line, Wording("le fichier n'est pas en UTF-8", "the file isn't UTF-8"), _SAVE_AS_UTF_8) from error


def malformed(name: str, line: int, message: Wording, hint: Wording) -> FindingsError:
    """Return the finding on a file that can't be read, at its line."""
    return FindingsError([Diagnostic.error("file.malformed", message, hint, file=name, line=line)])
