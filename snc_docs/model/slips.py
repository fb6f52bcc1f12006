"""Slips of the keyboard that YAML takes for something else: said with their line and what to do, in both languages.

What a parser says of a malformed file speaks of its grammar; people who fill in a client file need to know which character it
was. And some slips are no error to YAML at all: a ``#`` cuts a value short, ``&name`` is an anchor and no text, a no-break space
is a letter, and “curly” quotation marks are part of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode

from snc_docs.characters import ODD_SPACES
from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.model.scalars import core_value
from snc_docs.patterns import regex

_QUOTE: Final = Wording('mettre tout le texte entre guillemets droits : "…"', 'put the whole text in straight quotation marks: "…"')
_NO_SPACE: Final = (
    Wording("il manque une espace après le deux-points", "a space is missing behind the colon"),
    Wording("écrire « nom: valeur »", "write 'name: value'"),
)
_DASH: Final = regex(r" *-[^\W\d]+: ")
_INDENT: Final = Wording(
    "aligner les champs d'un même niveau avec des espaces ordinaires, deux par niveau",
    "line up the fields of one level with plain spaces, two a level",
)
_CLOSE: Final = Wording("fermer ce qui est ouvert", "close what is open")

# What libyaml says of a malformed file (scanner.c, parser.c, composer), in words for people.
_PROBLEMS: Final[tuple[tuple[str, Wording, Wording], ...]] = (
    (
        "mapping values are not allowed",
        Wording("un deux-points suivi d'une espace sépare un champ de sa valeur", "a colon and a space part a field from its value"),
        Wording(
            'mettre entre guillemets droits un texte qui en contient : "…" ; sinon, corriger les espaces en début de ligne',
            'put a text that holds one in straight quotation marks: "…"; otherwise, mend the spaces at the line\'s start',
        ),
    ),
    ("tab character", Wording("une tabulation en début de ligne", "a tab at the line's start"), _INDENT),
    (
        "cannot start any token",
        Wording(
            "un texte ne commence pas par ce caractère (@, `, % ou une tabulation)", "a text doesn't begin with this character (@, `, % or a tab)"
        ),
        _QUOTE,
    ),
    (
        "escape",
        Wording(
            "entre guillemets doubles, une barre oblique inverse annonce un caractère spécial",
            "in double quotation marks, a backslash leads a special character",
        ),
        Wording("doubler la barre : \\\\, ou employer des apostrophes", "double the backslash: \\\\, or use single quotation marks"),
    ),
    (
        "hexdecimal",
        Wording(
            "entre guillemets doubles, une barre oblique inverse annonce un caractère spécial",
            "in double quotation marks, a backslash leads a special character",
        ),
        Wording("doubler la barre : \\\\, ou employer des apostrophes", "double the backslash: \\\\, or use single quotation marks"),
    ),
    (
        "quoted scalar",
        Wording("des guillemets ne sont pas fermés, ou ne le sont pas à la fin", "quotation marks aren't closed, or not at the end"),
        _QUOTE,
    ),
    ("undefined alias", Wording("« * » au début d'un texte désigne un alias", "'*' at the start of a text names an alias"), _QUOTE),
    ("anchor", Wording("« & » au début d'un texte désigne une ancre", "'&' at the start of a text names an anchor"), _QUOTE),
    ("tag", Wording("« ! » au début d'un texte désigne une étiquette", "'!' at the start of a text names a tag"), _QUOTE),
    ("block sequence entries", Wording("un tiret suivi d'une espace commence une liste", "a dash and a space begin a list"), _QUOTE),
    (
        "flow",
        Wording("des crochets ou des accolades ne sont pas fermés, ou une virgule manque", "brackets or braces aren't closed, or a comma is missing"),
        _CLOSE,
    ),
    (
        "find expected ':'",
        Wording("cette ligne n'est pas de la forme « nom: valeur »", "this line isn't of the form 'name: value'"),
        Wording("mettre une espace ordinaire après le deux-points", "put a plain space behind the colon"),
    ),
    (
        "node content",
        Wording(
            "un texte ne commence pas par ce caractère (virgule, crochet ou accolade)",
            "a text doesn't begin with this character (comma, bracket or brace)",
        ),
        _QUOTE,
    ),
    (
        "block scalar",
        Wording("« | » ou « > » est suivi d'un texte sur la même ligne", "'|' or '>' is followed by text on the same line"),
        Wording(
            "écrire le texte à la ligne suivante, ou le mettre entre guillemets", "write the text on the next line, or put it in quotation marks"
        ),
    ),
    (
        "block",
        Wording(
            "cette ligne n'est alignée avec aucun niveau, ou un texte suit des guillemets fermés",
            "this line is aligned with no level, or text follows closed quotation marks",
        ),
        Wording(
            f"{_INDENT.fr} ; d'une ligne en commentaire, ôter « # » et l'espace qui suit ; une apostrophe dans un texte veut des guillemets doubles",
            f"{_INDENT.en}; of a line that was a comment, remove '#' and the space behind it; an apostrophe in a text wants double quotation marks",
        ),
    ),
    (
        "another document",
        Wording("le fichier contient plusieurs documents (« --- »)", "the file holds several documents ('---')"),
        Wording("n'en garder qu'un", "keep one of them"),
    ),
    (
        "YAML",
        Wording("directive YAML inconnue", "unknown YAML directive"),
        Wording("retirer la ligne qui commence par %", "remove the line that begins with %"),
    ),
    ("control characters", Wording("caractère de commande", "control character"), Wording("le retirer", "remove it")),
    ("special characters", Wording("caractère de commande", "control character"), Wording("le retirer", "remove it")),
)
_OTHER: Final = (Wording("la syntaxe YAML n'est pas correcte ici", "the YAML syntax isn't right here"), _QUOTE)

_ODD: Final = f"[{ODD_SPACES}]"
_ODD_INDENT: Final = regex(rf"[ \t-]*({_ODD})")
_ODD_COLON: Final = regex(rf"[ \t-]*[\w$]+:({_ODD})")
# A comment that needn't be one: no two spaces before it, or none behind its #, as yamllint asks for.
_DOUBTFUL_COMMENT: Final = regex(r"[^\s#](?:[ \t]#|[ \t]{2,}#(?=[^\s#]))")
# The same behind quotation marks, or where no value is: there a # touches the closing mark, or what follows.
_COMMENT_BEHIND: Final = regex(r"#|[ \t]+#(?=[^\s#])")
_SIGNS_OF_A_COLON: Final = ("mapping values are not allowed", "find expected ':'")
_TAB: Final = regex(r"[ -]*\t")
_CLOSE_COLON: Final = regex(r"[ -]*[a-z_]+:[^\s:/]")
# Whichever opens and whichever closes: a German closes with “, a Swede with ”, a Dane with «, and somebody in haste with ".
_CURLY: Final = frozenset("“”„‟«»‘’‚‛‹›")
_MARKS: Final = _CURLY | {'"', "'"}
# In a list or mapping of one line, a name that begins with #.
_LIST_COMMENT: Final = regex(r"[,\[{][ \t]+#(?=[^\s#])")
_ANY_COMMENT: Final = regex(r"(?:^|[ \t])#")


class Slip(NamedTuple):
    """What is wrong, and what to do."""

    message: Wording
    hint: Wording


# In a list, "-role: x" is a field called "-role".
NO_DASH: Final = Slip(
    Wording("il manque une espace après le tiret", "a space is missing behind the dash"),
    Wording("écrire « - nom: valeur », et aligner les lignes suivantes sur « nom »", "write '- name: value', and line the next lines up with 'name'"),
)


class Trouble(NamedTuple):
    """What is wrong at a line, counted from 1, and what to do."""

    line: int
    message: Wording
    hint: Wording


def trouble_of(text: str, line: int, *said: str | None) -> Trouble:
    """Return what a parser's complaint at a line means: an odd space near it, or else the parser's own reason in plain words."""
    lines = text.split("\n")
    for number in (line, line - 1):
        odd = _odd_space(lines[number - 1]) if 0 < number <= len(lines) else None
        if odd is not None:
            return Trouble(number, *_odd(odd))
    if 0 < line <= len(lines) and _TAB.match(lines[line - 1]):
        said = ("tab character",)
    dash = next((number for number in range(line, max(line - 3, 0), -1) if number <= len(lines) and _DASH.match(lines[number - 1])), None)
    if dash is not None:
        return Trouble(dash, *NO_DASH)
    is_colon = any("mapping values" in (words or "") for words in said)
    if is_colon and _is_deeper(lines, line):
        return Trouble(line, *_DEEPER)
    opened = _left_open(lines, line) if not is_colon else None
    if opened is not None:
        return Trouble(opened, *_OPEN)
    if any("flow" in (words or "") for words in said):
        line = _open_bracket(lines, line)
    close = _without_a_space(lines, line) if any(sign in (words or "") for words in said for sign in _SIGNS_OF_A_COLON) else None
    if close is not None:
        return close
    # The problem itself names the slip best; what was being read when it was met comes second.
    for words in said:
        for sign, message, hint in _PROBLEMS if words else ():
            if sign in (words or ""):
                return Trouble(line, message, hint)
    return Trouble(line, *_OTHER)


_DEEPER: Final = (
    Wording(
        "cette ligne est plus en retrait que la précédente, qui a déjà sa valeur",
        "this line is indented more than the one before, which has its value",
    ),
    Wording("l'aligner sur la précédente", "line it up with the one before"),
)
_OPEN: Final = (
    Wording("les guillemets ouverts sur cette ligne ne sont pas fermés", "the quotation marks that open on this line aren't closed"),
    Wording('les fermer à la fin du texte : "…"', 'close them at the end of the text: "…"'),
)
_VALUED: Final = regex(r"( *)(?:- )?[\w-]+: +[^\s#|>]")
_CLOSES: Final = regex(r"[^\"]*\"\s*[,}\]]?\s*(?:#.*)?$")
_OPENS: Final = regex(r" *(?:- )?[\w-]+: +\"(?:[^\"\\]|\\.)*$")


def _is_deeper(lines: list[str], line: int) -> bool:
    """Return whether a line is indented more than the one before it that isn't empty, which has a value of its own."""
    before = next((each for each in reversed(lines[: max(line - 1, 0)]) if each.strip() and not each.lstrip().startswith("#")), "")
    match = _VALUED.match(before)
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    return match is not None and ":" in here and len(here) - len(here.lstrip(" ")) > len(match[1])


