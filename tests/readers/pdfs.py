"""PDF files written object by object, for what no library makes: fields with and without appearance, signatures, XFA, portfolios."""

from __future__ import annotations

HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf(*objects: str | bytes, catalog: str = "", page: str = "", content: str = "0.9 g 20 20 10 10 re f") -> bytes:
    """Return a PDF of one page, 200 by 200 points: object 1 is the catalog, 3 the page, and ``objects`` are numbered from 6."""
    stream = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    whole = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> {page} >>",
        stream,
        HELVETICA,
        *objects,
    ]
    written = b"%PDF-1.7\n"
    places = []
    for number, each in enumerate(whole, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + (each if isinstance(each, bytes) else each.encode()) + b"\nendobj\n"
    table = f"xref\n0 {len(whole) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010d} 00000 n \n" for place in places)
    return written + f"{table}trailer\n<< /Size {len(whole) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n".encode()


def form(*fields: str, more: str = "", appearances: tuple[str, ...] = ()) -> bytes:
    """Return a PDF with form fields on its page; ``appearances`` follow them as objects."""
    numbers = " ".join(f"{index} 0 R" for index in range(6, 6 + len(fields)))
    acro_form = f"/AcroForm << /Fields [{numbers}] /DA (/F1 12 Tf 0 g) /DR << /Font << /F1 5 0 R >> >> {more} >>"
    return pdf(*fields, *appearances, catalog=acro_form, page=f"/Annots [{numbers}]")


def appearance(content: str, box: str = "[0 0 100 40]") -> str:
    """Return an appearance stream."""
    return (
        f"<< /Type /XObject /Subtype /Form /BBox {box} /Resources << /Font << /F1 5 0 R >> >> /Length {len(content)} >>\nstream\n{content}\nendstream"
    )
