"""Faults to seed into a clause file: each kind gives every text that has one such fault in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

Seeder = Callable[[str], Iterator[str]]

_HEADING: Final = re.compile(r"^##+ ")
_OPENS: Final = re.compile(r"^\{% (?:if|for) ")
_CLOSES: Final = re.compile(r"^\{% (?:endif|endfor) ")
_BRANCHES: Final = re.compile(r"^\{% (?:else|elif)")


def _without(lines: list[str], start: int, end: int) -> str:
    return "\n".join(lines[:start] + lines[end:])


def _each(pattern: str, replacement: Callable[[re.Match[str]], str]) -> Seeder:
    def seed(text: str) -> Iterator[str]:
        for match in re.finditer(pattern, text, flags=re.MULTILINE):
            yield text[: match.start()] + replacement(match) + text[match.end() :]

    return seed


def sections_deleted(text: str) -> Iterator[str]:
    """Delete a part of the clause from its heading to where it ends, controls kept in balance."""
    lines = text.split("\n")
    for start, line in enumerate(lines):
        if _HEADING.match(line):
            depth, end = 0, start + 1
            while end < len(lines) and not (_HEADING.match(lines[end]) and depth == 0):
                depth += bool(_OPENS.match(lines[end])) - bool(_CLOSES.match(lines[end]))
                if depth < 0 or (depth == 0 and _BRANCHES.match(lines[end])):
                    break
                end += 1
            while end > start and _OPENS.match(lines[end - 1]):  # the condition of the part that follows
                end -= 1
            yield _without(lines, start, end)


def paragraphs_deleted(text: str) -> Iterator[str]:
    """Delete a paragraph outside directives and lists; one at least stays in the clause."""
    lines = text.split("\n")
    inside = False
    for start, line in enumerate(lines):
        if line.startswith(":::"):
            inside = not inside and line.split()[1:] != [] and line.split()[1] not in ("contents", "embed", "pagebreak")
            continue
        begins = start == 0 or not lines[start - 1].strip() or lines[start - 1].startswith("{%")
        if inside or not begins or not re.match(r"[\w\[{*(«“«]", line) or re.match(r"\{%|\d+\. ", line):
            continue
        end = start
        while end < len(lines) and lines[end].strip() and not lines[end].startswith("{%"):
            end += 1
        yield _without(lines, start, end)


def columns_deleted(text: str) -> Iterator[str]:
    """Delete the last column of a table that has several."""
    for match in re.finditer(r"^::: table widths=([\d,]+)\n(.*?)^:::$", text, flags=re.MULTILINE | re.DOTALL):
        widths = [int(width) for width in match.group(1).split(",")]
        if len(widths) == 1:
            continue
        fewer = [*widths[:-2], widths[-2] + widths[-1]]
        rows = re.sub(r"^(\|(?!=).*\|)[^|\n]*(?:\{\{[^}]*\}\}[^|\n]*)?\|$", r"\1", match.group(2), flags=re.MULTILINE)
        yield f"{text[: match.start()]}::: table widths={','.join(map(str, fewer))}\n{rows}:::{text[match.end() :]}"


def _negated(match: re.Match[str]) -> str:
    return f"{{% {match.group(1)} not ({match.group(2)}) %}}"


def _next_figure(match: re.Match[str]) -> str:
    return str(int(match.group()) + 1)


KINDS: Final[dict[str, Seeder]] = {
    "section deleted": sections_deleted,
    "anchor renamed": _each(r"\{#([a-z0-9-]+)\}", lambda match: f"{{#{match.group(1)}-x}}"),
    "figure changed": _each(r"(?<![\w{(=/#-])\d+(?![\w}]|\. )(?=[^{}]*(?:\{\{|\{%|$))(?![\d,]*$)", _next_figure),
    "field dropped": _each(r"(?<!embed )(?<!# )\{\{ (?!loop|deletion\|choose|\w+\|agreed)[^}]*\}\}", lambda _: "x"),
    "condition negated": _each(r"\{% (if|elif) (.*?) %\}", _negated),
    "loop filter negated": _each(r"(\{% for .*? )if (.*?) %\}", lambda match: f"{match.group(1)}if not ({match.group(2)}) %}}"),
    "loop changed": _each(r"\{% for (\w+) in ([\w.]+)", lambda match: f"{{% for {match.group(1)} in service.offer"),
    "paragraph deleted": paragraphs_deleted,
    "list item deleted": _each(r"^(?:- |\d+\. ).*(?:\n {2,}.*)*\n", lambda _: ""),
    "table row deleted": _each(r"^\|(?!=).*\|\n(?=\{% endfor|\||:::)", lambda _: ""),
    "table column deleted": columns_deleted,
    "reference dropped": _each(r"\[(?::\w+)?\]\(#[^)]*\)", lambda _: "x"),
    "reference redirected": _each(r"\]\(#[^)]*\)", lambda _: "](#purpose)"),
    "statement unmarked": _each(r"\[([^\]]*)\]\(says:[^)]*\)", lambda match: match.group(1)),
    "definition dropped": _each(r"\[([^\]]*)\]\(def:[^)]*\)", lambda match: match.group(1)),
    "definition entry dropped": _each(r"^.*\{#def-.*\}\n: .*\n", lambda _: ""),
}
