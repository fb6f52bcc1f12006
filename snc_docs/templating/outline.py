"""The outline: which clauses and appendices a document has, in which order and role, once for all languages.

``outline.yaml`` is a list of ``{id, role, when, covers, landscape}``; an entry of role ``part`` belongs to the clause or appendix above it; ``when`` is a template condition on the data (none:
always), ``covers`` the requirements that the clause declares to meet. A user's own ``outline.yaml`` either takes the
place of the shipped one or, with ``add:``, puts entries behind those that their ``after`` names, with ``move:`` does so with entries that are there
and, with ``leave_out:``, takes out entries by identifier, a clause with its parts. The names that lint
must not take for defined terms are in ``names.yaml``, a list for each language, with the terms to avoid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, get_args

from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.document.nodes import IDENTIFIER, SectionRole
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.model.source import Source, parse_source
from snc_docs.patterns import regex
from snc_docs.templating.folders import TemplateFolders

_FIELDS: Final = {"id", "role", "when", "covers", "landscape"}
# Names of devices, whatever follows them: a clause's name is that of its files.
_RESERVED: Final = regex(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
# A part of the clause above it has a file of its own, so that one subject can be replaced alone.
_PART: Final = "part"
_ROLES: Final = (*(role for role in get_args(SectionRole) if role != "subsection"), _PART)


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A clause or appendix: its identifier, which is also its file's name, its role, condition and requirements."""

    id: str
    role: SectionRole
    when: str
    covers: tuple[str, ...]
    landscape: bool
    file: str
    line: int


def read_outline(folders: TemplateFolders) -> tuple[OutlineEntry, ...]:
    """Return the outline; FindingsError with every entry that is wrong."""
    texts = folders.read_all("outline.yaml")
    if not texts:
        raise _missing("outline.yaml")
    return _outline(tuple(texts))


def _missing(name: str) -> FileTroubleError:
    return FileTroubleError(
        Wording(f"{name} : absent des modèles ; réinstaller le paquet.", f"{name}: missing from the templates; reinstall the package.")
    )


@lru_cache(maxsize=64)
def _outline(texts: tuple[tuple[str, str], ...]) -> tuple[OutlineEntry, ...]:
    """Return the outline that texts hold, the user's first: the same texts are read once."""
    (text, name), *below = texts
    source = parse_source(text, name, Path())
    findings: list[Diagnostic] = []
    if below and {"add", "leave_out", "move"} & set(source.data):
        outline = _with_moved(_with_added(_without_left_out(_outline(tuple(below)), source, findings), source, findings), source, findings)
        findings += _orphans(outline)
    else:
        entries = source.data.get("outline")
        outline = tuple(entry for entry, _ in _entries(source, "outline", entries if isinstance(entries, list) else [], findings))
        findings += _orphans(outline)
        if not outline and not findings:
            findings.append(_wrong(source.name, 1, "« outline: » doit lister des clauses", "'outline:' must list clauses"))
    if findings:
        raise FindingsError(findings)
    return outline


def _without_left_out(outline: tuple[OutlineEntry, ...], source: Source, findings: list[Diagnostic]) -> tuple[OutlineEntry, ...]:
    """Return the outline without the entries that ``leave_out:`` names; a clause or appendix goes with its parts."""
    named = source.data.get("leave_out", [])
    known = {entry.id for entry in outline}
    if not isinstance(named, list):
        line = source.line(("leave_out",))
        findings.append(_wrong(source.name, line, "« leave_out » liste des identifiants de clauses", "'leave_out' lists identifiers of clauses"))
        return outline
    left_out = [str(each) for each in named]
    for index, each in enumerate(left_out):
        if each not in known:
            ids, line = ", ".join(entry.id for entry in outline), source.line(("leave_out", index))
            findings.append(_wrong(source.name, line, f"« leave_out » nomme certaines de : {ids}", f"'leave_out' names some of: {ids}"))
    return tuple(entry for entry, above in zip(outline, _above(outline), strict=True) if entry.id not in left_out and above not in left_out)


def _above(outline: Sequence[OutlineEntry]) -> Iterator[str]:
    """Yield for each entry the clause or appendix that it is a part of, itself where it is none."""
    above = ""
    for entry in outline:
        above = above if entry.role == "subsection" else entry.id
        yield above


