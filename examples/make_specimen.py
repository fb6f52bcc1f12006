"""Make the certificates of the examples: an A4 page each that can't be taken for a real qualification decision.

Run ``python examples/make_specimen.py`` to write them again; the same bytes come out each time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

FOLDER: Final = Path(__file__).parent


class Certificate(NamedTuple):
    """What one page says, and the word stamped over it, with its size in points."""

    provider: str
    service: str
    reference: str
    validity: str
    stamp: str
    size: int


CERTIFICATES: Final = {
    "outscale/certificate-specimen.pdf": Certificate(
        "Outscale", "CLOUD ON DEMAND (IaaS)", "SPECIMEN-2026-01", "2026-01-15 – 2029-01-14", "SPECIMEN", 92
    ),
    "complete/certificate.pdf": Certificate(
        "Nuage d'Iroise (imaginaire / imaginary)",
        "IROISE CONFIANCE (IaaS)",
        "IMAGINAIRE-2026-07",
        "2026-03-02 – 2029-03-01",
        "EXEMPLE",
        104,
    ),
    "software/certificate.pdf": Certificate(
        "Brouillard Documents (imaginaire / imaginary)", "BROUILLARD ESPACES (SaaS)", "IMAGINAIRE-2026-11", "2026-05-04 – 2029-05-03", "EXEMPLE", 104
    ),
    "software/certificate-altostrate.pdf": Certificate(
        "Altostrate (imaginaire / imaginary)", "ALTOSTRATE FONDATION (IaaS)", "IMAGINAIRE-2026-12", "2026-02-02 – 2029-02-01", "EXEMPLE", 104
    ),
    "seven-services/certificate.pdf": Certificate(
        "Altostrate (imaginaire / imaginary)",
        "ALTOSTRATE FONDATION (IaaS, CaaS, PaaS)",
        "IMAGINAIRE-2026-12",
        "2026-02-02 – 2029-02-01",
        "EXEMPLE",
        104,
    ),
    "seven-services/hds.pdf": Certificate(
        "Altostrate (imaginaire / imaginary)", "HDS, six activités / six activities", "IMAGINAIRE-HDS-04", "2026-03-10 – 2029-03-09", "EXEMPLE", 104
    ),
}


def page(certificate: Certificate) -> bytes:
    """Return the PDF of one certificate."""
    texts = (
        (2, 24, 72, 740, "Décision de qualification"),
        (2, 24, 72, 708, "Qualification decision"),
        (1, 12, 72, 650, "Référentiel / Framework: SecNumCloud, version 3.2"),
        (1, 12, 72, 628, f"Prestataire / Service provider: {certificate.provider}"),
        (1, 12, 72, 606, f"Service: {certificate.service}"),
        (1, 12, 72, 584, f"Référence / Reference: {certificate.reference}"),
        (1, 12, 72, 562, f"Validité / Validity: {certificate.validity}"),
        (1, 11, 72, 500, "Ce document est un exemple produit par le projet snc_docs. Il n'a aucune valeur."),
        (1, 11, 72, 484, "This document is an example made by the snc_docs project. It has no value."),
    )
    lines = [f"BT /F{font} {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET" for font, size, x, y, text in texts]
    frame = "0.4 w 48 48 499 746 re S"
    stamp = f"q 0.85 0.1 0.1 rg 0.707 0.707 -0.707 0.707 150 120 cm BT /F2 {certificate.size} Tf 0 0 Td ({certificate.stamp}) Tj ET Q"
    content = "\n".join((frame, *lines, stamp)).encode("cp1252")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    return _pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
    )


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _pdf(*objects: bytes) -> bytes:
    """Return a PDF file of numbered objects, the first of which is its catalogue."""
    body = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table) + trailer


if __name__ == "__main__":
    for name, certificate in CERTIFICATES.items():
        (FOLDER / name).write_bytes(page(certificate))
