"""One function makes what ``make-agreement build`` writes: the same files, names, defaults and findings."""

from __future__ import annotations

import inspect
import io
import pickle
import zipfile
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest

from snc_docs import Agreement, FindingsError, build, load, load_agreement
from snc_docs.cli.commands.build import BuildOptions
from snc_docs.errors import UnknownChoiceError
from tests.tools import EXAMPLES, TODAY, run_command

_CLIENT = EXAMPLES / "outscale" / "client.yaml"


def _written(folder: Path, *options: str) -> dict[Path, bytes]:
    result = run_command("build", _CLIENT, "-o", folder, "--today", TODAY.isoformat(), *options)
    assert result.exit_code == 0, result.stderr
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "agreement.json"}


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        ((), {}),
        (("-l", "fr"), {"languages": ["fr"]}),
        (("--format", "html", "--format", "docx"), {"formats": ["html", "docx"]}),
        (("--part", "body", "--part", "appendix-c"), {"parts": ["body", "appendix-c"]}),
        (("--compliance-matrix", "--no-embed"), {"compliance_matrix": True, "no_embed": True}),
        (("--format", "bilingual"), {"formats": ["bilingual"]}),
    ],
)
def test_the_function_gives_what_the_command_writes(tmp_path: Path, options: tuple[str, ...], asked: dict[str, object]) -> None:
    built = build(load(_CLIENT, today=TODAY), today=TODAY, **asked)  # type: ignore[arg-type]  # each is of its kind
    assert built.files == _written(tmp_path / "out", *options)
    assert build(load_agreement(_CLIENT, today=TODAY), today=TODAY, **asked).files == built.files  # type: ignore[arg-type]  # as above


def test_names_and_defaults_are_those_of_the_command() -> None:
    parameters = inspect.signature(build).parameters
    options = {each.name for each in fields(BuildOptions)} - {"baseline", "client", "output", "replace"}
    assert options == parameters.keys() - {"agreement"}
    assert {name: bool(each.default) for name, each in parameters.items() if name != "agreement"} == dict.fromkeys(options, False)


def test_findings_name_the_files_where_there_are_some_and_paths_where_not() -> None:
    loaded = load(_CLIENT, today=TODAY)
    (specimen,) = [each for each in build(loaded, today=TODAY).findings if each.rule == "certificate.specimen"]
    assert (Path(specimen.file or "").name, specimen.path) == ("baseline.yaml", "certificate.specimen")
    with pytest.raises(FindingsError) as caught:
        build(loaded, strict=True)
    assert "certificate.specimen" in {each.rule for each in caught.value.diagnostics}


def test_nothing_is_given_while_anything_is_wrong(outscale: Agreement, tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "purpose.md.j2").write_text("# Purpose {#purpose}\n\nSee [](#nowhere).\n", encoding="utf-8")
    with pytest.raises(FindingsError) as caught:
        build(outscale, templates=tmp_path)
    assert "reference.unknown" in {each.rule for each in caught.value.diagnostics}


@pytest.mark.parametrize("asked", [{"languages": ["fr"]}, {"parts": ["body"]}])
def test_two_columns_are_of_all_in_both_languages(outscale: Agreement, asked: dict[str, list[str]]) -> None:
    with pytest.raises(UnknownChoiceError):
        build(outscale, formats=["bilingual"], **asked)  # type: ignore[arg-type]  # each is of its kind


@pytest.mark.parametrize("asked", [{"languages": ["de"]}, {"formats": ["odt"]}, {"parts": ["appendix-z"]}])
def test_what_there_is_not_is_named(outscale: Agreement, asked: dict[str, list[str]]) -> None:
    with pytest.raises(UnknownChoiceError):
        build(outscale, **asked)  # type: ignore[arg-type]  # as above


def _one(agreement: Agreement, number: int) -> dict[Path, bytes]:
    client = agreement.client.model_copy(update={"legal_name": f"Client {number} SA"})
    return build(agreement.model_copy(update={"client": client}), languages=["en"], parts=["body"], today=TODAY).files


@pytest.mark.parametrize("pool", [partial(ThreadPoolExecutor, 4), partial(ProcessPoolExecutor, 2)], ids=["threads", "processes"])
def test_many_at_once_give_what_one_after_the_other_does(outscale: Agreement, pool: partial[ThreadPoolExecutor]) -> None:
    wanted = [_one(outscale, number) for number in range(6)]
    with pool() as executor:
        assert list(executor.map(partial(_one, outscale), range(6))) == wanted
    assert [f"Client {number} SA".encode() in _text(files) for number, files in enumerate(wanted)] == [True] * 6


def _text(files: dict[Path, bytes]) -> bytes:
    (content,) = files.values()
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")


def test_what_was_built_goes_through_pickle(outscale: Agreement) -> None:
    built = build(outscale, languages=["en"], parts=["body"], today=TODAY)
    assert pickle.loads(pickle.dumps(built)) == built  # noqa: S301  # what was pickled a moment ago