def _with_added(outline: tuple[OutlineEntry, ...], source: Source, findings: list[Diagnostic]) -> tuple[OutlineEntry, ...]:
    """Return the outline with each entry of ``add:`` behind the one that its ``after`` names: a clause behind that one's parts, which would else be its own."""
    added = source.data.get("add", [])
    result = list(outline)
    for entry, data in _entries(source, "add", added if isinstance(added, list) else [{}], findings, {"after"}):
        position = next((index for index, each in enumerate(result) if each.id == data.get("after")), None)
        if position is None:
            known = ", ".join(each.id for each in result)
            findings.append(_wrong(source.name, entry.line, f"« after » nomme l'une de : {known}", f"'after' names one of: {known}"))
        elif any(each.id == entry.id for each in result):
            findings.append(_wrong(source.name, entry.line, f"« {entry.id} » existe déjà", f"'{entry.id}' is there already"))
        else:
            result.insert(position + 1 if entry.role == "subsection" else _behind_parts(result, position), entry)
    return tuple(result)


def _behind_parts(outline: Sequence[OutlineEntry], position: int) -> int:
    """Return where a clause begins behind the entry at a position and the parts that follow it."""
    return next((index for index in range(position + 1, len(outline)) if outline[index].role != "subsection"), len(outline))


def _with_moved(outline: tuple[OutlineEntry, ...], source: Source, findings: list[Diagnostic]) -> tuple[OutlineEntry, ...]:
    """Return the outline with each entry that ``move:`` names behind the one that its ``after`` names: a clause with its parts, behind another's parts."""
    moves = source.data.get("move", [])
    result = list(outline)
    for index, move in enumerate(moves if isinstance(moves, list) else [None]):
        known = {each.id for each in result}
        if (
            not isinstance(move, dict)
            or set(move) != {"id", "after"}
            or not {str(move["id"]), str(move["after"])} <= known
            or move["id"] == move["after"]
        ):
            ids, line = ", ".join(each.id for each in result), source.line(("move", index))
            findings.append(_wrong(source.name, line, f"« move » : {{id, after}}, deux de : {ids}", f"'move': {{id, after}}, two of: {ids}"))
            continue
        result = _moved(result, move["id"], move["after"])
    return tuple(result)


def _moved(outline: list[OutlineEntry], moved: str, after: str) -> list[OutlineEntry]:
    """Return the outline with an entry, and its parts, behind another; a part of its own right behind it, else behind the other's parts."""
    entries = list(zip(outline, _above(outline), strict=True))
    is_part = next(entry.role == "subsection" for entry in outline if entry.id == moved)
    taken = [entry for entry, above in entries if entry.id == moved or (above == moved and not is_part)]
    rest = [(entry, above) for entry, above in entries if entry not in taken]
    place = next((above for entry, above in rest if entry.id == after), after)
    last = max((index for index, (entry, above) in enumerate(rest) if entry.id == after or (not is_part and above == place)), default=len(rest) - 1)
    kept = [entry for entry, _ in rest]
    return [*kept[: last + 1], *taken, *kept[last + 1 :]]


def _orphans(outline: Sequence[OutlineEntry]) -> Iterator[Diagnostic]:
    """Yield a finding for each part that isn't below a clause or an appendix."""
    above: SectionRole | None = None
    for entry in outline:
        if entry.role != "subsection":
            above = entry.role
        elif above not in ("clause", "appendix"):
            message = f"« {entry.id} » : une partie suit sa clause ou son annexe", f"'{entry.id}': a part follows its clause or appendix"
            yield _wrong(entry.file, entry.line, *message)


def _entries(
    source: Source, name: str, entries: Iterable[Any], findings: list[Diagnostic], more: Iterable[str] = ()
) -> Iterable[tuple[OutlineEntry, dict[str, Any]]]:
    for index, data in enumerate(entries):
        entry = _entry(data, source.name, source.line((name, index)), findings, _FIELDS.union(more))
        if entry is not None:
            yield entry, data


