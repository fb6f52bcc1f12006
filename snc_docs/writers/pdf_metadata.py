"""The metadata of a PDF (XMP, ISO 16684-1): what the document is, and which standards it keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from snc_docs.document.nodes import Properties

# PDF/A knows the properties of XMP itself; any other is described in the file (ISO 19005-2, 6.6.2.3.2), PDF/UA's too.
_PDF_UA_SCHEMA: Final = """\
  <rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>The part of ISO 14289 that the file keeps</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
"""
_NAMESPACES: Final = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
}


def metadata_packet(properties: Properties, locales: Sequence[str], producer: str) -> str:
    """Return the XMP packet of a PDF/UA-1 and PDF/A-2a file; what is unknown is left out, and no clock is read."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    rows = "".join(f"   <{name}>{value}</{name}>\n" for name, value in _entries(properties, locales, producer))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        ' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'  <rdf:Description rdf:about="" {spaces}>\n{rows}  </rdf:Description>\n{_PDF_UA_SCHEMA}'
        ' </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
    )


def _entries(properties: Properties, locales: Sequence[str], producer: str) -> Iterator[tuple[str, str]]:
    yield "pdfaid:part", "2"
    yield "pdfaid:conformance", "A"
    yield "pdfuaid:part", "1"
    yield "dc:title", _words(properties.title)
    if properties.subject:
        yield "dc:description", _words(properties.subject)
    if properties.author:
        yield "dc:creator", f"<rdf:Seq><rdf:li>{_text(properties.author)}</rdf:li></rdf:Seq>"
    yield "dc:language", f"<rdf:Bag>{''.join(f'<rdf:li>{_text(each)}</rdf:li>' for each in locales)}</rdf:Bag>"
    if properties.date:
        yield "xmp:CreateDate", f"{properties.date}T00:00:00Z"
    if producer:
        yield "pdf:Producer", _text(producer)


def _words(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{_text(text)}</rdf:li></rdf:Alt>'


def _text(text: str) -> str:
    return escape(text, quote=False)
