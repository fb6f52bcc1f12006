"""An endpoint that makes agreements: a deal as JSON in, a ZIP of Word files out, or what is wrong with which field.

uvicorn web:app
curl -s http://127.0.0.1:8000/agreements -H 'Content-Type: application/json' -d @deal.json -o agreement.zip
"""

from __future__ import annotations

import asyncio
import io
import os
import zipfile
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from snc_docs import FindingsError, build, json_schema, load, load_baseline

HERE = Path(__file__).parent
# Read and checked once, when the service starts: a baseline that is wrong keeps it from starting. Layers of clause files are named in it, or
# given here (templates=…): a deal that names some is refused, so that nobody chooses the wording from outside.
BASELINE = load_baseline(Path(os.environ.get("BASELINE", HERE.parent / "outscale" / "baseline.yaml")))
MOST_BYTES = 1024 * 1024


def made(record: str) -> bytes:
    """Return the ZIP of one deal's documents; FindingsError with all that is wrong with it."""
    built = build(load(record, baseline=BASELINE), parts=["agreement"])
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, file in built.files.items():
            archive.writestr(path.as_posix(), file)
    return content.getvalue()


async def agreements(request: Request) -> Response:
    """Answer one deal; the work is done in a thread, so that others are answered meanwhile."""
    body = await request.body()
    if len(body) > MOST_BYTES:
        return JSONResponse({"error": "too large"}, 413)
    text = body.decode("utf-8", "replace")
    if not text.lstrip().startswith("{"):  # other text would be the name of a file
        return JSONResponse({"error": "a JSON object is expected"}, 400)
    try:
        return Response(await asyncio.to_thread(made, text), media_type="application/zip")
    except FindingsError as error:
        return JSONResponse({"findings": [finding.as_dict() for finding in error.diagnostics]}, 422)


async def schema(_: Request) -> Response:
    """Answer with the JSON Schema of a deal, from which a form can be made."""
    return JSONResponse(json_schema("client"))


app = Starlette(routes=[Route("/agreements", agreements, methods=["POST"]), Route("/schema", schema)])
