"""An agreement inspected in its languages: the documents, and all that is wrong with them.

What is found in the documents of an agreement depends on its data and on clauses alone: where an earlier run looked at the same, its
findings are on the shelf. So nothing that takes long is imported here before it is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.inputs import read_file
from snc_docs.language import Language
from snc_docs.model.agreement import Agreement
from snc_docs.model.attachments import files_of
from snc_docs.model.loading import Loaded
from snc_docs.model.sharing import spelled
from snc_docs.shelf import JSON, Form, shelved
from snc_docs.templating.folders import OWN_CLAUSES, Layers, TemplateFolders, clauses_digest, layered

if TYPE_CHECKING:
    from snc_docs.building.documents import Documents

# Beside the baseline: what legal ticked last.
TICKED: Final = "statements.json"


def inspected(loaded: Loaded, languages: Iterable[Language], templates: Layers) -> tuple[Documents, list[Diagnostic]]:
    """Return the document of each language that can be assembled, and every finding, with the file and line of its data."""
    inspection = _inspection(loaded, languages, templates)
    findings = _located(loaded, inspection)  # before the documents, which may then be assembled alone
    return inspection.documents, findings


def findings_in(loaded: Loaded, languages: Iterable[Language], templates: Layers) -> list[Diagnostic]:
    """Return the findings of ``inspected`` alone, for who needs no documents."""
    return _located(loaded, _inspection(loaded, languages, templates))


def _inspection(loaded: Loaded, languages: Iterable[Language], templates: Layers) -> _Inspection:
    return _Inspection(loaded.agreement, tuple(dict.fromkeys(languages)), templates)


@dataclass(frozen=True)
class _Inspection:
    """What the documents of an agreement are, and what is found in them."""

    agreement: Agreement
    languages: tuple[Language, ...]
    templates: Layers

    @cached_property
    def folders(self) -> TemplateFolders:
        """The layers of its clauses."""
        return layered(self.agreement, self.templates)

    @cached_property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What is found, whatever lies beside the agreement's files."""
        return shelved("findings", _FINDINGS, self._depends, lambda: self._looked_at[1])

    @cached_property
    def documents(self) -> Documents:
        """The document of each language that can be assembled; nobody looks at it a second time."""
        if "_looked_at" in vars(self):  # the findings weren't on the shelf
            return self._looked_at[0]
        from snc_docs.building.documents import assembled

        return assembled(self.agreement, self.languages, self.templates)

    def _depends(self) -> Iterator[str | bytes]:
        yield ",".join(self.languages)
        yield from (spelled(value) for _, value in self.agreement)
        yield from (file.content for file in files_of(self.agreement))
        for folder in self.folders.folders:
            yield from (str(folder), clauses_digest(folder))

    @cached_property
    def _looked_at(self) -> tuple[Documents, tuple[Diagnostic, ...]]:
        from snc_docs.building.documents import looked_at

        return looked_at(self.agreement, self.languages, self.templates)


def _finding(values: list[Any]) -> Diagnostic:
    rule, severity, message, hint, *others = values
    return Diagnostic(rule, Severity(severity), Wording(*message), Wording(*hint), *others)


_FINDINGS: Final = Form[tuple[Diagnostic, ...]](
    lambda findings: JSON.write([astuple(each) for each in findings]), lambda content: tuple(map(_finding, JSON.read(content)))
)


def _located(loaded: Loaded, inspection: _Inspection) -> list[Diagnostic]:
    """Return what is found in the documents, and in what lies beside the baseline."""
    found = [*inspection.findings, *_unticked(loaded, inspection), *_unnamed(loaded, inspection.folders)]
    return [loaded.located(finding) for finding in dict.fromkeys(found)]


def _unticked(loaded: Loaded, inspection: _Inspection) -> Iterator[Diagnostic]:
    """Yield what the documents state beyond the list that was ticked, where one lies beside the baseline."""
    path = loaded.folder / TICKED if loaded.folder is not None else None
    if path is None or not path.is_file():
        return
    from snc_docs.reporting.statements import keys_ticked, statements, unticked

    known = keys_ticked(read_file(path), str(path))
    for document in inspection.documents.values():
        yield from unticked(statements(document, inspection.folders), known)


def _unnamed(loaded: Loaded, folders: TemplateFolders) -> Iterator[Diagnostic]:
    """Yield a warning where clauses lie beside the baseline, in the folder where ``init`` writes them, and nothing says to use them."""
    folder = loaded.folder / OWN_CLAUSES if loaded.folder is not None else None
    if folder is None or not any(folder.glob("*/*.md.j2")) or any(folder.samefile(each) for each in folders.folders):
        return
    yield Diagnostic(
        "templates.unnamed",
        Severity.WARNING,
        Wording("ces clauses à côté du socle ne servent à rien", "these clauses beside the baseline are used for nothing"),
        Wording(
            f"ajouter au socle « templates: {OWN_CLAUSES} », ou les donner par --templates ; sinon les ranger ailleurs",
            f"add 'templates: {OWN_CLAUSES}' to the baseline, or give them with --templates; else keep them elsewhere",
        ),
        file=str(folder),
    )