def _left_open(lines: list[str], line: int) -> int | None:
    """Return the last line up to one where a value's quotation marks open and don't close; None where there is none.

    A text of several lines closes at the end of one; where something stands behind the next mark, that was meant to open another text.
    """
    for number in range(min(line, len(lines)), 0, -1):
        if _OPENS.match(lines[number - 1]):
            following = next((each for each in lines[number:] if '"' in each), None)
            if following is None or not _CLOSES.match(following):
                return number
    return None


def _open_bracket(lines: list[str], line: int) -> int:
    """Return the last line up to one that opens more brackets and braces than it closes; that line itself where there is none."""
    bare = {number: re.sub(r"\"[^\"]*\"|'[^']*'|#.*", "", lines[number - 1]) for number in range(1, min(line, len(lines)) + 1)}
    opening = (number for number, text in reversed(bare.items()) if sum(map(text.count, "{[")) > sum(map(text.count, "}]")))
    return next(opening, line)


def _without_a_space(lines: list[str], line: int) -> Trouble | None:
    """Return the slip of a field whose colon has no space behind it: the parser notices a line or two later."""
    near = (number for number in range(max(line - 2, 1), min(line, len(lines)) + 1) if _CLOSE_COLON.match(lines[number - 1]))
    return next((Trouble(number, *_NO_SPACE) for number in near), None)


