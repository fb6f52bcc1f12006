"""The list of names of a layer, with words taken into it: what else its file holds stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

_BLOCK: Final = r"(?m)^{language}:.*\n?(?:^[ \t-].*\n?|^[ \t]*\n(?=[ \t-]))*"


def with_names(text: str, known: Mapping[str, Any], added: Mapping[str, Iterable[str]]) -> str:
    """Return the text of a ``names.yaml`` with more names in each language, sorted; ``known`` is what it holds."""
    for language, names in added.items():
        listed = sorted({*map(str, known.get(language) or ()), *names}, key=lambda name: (name.casefold(), name))
        if not listed:
            continue
        block = f"{language}:\n" + "".join(f"  - {_quoted(name)}\n" for name in listed)
        found = re.search(_BLOCK.format(language=re.escape(language)), text)
        text = text[: found.start()] + block + text[found.end() :] if found is not None else f"{text.rstrip()}\n{block}".lstrip("\n")
    return text


def _quoted(name: str) -> str:
    """Return a name as YAML takes it for a text whatever it looks like."""
    return json.dumps(name, ensure_ascii=False)
