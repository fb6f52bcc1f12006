"""The words of an amendment package: ``amendment.yaml`` of the templates, a user's own laid over the shipped one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.document.nodes import Inline, Text, Value
from snc_docs.errors import Wording
from snc_docs.language import Language
from snc_docs.language.typography import typeset
from snc_docs.model.source import Source, read_source
from snc_docs.patterns import regex
from snc_docs.templating.folders import TemplateFolders

_NAME: Final = "amendment.yaml"
_PLACE: Final = regex(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class PackageWords:
    """The words of one language; ``values`` are what ``{name}`` stands for, by name."""

    language: Language
    entries: dict[str, dict[str, str]]
    values: dict[str, str]

    def plain(self, group: str, name: str) -> str:
        """Return words without values, as the language sets them."""
        return typeset(self.entries[group][name], self.language)

    def inlines(self, group: str, name: str, **more: str) -> tuple[Inline, ...]:
        """Return words with the values in their places; one that opens the sentence has a capital."""
        values = {**self.values, **more}
        pieces = _PLACE.split(typeset(self.entries[group][name], self.language))
        inlines: list[Inline] = []
        for index, piece in enumerate(pieces):
            if index % 2:
                value = values[piece]
                inlines.append(Value(f"amendment.{piece}", value if inlines else value[:1].upper() + value[1:]))
            elif piece:
                inlines.append(Text(piece))
        return tuple(inlines)


def words_in(language: Language, values: dict[str, str], folders: TemplateFolders) -> PackageWords:
    """Return the words of one language; FindingsError for an own file with entries or places that the shipped one doesn't have."""
    *own, shipped = (read_source(path) for folder in folders.folders if (path := folder / _NAME).is_file())
    entries = {group: {name: entry[language] for name, entry in content.items()} for group, content in shipped.data.items()}
    for source in reversed(own):  # the uppermost last
        _lay_over(entries, source, shipped.data, language)
    return PackageWords(language, entries, values)


def _lay_over(entries: dict[str, dict[str, str]], source: Source, shipped: dict[str, Any], language: Language) -> None:
    findings = []
    for group, content in source.data.items():
        for name, entry in content.items() if isinstance(content, dict) else (("", content),):
            if _fits(shipped.get(group, {}).get(name), entry):
                entries[group][name] = entry[language]
            else:
                findings.append(_unknown(source, (group, name) if name else (group,)))
    if findings:
        raise FindingsError(findings)


def _fits(known: dict[str, str] | None, entry: Any) -> bool:
    """Return whether an entry of a user's has a text in each language, with no other values than the shipped text prints."""
    if known is None or not isinstance(entry, dict):
        return False
    texts = [(known[language], entry.get(language)) for language in known]
    return all(isinstance(text, str) and set(_PLACE.findall(text)) <= set(_PLACE.findall(shipped)) for shipped, text in texts)


def _unknown(source: Source, path: tuple[str, ...]) -> Diagnostic:
    name = ".".join(path)
    return Diagnostic.error(
        "amendment.words",
        Wording(
            f"« {name} » : entrée inconnue, sans texte dans les deux langues, ou valeur inconnue entre accolades",
            f"'{name}': unknown entry, no text in both languages, or an unknown value in braces",
        ),
        Wording("partir du fichier amendment.yaml fourni", "start from the amendment.yaml that is shipped"),
        file=source.name,
        line=source.line(path),
    )
