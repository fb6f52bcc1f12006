"""The way of the old version through a comparison: few modules, and hardly any that it comes back to."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from types import FrameType

import snc_docs
from snc_docs import load
from snc_docs.building.versions import differences, inspected_version
from tests.tools import EXAMPLES, TODAY

_PACKAGE = Path(snc_docs.__file__).parent
_MOST_MODULES, _MOST_RETURNS = 20, 10


@contextmanager
def _followed(*objects: object) -> Iterator[list[str]]:
    """Give the modules that are handed one of these objects, in order, as long as the block runs."""
    wanted = {id(each) for each in objects}
    way: list[str] = []

    def look(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(str(_PACKAGE)) and not code.co_name.startswith("<"):
            names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
            if any(id(frame.f_locals.get(name)) in wanted for name in names):
                way.append(Path(code.co_filename).relative_to(_PACKAGE).as_posix())

    sys.setprofile(look)
    try:
        yield way
    finally:
        sys.setprofile(None)


def test_the_old_version_passes_few_modules_and_hardly_comes_back() -> None:
    old, new = (inspected_version(load(EXAMPLES / name / "client.yaml", today=TODAY))[0] for name in ("outscale", "complete"))
    documents = list(old.documents.values())
    with _followed(old, old.agreement, *documents, *(each.sections for each in documents)) as way:
        assert differences(old, new, formats=("docx", "html", "text", "json"), today=TODAY).files
    stays = [module for module, _ in groupby(way)]
    assert {"diff/comparison.py", "diff/redline.py", "diff/merging.py"} <= set(stays)
    assert len(set(stays)) <= _MOST_MODULES
    assert len(stays) - len(set(stays)) <= _MOST_RETURNS
