"""Make ``certificate-specimen.pdf``: one A4 page that can't be taken for a real qualification decision.

Run ``python examples/make_specimen.py`` to write it again; the same bytes come out each time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

TARGET: Final = Path(__file__).parent / "outscale" / "certificate-specimen.pdf"

_TEXTS: Final = (
    (2, 24, 72, 740, "Décision de qualification"),
    (2, 24, 72, 708, "Qualification decision"),
    (1, 12, 72, 650, "Référentiel / Framework: SecNumCloud, version 3.2"),
    (1, 12, 72, 628, "Prestataire / Service provider: Outscale"),
    (1, 12, 72, 606, "Service: CLOUD ON DEMAND (IaaS)"),
    (1, 12, 72, 584, "Référence / Reference: SPECIMEN-2026-01"),
    (1, 12, 72, 562, "Validité / Validity: 2026-01-15 – 2029-01-14"),
    (1, 11, 72, 500, "Ce document est un exemple produit par le projet snc_docs. Il n'a aucune valeur."),
    (1, 11, 72, 484, "This document is an example made by the snc_docs project. It has no value."),
)


def specimen() -> bytes:
    """Return the PDF."""
    lines = [f"BT /F{font} {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET" for font, size, x, y, text in _TEXTS]
    frame = "0.4 w 48 48 499 746 re S"
    stamp = "q 0.85 0.1 0.1 rg 0.707 0.707 -0.707 0.707 150 120 cm BT /F2 92 Tf 0 0 Td (SPECIMEN) Tj ET Q"
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
    TARGET.write_bytes(specimen())