def _odd_space(line: str) -> str | None:
    """Return the space that YAML takes for a letter at a line's start, or behind its first colon; None where there is none."""
    match = _ODD_INDENT.match(line) or _ODD_COLON.match(line)
    return match.group(1) if match else None


def _odd(character: str) -> tuple[Wording, Wording]:
    code = f"U+{ord(character):04X}"
    name = Wording("espace insécable ou spéciale", "no-break or special space")
    return (
        Wording(f"{name.fr} ({code}) en début de ligne ou après le deux-points", f"{name.en} ({code}) at the line's start or behind the colon"),
        Wording("la remplacer par une espace ordinaire", "put a plain space in its place"),
    )


def slips(root: Node, text: str, file: str) -> Iterator[Diagnostic]:
    """Yield what well-formed YAML would lose or print otherwise than it was meant: one finding for each value."""
    cut = {match.start() + 1 for match in _DOUBTFUL_COMMENT.finditer(text)} if "#" in text else set()
    lines = text.split("\n")
    scalars = list(_scalars(root))
    yield from (_cut_short(file, line) for line in _cut_lists(text, scalars))
    for node in scalars:
        line = node.start_mark.line + 1
        if (node.style or not node.value) and node.style not in ("|", ">") and _COMMENT_BEHIND.match(text, node.end_mark.index):
            yield _cut_short(file, line)
        elif node.style:
            continue
        elif node.end_mark.index in cut and isinstance(core_value(node.value), str):
            yield _cut_short(file, line)
        elif len(node.value) > 1 and node.value[0] in _CURLY and node.value[-1] in _MARKS:
            message = Wording(
                "des guillemets typographiques autour de la valeur s'imprimeraient avec elle",
                "typographic quotation marks around the value would print with it",
            )
            yield _finding("file.quotes", message, _STRAIGHT, file, line)
        else:
            for number in range(line, node.end_mark.line + 2):
                # The first line of a plain text may begin with its field; the others, where another field might have been meant.
                is_its_own = number > line or not lines[line - 1][: node.start_mark.column].strip(" -")
                odd = _odd_space(lines[number - 1]) if is_its_own else None
                if odd is not None:
                    yield _finding("file.odd-space", *_odd(odd), file, number)


