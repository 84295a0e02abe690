"""What is installed: declared dependencies, the content of the wheel, entry points, versions."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import kg
from kg.annotate import PIPELINE

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

IMPORTED_AS = {"yaml": "pyyaml"}
OPTIONAL = {("kg/assemble/shapes.py", "pyshacl")}  # checking a graph is for tests; the import says so when it fails
INDIRECT = {"onnxscript"}  # torch.onnx needs it and does not declare it


def requirements(extra: str | None = None) -> dict[str, Requirement]:
    """The declared dependencies, or those of an extra, by normalised name."""
    lines = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    return {canonicalize_name(r.name): r for r in map(Requirement, lines)}


def imports(source: str) -> Iterator[str]:
    """Top-level names of what a module imports, wherever it does so, for type checking too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def foreign(paths: Iterator[Path], own: set[str]) -> set[tuple[str, str]]:
    """File and distribution for each import from outside the standard library and `own` modules."""
    return {
        (path.relative_to(ROOT).as_posix(), canonicalize_name(IMPORTED_AS.get(name, name)))
        for path in paths
        for name in imports(path.read_text(encoding="utf-8"))
        if name not in sys.stdlib_module_names and name not in own
    }


def extra_of(file: str) -> str | None:
    """The extra that a part of the package needs."""
    return next((extra for extra in ("train", "serve") if file.startswith(f"kg/{extra}/")), None)


EXTRAS = (None, "train", "serve")
PACKAGE = foreign((ROOT / "kg").rglob("*.py"), {"kg"})


def test_the_package_imports_only_what_it_declares() -> None:
    known = {extra: requirements().keys() | (requirements(extra).keys() if extra else set()) for extra in EXTRAS}
    assert {(f, name) for f, name in PACKAGE if name not in known[extra_of(f)]} == OPTIONAL


def test_everything_declared_is_imported() -> None:
    used = {extra: {name for file, name in PACKAGE if extra_of(file) == extra} for extra in EXTRAS}
    assert requirements().keys() - used[None] == set()
    assert requirements("train").keys() - used["train"] == INDIRECT
    assert requirements("serve").keys() - used["serve"] == set()


def test_tests_and_notebooks_import_only_what_their_extras_declare() -> None:
    tests = list((ROOT / "tests").rglob("*.py"))
    own = {"kg", *(path.stem for path in tests)}
    known = requirements().keys() | requirements("test").keys()
    trained = known | requirements("train").keys()  # these are skipped where torch is not installed
    used = foreign(iter(tests), own)
    assert {(f, name) for f, name in used if name not in (trained if f.startswith("tests/train/") else known)} == set()
    used = {name for _, name in foreign((ROOT / "notebooks").glob("*.py"), {"kg"})} - {"ipython"}  # ipykernel has it
    assert used <= requirements().keys() | requirements("notebooks").keys()
    assert used <= requirements().keys() | requirements("test").keys()


@pytest.mark.parametrize("extra", [None, *PROJECT["optional-dependencies"]])
def test_requirements_have_a_lower_bound_and_no_other(extra: str | None) -> None:
    assert {
        name: str(r.specifier)
        for name, r in requirements(extra).items()
        if not re.fullmatch(r">=[\d.]+", str(r.specifier))
    } == {}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    with zipfile.ZipFile(file) as opened:
        yield opened


def test_the_wheel_holds_the_package_with_its_data_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    shipped = {name for name in wheel.namelist() if ".dist-info/" not in name}
    ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kg").rglob("*") if path.is_file()}
    assert shipped == {name for name in ours if "/__pycache__/" not in name}
    suffixes = {Path(name).suffix for name in shipped}
    assert {".py", ".typed", ".tsv", ".rq", ".ttl", ".onnx", ".npz", ".json", ".js", ".css", ".j2"} <= suffixes


def test_the_wheel_names_its_licence_and_commands(wheel: zipfile.ZipFile) -> None:
    info = f"kg-{PROJECT['version']}.dist-info"
    licence = wheel.read(f"{info}/licenses/LICENSE").decode()
    assert "Apache License" in licence
    assert "kg = kg.cli:main" in wheel.read(f"{info}/entry_points.txt").decode()
    assert "License-Expression: Apache-2.0" in wheel.read(f"{info}/METADATA").decode()


def test_every_component_is_an_entry_point_of_spacy() -> None:
    declared = PROJECT["entry-points"]["spacy_factories"]
    factories = re.compile(r'@Language\.factory\(\s*"(\w+)".*?^def (\w+)', re.DOTALL | re.MULTILINE)
    made = {
        name: f"kg.annotate.{path.stem}:{function}"
        for path in (ROOT / "kg" / "annotate").glob("*.py")
        for name, function in factories.findall(path.read_text(encoding="utf-8"))
    }
    assert set(PIPELINE) <= set(made)
    assert declared == made


def test_spacy_finds_the_components_without_an_import_of_kg() -> None:
    code = (
        f"import spacy; nlp = spacy.blank('en')\nfor name in {PIPELINE!r}: nlp.add_pipe(name)\nprint(*nlp.pipe_names)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.returncode) == (list(PIPELINE), 0), done.stderr


def test_the_version_is_the_same_everywhere() -> None:
    assert kg.__version__ == PROJECT["version"], "install the package again: pip install -e ."
    assert f"## [{PROJECT['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
