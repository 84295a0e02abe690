"""The order of the stages: each imports from earlier ones alone, and heavy libraries stay where they belong."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "kg"

LAYERS = (
    {"model", "errors"}, {"config"}, {"read"}, {"annotate"}, {"extract"}, {"judge"}, {"resolve"}, {"assemble"},
    {"store"}, {"query"}, {"export"}, {"view"}, {"pipeline"}, {"serve"}, {"api"}, {"evaluate"}, {"train"}, {"cli"},
)  # fmt: skip
RANK = {stage: rank for rank, stages in enumerate(LAYERS) for stage in stages}

AFTER_ASSEMBLE = {stage for stage, rank in RANK.items() if rank >= RANK["assemble"]} - {"evaluate", "train"}
WHERE = {
    "spacy": {"annotate", "extract", "evaluate", "train"},
    "rdflib": AFTER_ASSEMBLE,
    "pyoxigraph": AFTER_ASSEMBLE,
    "pyvis": {"view"},
    "torch": {"train"},
    "typer": {"cli"},
    "fastapi": {"serve"},
    "uvicorn": {"serve"},
}


def imports(source: str, package: str) -> Iterator[str]:
    """The dotted names a module imports, those for type checking left out: they bind nothing at run time."""
    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting.extend(node.orelse)
            continue
        waiting.extend(ast.iter_child_nodes(node))
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parent = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*parent, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def violations(source: str, stage: str, package: str) -> list[str]:
    """What a module of a stage imports and must not."""
    found = []
    for name in imports(source, package):
        top, _, rest = name.partition(".")
        if top == "kg":
            other = rest.partition(".")[0]
            if other == stage:
                continue
            if other not in RANK:
                found.append(f"{name}: from the package's front, which is for users")
            elif RANK[other] > RANK[stage] or (RANK[other] == RANK[stage] and RANK[stage] > 0):
                found.append(f"{name}: a later stage")
        elif stage not in WHERE.get(top, {stage}):
            found.append(f"{name}: belongs into {', '.join(sorted(WHERE[top]))}")
    return found


def modules() -> Iterator[tuple[Path, str, str]]:
    """Every module with its stage and the package its relative imports start from."""
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts != ("__init__",):
            yield path, parts[0], ".".join(("kg", *parts[:-1]))


MODULES = list(modules())


@pytest.mark.parametrize(
    ("path", "stage", "package"), MODULES, ids=[path.relative_to(ROOT).as_posix() for path, _, _ in MODULES]
)
def test_no_module_imports_upwards(path: Path, stage: str, package: str) -> None:
    assert stage in RANK, f"{stage} has no place in the order of stages"
    assert violations(path.read_text(encoding="utf-8"), stage, package) == []


@pytest.mark.parametrize(
    ("source", "stage"),
    [
        ("from kg.store import Store", "read"),
        ("import kg.cli", "view"),
        ("def f():\n    from kg.pipeline import build", "query"),
        ("from kg import build", "pipeline"),
        ("from kg import api", "pipeline"),
        ("from ..store import Record", "read"),
        ("from .. import store", "read"),
        ("import spacy.tokens", "resolve"),
        ("if x:\n    import torch", "annotate"),
        ("from rdflib import Graph", "extract"),
        ("from kg.train import x", "evaluate"),
    ],
)
def test_an_upward_import_is_seen(source: str, stage: str) -> None:
    assert violations(source, stage, f"kg.{stage}")


@pytest.mark.parametrize(
    ("source", "stage"),
    [
        ("from kg.model import Article\nfrom kg.read import read", "annotate"),
        ("from .record import Record\nfrom kg.store.rdf import x", "store"),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import spacy", "assemble"),
        ("import rdflib, json", "assemble"),
    ],
)
def test_other_imports_pass(source: str, stage: str) -> None:
    assert violations(source, stage, f"kg.{stage}") == []


def test_importing_kg_costs_nothing() -> None:
    code = (
        "import sys, kg; heavy = {'spacy', 'rdflib', 'pyoxigraph', 'pandas', 'networkx', 'numpy', 'onnxruntime'};"
        "print(sorted(heavy & set(sys.modules)), sorted(m for m in sys.modules if m.startswith('kg')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    assert done.stdout.strip() == "[] ['kg']"
