"""Headers and footers of a user's reference document, with what they need: relationships and pictures.

The last section's default ones are taken, and its first page's where it has a different first page (``w:titlePg``): they go to the cover.
LibreOffice writes a content control back without its tag, other programs without the control: our own placeholder words, as
``make-agreement init`` writes them, are then still recognised, so that they never print.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from snc_docs.archives import parsed
from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import SncDocsError, Wording
from snc_docs.word_content import OBJECTS, REVISIONS, active_fields, fetched_addresses, holds, linked_addresses
from snc_docs.writers.docx.package import Part
from snc_docs.writers.docx.verify import SAFE_LINK
from snc_docs.writers.docx.xml import Element, add_val, parse, qn, root, serialize

if TYPE_CHECKING:
    from docx.opc.part import Part as OpcPart

CONTROL_TAGS: Final = ("title", "identity", "confidentiality", "page", "of")
# The placeholders that nobody types by chance: where both stand as runs of their own, the others are ours too.
_UNMISTAKABLE: Final = frozenset(("identity", "confidentiality"))


class UnusableReferenceError(SncDocsError):
    """A reference document that can't be used."""

    exit_code = 2


def unusable(name: str, fr: str, en: str) -> UnusableReferenceError:
    """Return the error for a reference document that can't be used, with the way out."""
    return UnusableReferenceError(
        Wording(
            f"{name} : document de référence inutilisable ({fr}) ; partir de celui de « make-agreement init ».",
            f"{name}: unusable reference document ({en}); start from the one of 'make-agreement init'.",
        )
    )


@dataclass(frozen=True, slots=True)
class Margin:
    """A header or footer part as the reference has it, with the relationships and parts that it needs."""

    content: bytes
    relationships: tuple[tuple[str, str, bool, str], ...] = ()
    parts: tuple[Part, ...] = ()


class Margins:
    """The headers and footers of a document's last section."""

    def __init__(self, main: OpcPart, document: Element, name: str) -> None:
        """Look at the last section of a main part's body."""
        self._main, self._name = main, name
        section = document.find(f".//{qn('w:body')}/{qn('w:sectPr')}")
        self._references = [each for each in section if each.get(qn("r:id"))] if section is not None else []
        self._has_first = section is not None and section.find(qn("w:titlePg")) is not None
        self._has_bare_words = self._bare_words() >= _UNMISTAKABLE

    def of(self, kind: str, which: str = "default") -> Margin | None:
        """Return the ``header`` or ``footer`` of that type (ST_HdrFtr); None where there is none, or where Word doesn't show it."""
        part = self._part(kind, which)
        if part is None or (which == "first" and not self._has_first):
            return None
        self._check(part)
        relationships, parts = [], []
        for identifier, relation in part.rels.items():
            if relation.is_external:
                relationships.append((identifier, relation.reltype, True, relation.target_ref))
                continue
            target = relation.target_part
            if not target.content_type.startswith("image/"):
                raise unusable(
                    self._name,
                    "son en-tête ou son pied de page contient autre chose que du texte et des images",
                    "its header or footer holds more than text and pictures",
                )
            file = f"media/reference-{str(target.partname).rpartition('/')[2]}"
            relationships.append((identifier, relation.reltype, False, file))
            parts.append(Part(f"word/{file}", target.content_type, target.blob))
        return Margin(self._recognised(part.blob), tuple(relationships), tuple(parts))

    def _check(self, part: OpcPart) -> None:
        """Refuse what would fetch, run or ask something, or open a revision, in every document that is issued."""
        story = parsed(part.blob)
        active = ", ".join(sorted(active_fields(story)))
        if holds(story, REVISIONS):
            raise unusable(self._name, "son en-tête ou son pied de page porte des modifications suivies", "its header or footer has tracked changes")
        if active or holds(story, OBJECTS):
            raise unusable(
                self._name,
                f"son en-tête ou son pied de page lit ou lance quelque chose ({active or 'objet'})",
                f"its header or footer fetches or runs something ({active or 'object'})",
            )
        outside = [each for each in part.rels.values() if each.is_external]
        unsafe = [each.target_ref for each in outside if not (each.reltype.endswith("/hyperlink") and SAFE_LINK.match(each.target_ref))]
        unsafe += [*fetched_addresses(story), *(each for each in linked_addresses(story) if not SAFE_LINK.match(each))]
        if unsafe:
            raise unusable(
                self._name,
                f"son en-tête ou son pied de page renvoie hors du fichier ({unsafe[0]})",
                f"its header or footer leads outside the file ({unsafe[0]})",
            )

    def left_behind(self) -> Iterator[Diagnostic]:
        """Yield a warning for headers and footers of even pages, which our documents don't have."""
        if any(self._part(kind, "even") is not None for kind in ("header", "footer")):
            yield Diagnostic(
                "reference.even-pages",
                Severity.WARNING,
                Wording("l'en-tête ou le pied de page des pages paires n'est pas repris", "the header or footer of even pages isn't carried"),
                Wording("mettre le même sur toutes les pages", "put the same on all pages"),
                file=self._name,
            )

    def _part(self, kind: str, which: str) -> OpcPart | None:
        for each in self._references:
            if each.tag == qn(f"w:{kind}Reference") and each.get(qn("w:type"), "default") == which:
                part: OpcPart | None = self._main.related_parts.get(each.get(qn("r:id"), ""))
                return part
        return None

    def _bare_words(self) -> set[str]:
        """Return the placeholder words that stand in the default header and footer, in whatever is left of their controls."""
        parts = (self._part(kind, "default") for kind in ("header", "footer"))
        texts = (text for part in parts if part is not None for text in parse(part.blob).iter(qn("w:t")))
        return {text.text or "" for text in texts} & set(CONTROL_TAGS)

    def _recognised(self, content: bytes) -> bytes:
        """Return a header or footer in which our placeholder words have their tags again."""
        if not self._has_bare_words:
            return content
        element = parse(content)
        for text in list(element.iter(qn("w:t"))):
            run = text.getparent()
            if text.text in CONTROL_TAGS and run is not None and run.tag == qn("w:r"):
                _tag(run, text.text or "")
        return serialize(element)


def _tag(run: Element, name: str) -> None:
    """Give the control around a run its tag back, or the run a control; a control with a tag of its own stays."""
    control = next((each for each in run.iterancestors() if each.tag == qn("w:sdt")), None)
    if control is None:
        control = root("w:sdt", "w")
        run.addprevious(control)
        content = root("w:sdtContent", "w")
        control.append(content)
        content.append(run)
    properties = control.find(qn("w:sdtPr"))
    if properties is None:
        properties = root("w:sdtPr", "w")
        control.insert(0, properties)
    if properties.find(qn("w:tag")) is None:
        add_val(properties, "w:tag", f"snc:{name}")