def _entry(data: Any, file: str, line: int, findings: list[Diagnostic], fields: set[str]) -> OutlineEntry | None:
    if not isinstance(data, dict) or not IDENTIFIER.fullmatch(str(data.get("id"))) or set(data) - fields:
        known = ", ".join(sorted(fields))
        findings.append(
            _wrong(
                file,
                line,
                f"une entrée a « id » et « role », et au besoin d'autres champs ({known})",
                f"an entry has 'id' and 'role', and at need other fields ({known})",
            )
        )
        return None
    if _RESERVED.fullmatch(data["id"]):
        findings.append(
            _wrong(file, line, f"« {data['id']} » : Windows ne peut pas nommer un fichier ainsi", f"'{data['id']}': Windows can't name a file so")
        )
        return None
    if data.get("role") not in _ROLES:
        findings.append(_wrong(file, line, f"« role » est l'un de {', '.join(_ROLES)}", f"'role' is one of {', '.join(_ROLES)}"))
        return None
    if not isinstance(data.get("when", ""), str) or not isinstance(data.get("landscape", False), bool):
        findings.append(
            _wrong(
                file,
                line,
                "« when » est une condition en texte, « landscape » true ou false",
                "'when' is a condition as text, 'landscape' true or false",
            )
        )
        return None
    covers = data.get("covers", [])
    if not isinstance(covers, list) or not all(isinstance(each, str) for each in covers):
        findings.append(_wrong(file, line, "« covers » liste des exigences, entre guillemets", "'covers' lists requirements, in quotes"))
        return None
    role: SectionRole = "subsection" if data["role"] == _PART else data["role"]
    return OutlineEntry(data["id"], role, data.get("when", ""), tuple(covers), data.get("landscape", False), file, line)


def _wrong(file: str, line: int, fr: str, en: str) -> Diagnostic:
    return Diagnostic.error("outline.malformed", Wording(fr, en), Wording("corriger outline.yaml", "mend outline.yaml"), file=file, line=line)


def read_names(folders: TemplateFolders, language: str) -> tuple[str, ...]:
    """Return the names that one language writes with a capital though they aren't defined terms: the user's with the shipped ones."""
    return tuple(name for text in _name_files(folders) for name in _names(*text, language))


def _name_files(folders: TemplateFolders) -> list[tuple[str, str]]:
    found = folders.read_all("names.yaml")
    if not found:
        raise _missing("names.yaml")
    return found


@lru_cache(maxsize=64)
def _names(text: str, name: str, language: str) -> tuple[str, ...]:
    source = parse_source(text, name, Path())
    names = source.data.get(language, [])
    if not isinstance(names, list):
        raise FindingsError([_misnamed(source, (language,), "une liste de noms est attendue", "a list of names is expected")])
    return tuple(str(each) for each in names)


def _misnamed(source: Source, path: tuple[str, ...], fr: str, en: str) -> Diagnostic:
    hint = Wording("écrire {words: motif, instead: texte}, ou une liste de noms", "write {words: pattern, instead: text}, or a list of names")
    return Diagnostic.error("names.malformed", Wording(fr, en), hint, file=source.name, line=source.line(path))


@dataclass(frozen=True, slots=True)
class AvoidedTerm:
    """Words that templates must not use, what to write instead, and where that is said."""

    pattern: re.Pattern[str]
    instead: str
    file: str
    line: int


def read_avoided(folders: TemplateFolders, language: str) -> tuple[AvoidedTerm, ...]:
    """Return the terms to avoid in one language, the user's with the shipped ones; FindingsError for an entry that isn't a pattern."""
    return tuple(term for text in _name_files(folders) for term in _avoided(*text, language))


@lru_cache(maxsize=64)
def _avoided(text: str, name: str, language: str) -> tuple[AvoidedTerm, ...]:
    source = parse_source(text, name, Path())
    try:
        entries = source.data.get("avoid", {}).get(language, [])
        lines = [source.line(("avoid", language, index)) for index in range(len(entries))]
        return tuple(
            AvoidedTerm(re.compile(each["words"], re.IGNORECASE), str(each["instead"]), name, line) for each, line in zip(entries, lines, strict=True)
        )
    except KeyError as error:
        lacking = error.args[0]
        raise FindingsError(
            [_misnamed(source, ("avoid", language), f"« avoid » : il manque « {lacking} » à une entrée", f"'avoid': an entry has no '{lacking}'")]
        ) from error
    except (TypeError, AttributeError, re.error) as error:
        raise FindingsError(
            [_misnamed(source, ("avoid", language), f"« avoid » n'est pas lisible : {error}", f"'avoid' can't be read: {error}")]
        ) from error