_COMMENT: Final = Wording(
    'mettre la valeur entre guillemets droits : "…" ; pour une remarque, deux espaces avant # et une après',
    'put the value in straight quotation marks: "…"; for a remark, two spaces before # and one behind it',
)
_STRAIGHT: Final = Wording(
    'mettre des guillemets droits : "…" ; s\'ils font partie du texte, les entourer de guillemets droits',
    'put straight ones: "…"; where they are part of the text, straight ones around them',
)


def _cut_lists(text: str, scalars: Sequence[ScalarNode]) -> Iterator[int]:
    """Yield the lines of comments that cut a list or mapping of one line where an item that begins with # might have been meant."""
    matches = list(_LIST_COMMENT.finditer(text))
    spans = sorted((node.start_mark.index, node.end_mark.index) for node in scalars) if matches else []
    starts = [start for start, _ in spans]
    for match in matches:
        before = bisect_right(starts, match.start())
        begin = text.rfind("\n", 0, match.start()) + 1
        # What stands on the line, up to the match, between the texts that are values.
        edges = [begin, *(edge for span in spans[max(bisect_right(starts, begin) - 1, 0) : before] for edge in span), match.start()]
        is_in_a_text = before > 0 and match.start() < spans[before - 1][1]
        gaps = (text[max(start, begin) : end] for start, end in zip(edges[::2], edges[1::2], strict=True))
        if not is_in_a_text and not any(_ANY_COMMENT.search(gap) for gap in gaps):
            yield text.count("\n", 0, match.start()) + 1


def _cut_short(file: str, line: int) -> Diagnostic:
    return _finding("file.cut-short", Wording("ce qui suit # serait perdu", "what stands behind # would be lost"), _COMMENT, file, line)


def _finding(rule: str, message: Wording, hint: Wording, file: str, line: int) -> Diagnostic:
    return Diagnostic.error(rule, message, hint, file=file, line=line)


def _scalars(root: Node) -> Iterator[ScalarNode]:
    """Yield every scalar below a node, names of fields included."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ScalarNode):
            yield node
        elif isinstance(node, MappingNode):
            waiting.extend(each for pair in node.value for each in pair)
        else:
            waiting.extend(node.value)
