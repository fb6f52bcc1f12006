"""Document properties (``docProps``): all from the data, none from the clock or the machine."""

from __future__ import annotations

import re
from functools import partial
from html import escape as html_escape
from typing import Final

from snc_docs._version import __version__
from snc_docs.document.nodes import Properties
from snc_docs.writers.docx.package import Package, Part

escape = partial(html_escape, quote=False)
_CORE: Final = "application/vnd.openxmlformats-package.core-properties+xml"
_APP: Final = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_CORE_RELATION: Final = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def add_properties(package: Package, properties: Properties, locale: str) -> None:
    """Add the core and extended properties of a document."""
    package.add(Part("docProps/core.xml", _CORE, _core(properties, locale).encode()))
    package.add(Part("docProps/app.xml", _APP, _app(properties.author).encode()))
    relations = package.relations_of("")
    relations.id_for(_CORE_RELATION, "docProps/core.xml")
    relations.id_for("extended-properties", "docProps/app.xml")


def _core(properties: Properties, locale: str) -> str:
    elements = [
        ("dc:title", properties.title),
        ("dc:subject", properties.subject),
        ("dc:creator", properties.author),
        ("cp:lastModifiedBy", properties.author),
        ("dc:identifier", properties.reference),
        ("cp:version", properties.version),
        ("dc:language", locale),
    ]
    rows = [f"<{name}>{escape(text)}</{name}>" for name, text in elements if text]
    if properties.date:
        rows += [f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{properties.date}T00:00:00Z</dcterms:{name}>' for name in ("created", "modified")]
    namespaces = (
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    return f"{_DECLARATION}<cp:coreProperties {namespaces}>{''.join(rows)}</cp:coreProperties>"


def _app(company: str) -> str:
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{_DECLARATION}<Properties xmlns="{namespace}"><Application>snc_docs</Application><Company>{escape(company)}</Company><AppVersion>{_app_version(__version__)}</AppVersion></Properties>'


def _app_version(version: str) -> str:
    """Return this package's version in the form ``AppVersion`` asks for, XX.YYYY."""
    numbers = re.match(r"(\d{1,2})\.(\d{1,4})", version)
    major, minor = numbers.groups() if numbers else ("0", "0")
    return f"{int(major):02d}.{int(minor):04d}"
