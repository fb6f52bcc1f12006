"""What the commands say: coloured on a terminal, plain when piped, JSON for programs, in French or English."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

import click

from snc_docs.characters import json_without_controls, without_controls
from snc_docs.cli.streams import is_utf8
from snc_docs.diagnostics import Diagnostic, FindingsError, Severity, has_errors
from snc_docs.errors import SncDocsError, Wording
from snc_docs.language import LANGUAGES, Language

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_NAMES = {
    Severity.ERROR: Wording("erreur", "error"),
    Severity.WARNING: Wording("avertissement", "warning"),
    Severity.INFO: Wording("information", "note"),
}


# Findings that a run lists for people.
MOST_SHOWN: Final = 100


def default_language() -> Language:
    """Return the language of the messages: that of SNC_LANG, of the locale, or of the system where nothing says a locale; English for none of ours."""
    for name in ("SNC_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return _ours(value)
    return _ours(_of_the_system())


def _ours(name: str) -> Language:
    return next((language for language in LANGUAGES if name.lower().startswith(language)), "en")


def _of_the_system() -> str:
    """Return the name of the user's locale on Windows and macOS, which set no variable for it; "" elsewhere, and where it isn't known."""
    import subprocess  # few systems have to be asked

    try:
        if sys.platform == "win32":
            import locale

            return locale.getlocale()[0] or ""
        if sys.platform == "darwin":
            asked = ["/usr/bin/defaults", "read", "-g", "AppleLocale"]
            return subprocess.run(asked, capture_output=True, text=True, timeout=2, check=False).stdout  # noqa: S603  # the system's own program
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return ""


NOT_TO_SIGN: Final = Wording(
    "PROJET, à ne pas faire signer : les avertissements disent ce que le socle doit encore remplacer (liste d'exemple, attestation absente ou spécimen).",
    "DRAFT, not to be signed: the warnings say what the baseline has still to replace (example list, certificate missing or a specimen).",
)


@dataclass(frozen=True, slots=True)
class Voice:
    """How one run speaks: its language, and whether to a program."""

    language: Language
    json: bool

    def say(self, wording: Wording) -> str:
        """Return a wording in the language of the run, without what a terminal would obey."""
        return without_controls(wording.in_language(self.language))

    def findings(self, findings: Sequence[Diagnostic]) -> None:
        """Show findings on standard error; in a JSON run they are part of ``result``."""
        if self.json:
            return
        # The errors first to be shown, whatever their place in the order; few people read a thousand findings.
        shown = (
            sorted(sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR)[:MOST_SHOWN], key=list(findings).index)
            if len(findings) > MOST_SHOWN
            else findings
        )
        for finding in shown:
            click.echo(self._line(finding, sys.stderr), err=True)
        more = len(findings) - len(shown)
        if more:
            click.echo(self.say(Wording(f"… et {more} autres ; --json les donne tous.", f"… and {more} more; --json gives them all.")), err=True)

    def _line(self, finding: Diagnostic, stream: TextIO) -> str:
        place = without_controls(":".join(str(part) for part in (finding.file, finding.line) if part is not None))
        kind = (
            click.style(self.say(_NAMES[finding.severity]), fg=_COLOURS[finding.severity], bold=True)
            if stream.isatty()
            else self.say(_NAMES[finding.severity])
        )
        about = without_controls(finding.path or finding.clause or "")
        lines = [f"{f'{place}: ' if place else ''}{kind}: {self.say(finding.message)}{f' ({about})' if about else ''} [{finding.rule}]"]
        if self.say(finding.hint):
            lines.append(f"    → {self.say(finding.hint)}")
        return "\n".join(lines)

    def count(self, findings: Iterable[Diagnostic]) -> str:
        """Return how many errors and warnings there are, in words."""
        severities = [finding.severity for finding in findings]
        errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
        return self.say(Wording(f"{errors} erreur(s), {warnings} avertissement(s)", f"{errors} error(s), {warnings} warning(s)"))

    def result(self, findings: Sequence[Diagnostic], files: Sequence[Path] = (), **more: Any) -> None:
        """Print the JSON object of a run, in a JSON run."""
        if self.json:
            self.told(findings, files, **more)

    def told(self, findings: Sequence[Diagnostic], files: Sequence[Path] = (), **more: Any) -> None:
        """Print the JSON object of a run: ``ok``, ``files``, ``findings``, and what the command is about."""
        print_json(
            {"ok": not has_errors(findings), "files": [str(path) for path in files], "findings": [self.data_of(each) for each in findings], **more}
        )

    def aside(self, wording: Wording) -> None:
        """Say something on standard error; nothing to a program."""
        if not self.json:
            click.echo(self.say(wording), err=True)

    def next(self, command: str) -> None:
        """Say what to run next."""
        self.aside(Wording(f"Ensuite : {command}", f"Next: {command}"))

    def files(self, files: dict[Path, bytes]) -> None:
        """List written files on standard output: a table on a terminal, a path a line when piped."""
        if self.json:
            return
        if not sys.stdout.isatty():
            for path in files:
                click.echo(without_controls(str(path)))
            return
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(overflow="fold")
        table.add_column(justify="right", style="dim", no_wrap=True)
        for path, content in files.items():
            table.add_row(Text.assemble(("✓", "green"), f" {without_controls(str(path))}"), f"{len(content) / 1024:,.0f} KiB")
        Console().print(table)

    def data_of(self, finding: Diagnostic) -> dict[str, Any]:
        """Return a finding as plain values, for JSON."""
        return {**finding.as_dict(), "message": self.say(finding.message), "hint": self.say(finding.hint)}

    def trouble(self, error: SncDocsError) -> None:
        """Show what stopped the work."""
        findings = error.diagnostics if isinstance(error, FindingsError) else ()
        if self.json:
            self.result(findings, error=self.say(error.wording), ok=False)
        elif findings:
            self.findings(findings)
            click.echo(f"{self.count(findings)}. {self.say(Wording('Rien n’a été écrit.', 'Nothing was written.'))}", err=True)
        else:
            click.echo(f"{self.say(_NAMES[Severity.ERROR])}: {self.say(error.wording)}", err=True)


def quoted(path: Path) -> str:
    """Return a path as a command line takes it."""
    return f'"{path}"' if " " in str(path) else str(path)


def print_json(data: Any) -> None:
    """Print one JSON object; on a stream that lacks characters, with JSON's own escapes for them, so that nothing is lost."""
    text = json.dumps(data, ensure_ascii=not is_utf8(sys.stdout), indent=2)
    click.echo(json_without_controls(text))
