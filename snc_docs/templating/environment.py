"""The Jinja environment: sandboxed, strict, with a closed list of filters and no globals.

``{#id}`` is Markdown's anchor, so comments are ``<!-- … -->``. Every line of template text carries a mark with its
number, which the reader takes off again: that is how a finding in rendered Markdown knows its template line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment

from snc_docs.document.marks import line_mark
from snc_docs.templating.fields import Printable, Rows, View
from snc_docs.templating.filters import FILTERS
from snc_docs.templating.limits import COUNTED, counted


class LineMarks(Extension):
    """Put a line mark at the start of every line of template text."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template, its text marked; the reader knows which mark of a rendered line counts."""
        for token in stream:
            if token.type == "data":
                lines = enumerate(token.value.split("\n"), token.lineno)
                yield Token(token.lineno, "data", "\n".join(f"{line_mark(number)}{line}" for number, line in lines))
            else:
                yield token


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """The environment of all templates."""

    def __init__(self) -> None:
        """Set delimiters, strictness and the closed lists."""
        super().__init__(
            comment_start_string="<!--",
            comment_end_string="-->",
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            undefined=StrictUndefined,
            finalize=printable,
            extensions=[LineMarks],
            autoescape=False,
            optimized=False,  # nothing to fold in clauses, and compiling is most of a cold build
        )
        self.globals.clear()
        self.filters.clear()
        self.filters.update(FILTERS)
        self.filters[COUNTED] = counted
        self.tests = {name: test for name, test in self.tests.items() if name in ("defined", "none", "in")}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute; of a model a field, which needs none of the sandbox's looks: most of what templates ask for is one."""
        if type(obj) is View and not attribute.startswith("_"):
            try:
                return getattr(obj, attribute)
            except AttributeError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may reach an attribute: of a model its fields, of a value or a list nothing."""
        if isinstance(obj, View):
            return not attr.startswith("_")
        return not isinstance(obj, (Printable, Rows)) and super().is_safe_attribute(obj, attr, value)


def printable(value: Any) -> Any:
    """Return what may be printed; TypeError for a part or a list of the data, or a thing of Jinja's own."""
    if type(value) is Printable or isinstance(value, Undefined):
        return str(value)
    if not isinstance(value, (str, int)):
        what = "a list" if isinstance(value, Rows) else "several fields" if isinstance(value, View) else "nothing that prints"
        raise TypeError(f"{{{{ … }}}} prints one value, and this is {what}")
    return value
