"""Settings of a folder and of those below it: ``snc-docs.toml``, or ``[tool.snc-docs]`` in ``pyproject.toml``, the nearest one upwards.

They are defaults of options, by the options' names; what the command line says holds instead. Paths are relative to the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from snc_docs.errors import SncDocsError, Wording
from snc_docs.inputs import read_file

FILE: Final = "snc-docs.toml"
_SHARED: Final = "pyproject.toml"
_TABLE: Final = "snc-docs"
_MOST_BYTES: Final = 1024 * 1024
# The parameter of each setting's option, and whether it is a path, relative to the file.
SETTINGS: Final = {
    "templates": ("templates", True),
    "reference": ("reference", True),
    "output": ("output", True),
    "languages": ("languages", False),
    "names": ("names", False),
    "author": ("author", False),
    "office": ("office", True),
    "page-numbers": ("page_numbers", False),
    "ui-lang": ("ui_lang", False),
}
_LISTS: Final = ("templates", "languages")
# … and those that are said or not.
_FLAGS: Final = ("page-numbers",)


class SettingsError(SncDocsError):
    """A file of settings that can't be used."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """What a file sets: values by the names of options' parameters, and by those of the settings."""

    file: Path
    values: Mapping[str, Any]
    names: Sequence[str]

    def said(self, parameters: Sequence[str]) -> Wording | None:
        """Return what a command with these parameters takes from the file, None where that is nothing."""
        taken = [name for name in self.names if SETTINGS[name][0] in parameters]
        listed = ", ".join(taken)
        return Wording(f"réglages de {self.file} : {listed}", f"settings of {self.file}: {listed}") if taken else None


def settings_for(folder: Path) -> Settings | None:
    """Return the settings nearest to a folder, from it upwards; None where there are none. SettingsError for a file that can't be used."""
    for each in (folder, *folder.parents):
        for path, table in ((each / FILE, None), (each / _SHARED, _TABLE)):
            if path.is_file():
                data = _table(path, table)
                if data is not None:
                    return Settings(path, dict(_values(path, data)), tuple(data))
    return None


def _table(path: Path, table: str | None) -> dict[str, Any] | None:
    content = read_file(path, _MOST_BYTES)
    if table is not None and table.encode() not in content:
        return None
    import tomllib  # few folders have settings, and all commands look for them

    try:
        data: Any = tomllib.loads(content.decode("utf-8-sig"))
    except ValueError as error:
        if table is not None:
            return None  # another program's file
        raise SettingsError(Wording(f"{path} : TOML illisible ({error}).", f"{path}: unreadable TOML ({error}).")) from error
    if table is not None:
        tool = data.get("tool")
        data = tool.get(table) if isinstance(tool, dict) else None
        if data is None:
            return None
    if not isinstance(data, dict):
        raise SettingsError(Wording(f"{path} : [tool.{table}] n'est pas une table.", f"{path}: [tool.{table}] isn't a table."))
    return data


def _values(path: Path, data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each setting by the parameter that it is a default of."""
    for name, value in data.items():
        if name not in SETTINGS:
            raise SettingsError(_unknown(path, name))
        if name in _FLAGS:
            if not isinstance(value, bool):
                raise SettingsError(Wording(f"{path} : « {name} » : true ou false est attendu.", f"{path}: '{name}': true or false is expected."))
            yield SETTINGS[name][0], value
            continue
        texts = value if name in _LISTS and isinstance(value, list) else [value]
        if not all(isinstance(each, str) and each.strip() for each in texts):
            what = Wording("un texte ou une liste de textes", "a text or a list of texts") if name in _LISTS else Wording("un texte", "a text")
            raise SettingsError(Wording(f"{path} : « {name} » : {what.fr} est attendu.", f"{path}: '{name}': {what.en} is expected."))
        parameter, is_path = SETTINGS[name]
        found = [str(path.parent / each) if is_path and "://" not in each else each for each in texts]
        yield parameter, found if name in _LISTS else found[0]


def _unknown(path: Path, name: str) -> Wording:
    from difflib import get_close_matches  # for who mistypes alone

    near = get_close_matches(name.replace("_", "-"), SETTINGS, n=1)
    known = ", ".join(SETTINGS)
    if near:
        return Wording(
            f"{path} : réglage inconnu « {name} » ; vouliez-vous dire « {near[0]} » ?", f"{path}: unknown setting '{name}'; did you mean '{near[0]}'?"
        )
    return Wording(f"{path} : réglage inconnu « {name} » ; il y a : {known}.", f"{path}: unknown setting '{name}'; there are: {known}.")
