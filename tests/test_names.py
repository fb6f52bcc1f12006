"""Files are called by a pattern: by language and part, or by the agreement's own reference and version."""

from __future__ import annotations

import string
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snc_docs import UnknownChoiceError, build, load_agreement
from snc_docs.building.names import FIELDS, PATTERN, file_name, named
from tests.tools import EXAMPLES, TODAY, run_command

_CLIENT = EXAMPLES / "outscale" / "client.yaml"
_AGREEMENT = load_agreement(_CLIENT, today=TODAY)
_OWN = "{reference}-v{version}-{part}-{language}"
_FILES = [Path(language, f"{part}.docx") for language in ("fr", "en") for part in ("agreement", "body", "appendix-a")]


def test_the_default_is_a_pattern_too() -> None:
    assert list(named(_FILES, PATTERN, _AGREEMENT).values()) == _FILES == list(named(_FILES, "", _AGREEMENT))


def test_names_carry_reference_and_version_and_the_whole_agreement_has_the_short_one() -> None:
    reference = _AGREEMENT.document.reference
    names = [path.as_posix() for path in named(_FILES[:3], _OWN, _AGREEMENT).values()]
    assert names == [f"{reference}-v1.0-fr.docx", f"{reference}-v1.0-body-fr.docx", f"{reference}-v1.0-appendix-a-fr.docx"]
    assert named(_FILES[:1], "{client}/{part}-{language}", _AGREEMENT)[_FILES[0]].name == "fr.docx"


def test_what_is_not_known_yet_is_a_draft() -> None:
    agreement = load_agreement({"baseline": "baseline.yaml"}, baseline=EXAMPLES / "outscale" / "baseline.yaml", today=TODAY)
    assert [path.name for path in named(_FILES[:1], _OWN, agreement).values()] == ["draft-vdraft-fr.docx"]


@pytest.mark.parametrize(
    "pattern", ["{reference}", "{part}", "{ref}", "../{language}-{part}", "/{language}{part}", "{language}:{part}", "{language}/{part}/", "{"]
)
def test_a_pattern_that_names_no_files_is_refused(pattern: str) -> None:
    with pytest.raises(UnknownChoiceError, match="names '"):
        named(_FILES, pattern, _AGREEMENT)


_PIECES = st.lists(st.sampled_from([*(f"{{{each}}}" for each in FIELDS), *string.ascii_letters, *"019-_. /", "..", "nul", "con."]), max_size=12)


@given(_PIECES)
def test_whatever_the_pattern_no_file_leaves_the_folder_and_none_takes_another_s_place(pieces: list[str]) -> None:
    try:
        names = list(named(_FILES, "".join(pieces), _AGREEMENT).values())
    except UnknownChoiceError:
        return
    assert len(set(names)) == len(_FILES)
    for name in names:
        assert not name.is_absolute()
        assert ".." not in name.parts
        assert all(file_name(each) for each in name.parts)


def test_a_folder_sets_the_pattern_for_build_and_campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "snc-docs.toml").write_text(f'names = "{_OWN}"\nlanguages = "fr"\n', encoding="utf-8")
    done = run_command("build", _CLIENT, "-o", "out", "--ui-lang", "en", "--part", "agreement", "--part", "body")
    (sent,) = (line for line in done.stderr.splitlines() if line.startswith("To send: "))
    assert sent.startswith(f"To send: {PurePosixPath('out', f'{_AGREEMENT.document.reference}-v1.0-fr.docx')} (")
    (tmp_path / "rows").mkdir()
    (tmp_path / "rows" / "one.yaml").write_text(_CLIENT.read_text(encoding="utf-8"), encoding="utf-8")
    assert run_command("campaign", "rows", "--baseline", EXAMPLES / "outscale" / "baseline.yaml", "-o", "all", "--part", "agreement").exit_code == 0
    assert [path.name for path in (tmp_path / "all").rglob("*.docx")] == [f"{_AGREEMENT.document.reference}-v1.0-fr.docx"]
    assert run_command("campaign", "rows", "--baseline", EXAMPLES / "outscale" / "baseline.yaml", "-o", "x", "--names", "{no}").exit_code == 2


def test_the_function_takes_the_pattern_too() -> None:
    built = build(_AGREEMENT, languages=["fr"], parts=["agreement", "body"], names=_OWN, today=TODAY)
    assert [path.name for path in built.whole] == [next(iter(built.files)).name] == [f"{_AGREEMENT.document.reference}-v1.0-fr.docx"]
