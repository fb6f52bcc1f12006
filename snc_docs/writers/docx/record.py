"""Custom XML parts (ECMA-376 part 1, 15.2.5 and 22.5): what a file carries beside its text, kept by Word when it saves the file.

The record is ``customXml/item1.xml``, related to document.xml; its properties part gives it the identifier that Word asks for.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from snc_docs.patterns import regex
from snc_docs.writers.docx.package import Package, Part

_PROPERTIES: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
# Any identifier will do, as long as no other part of the file has it.
_STORE: Final = "{5E0C5EC4-0000-4000-8000-53454E434C44}"
# Where the JSON of a tree begins a clause or an appendix (``document/codec``), and that of data the baseline's part and what follows it (``model/stored``).
_CLAUSE: Final = regex(rb'\{"type": "Section", "id": "[^"]*", "role": "(?!subsection)')
_BASELINE: Final = (b',"baseline":{', b',"declared":[')


def add_record(package: Package, record: bytes) -> None:
    """Add ``record``, an XML document, to a package; each clause is a piece, and so is the baseline's data, which many documents share."""
    found = [at for each in _BASELINE if (at := record.find(each)) >= 0]
    cuts = [0, *sorted({*found, *(match.start() for match in _CLAUSE.finditer(record))}), len(record)]
    pieces = tuple(record[start:end] for start, end in pairwise(cuts) if end > start)
    custom_xml(package, 1, _STORE, record, pieces)


def custom_xml(package: Package, number: int, identifier: str, content: bytes, pieces: tuple[bytes, ...] = ()) -> None:
    """Add an XML document to a package as its custom part of that ``number``, with the ``identifier`` of its store."""
    properties = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        f'<ds:datastoreItem ds:itemID="{identifier}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs/></ds:datastoreItem>'
    )
    package.add(Part(f"customXml/item{number}.xml", "application/xml", content, pieces))
    package.add(Part(f"customXml/itemProps{number}.xml", _PROPERTIES, properties.encode()))
    package.relations_of("word/document.xml").id_for("customXml", f"../customXml/item{number}.xml")
    package.relations_of(f"customXml/item{number}.xml").id_for("customXmlProps", f"itemProps{number}.xml")
