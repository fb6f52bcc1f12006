"""What stands for something still to be written is no datum: it would print as if it were agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.model.addresses import Address
from snc_docs.model.agreement import Agreement
from snc_docs.model.judging import error, rule
from snc_docs.model.kinds import LocalizedText
from snc_docs.model.paths import values_of

# A whole value that says it isn't there yet, or stands for any.
_WHOLE: Final = re.compile(
    r"[\[(<{«\s]*(?:"
    r"(?:reste\s+)?(?:à|a)\s+(?:d[ée]finir|compl[ée]ter|pr[ée]ciser|confirmer|renseigner|remplir|d[ée]terminer|venir|valider|fournir|communiquer)|"
    r"en\s+attente|non\s+(?:communiqu[ée]|renseign[ée]|d[ée]fini)e?|inconnue?|idem|"
    r"(?:to\s+be\s+(?:defined|determined|confirmed|completed|announced|advised|decided|agreed|provided)|to\s+(?:complete|define|confirm|come|follow))|"
    r"not\s+(?:yet\s+)?known|unknown|pending|placeholder|"
    r"t\.?b\.?[acdn]\.?|todo|fixme|n\.?\s?[cs]\.?|x{2,}|y{3,}|z{3,}|\?+|[_.…*#-]+|foo(?:bar)?|test(?:e|ing)?|lorem\s+ipsum.*|"
    r"(?:jj|dd|xx)[/.-](?:mm|xx)[/.-](?:aaaa|yyyy|aa|yy|xx(?:xx)?)|(?:nom|name|adresse|address|raison\s+sociale|company(?:\s+name)?)"
    r")[\])>}»\s.:!]*",
    re.IGNORECASE | re.DOTALL,
)
# Words inside a longer text that nobody leaves in one that is done.
_INSIDE: Final = re.compile(
    r"\b(?:TBD|TBC|TODO|FIXME|XXX+)\b|\blorem ipsum\b|[\[<{](?:à (?:d[ée]finir|compl[ée]ter|pr[ée]ciser)|to be \w+|nom|name|date|insert|insérer)\b[^\]>}]*[\]>}]"
    r"|\{\{[^{}]*\}\}|\$\{[^{}]*\}|<<[^<>]*>>|«\s*(?:nom|name|client|date)[^«»]*»",
    re.IGNORECASE,
)
# Marks that other programs make bold or italic, and tags: a value prints as it is written.
_MARKUP: Final = re.compile(
    r"\*\*[^*\n]+\*\*|__[^_\n]+__|</?(?:b|i|u|br|p|em|strong|span|div)\b[^<>]*>|&(?:nbsp|amp|lt|gt|eacute|egrave|#\d+);", re.IGNORECASE
)
# Values whose kind says itself what they may be, and keys, which aren't printed.
_NAMES: Final = frozenset(("id", "service", "file", "media_type", "content", "sheet"))
# Kinds of text that may be anything.
_WRITTEN: Final = (str, Address)
# A dash is a cell's own text there.
_TABLES: Final = "responsibility_matrix.rows"


_LEFT_OUT: Final = Wording(
    "retirer le champ : il s'imprime à remplir ; ou « null » si cela ne s'applique pas",
    "remove the field: it prints as one to fill in; or 'null' where it doesn't apply",
)
_OF_ONE_LANGUAGE: Final = Wording(
    "écrire ce texte dans cette langue aussi ; sans traduction encore, retirer le champ entier, ses deux langues : il s'imprime à remplir",
    "write the text in that language too; while there is no translation, remove the whole field, both its languages: it prints as one to fill in",
)


@rule("data.placeholder")
def nothing_stands_for_something_to_come(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """No text of the data is a placeholder: what isn't known yet is left out, and prints as a field to fill in."""
    for path, value in values_of(agreement):
        if path.startswith(_TABLES) or not (isinstance(value, str) and type(value) in _WRITTEN) or path.rpartition(".")[2] in _NAMES:
            continue
        if _WHOLE.fullmatch(value) or _INSIDE.search(value):
            yield error(
                "data.placeholder",
                path,
                Wording(f"« {value[:60]} » tient la place d'une valeur", f"'{value[:60]}' stands for a value"),
                _OF_ONE_LANGUAGE if path.rpartition(".")[2] in LocalizedText.model_fields else _LEFT_OUT,
            )


# What the starter files that "make-agreement init" and "new" write say of whom they invented.
_OF_STARTERS: Final = frozenset(("Client Exemple", "Nuage Exemple", "SNC-0001", "Dominique Exemple", "technique@client.example.com"))


@rule("data.example")
def nothing_is_the_starters(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """An agreement with the starter's invented parties, reference or contact must not go out unnoticed."""
    for path, value in values_of(agreement):
        if isinstance(value, str) and value in _OF_STARTERS:
            yield Diagnostic(
                "data.example",
                Severity.WARNING,
                Wording(f"« {value} » est l'exemple du fichier de départ", f"'{value}' is the example of the starter file"),
                Wording("écrire la vraie valeur, ou retirer ce champ", "write the real value, or remove that field"),
                path=path,
            )


@rule("data.markup")
def nothing_is_marked_up(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """No text of the data has marks or tags in it: they would print."""
    for path, value in values_of(agreement):
        found = _MARKUP.search(value) if isinstance(value, str) and type(value) in _WRITTEN else None
        if found is not None:
            yield Diagnostic(
                "data.markup",
                Severity.WARNING,
                Wording(f"« {found[0][:60]} » s'imprime tel quel", f"'{found[0][:60]}' prints as it is written"),
                Wording("écrire le texte sans marques ni balises", "write the text without marks or tags"),
                path=path,
            )
