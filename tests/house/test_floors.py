"""The law of floors: a module imports only from lower floors, neighbours never, no circles inside a room."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "policykb"

FLOORS = {
    "errors": 0, "terms": 0, "resources": 0, "showing": 0,
    "spans": 1, "models": 1, "blocks": 1, "parallel": 1, "writing": 1,
    "exchange": 2, "reading": 2, "cleaning": 2, "segmentation": 2, "places": 2,
    "structure": 3, "extraction": 3, "word": 3, "cluster": 3, "duplicates": 3, "display": 3,
    "ingest": 4, "merging": 4, "built_in": 4, "export": 4, "store": 4, "search": 4, "drafting": 4,
    "knowledge_base": 5,
    "cli": 6,
    "__init__": 7, "__main__": 7,
}  # fmt: skip

WITHIN_FLOOR = {("spans", "models"), ("models", "blocks"), ("errors", "resources")}
"""Pairs (lower, upper) of one floor whose upper may import the lower: records are made of records."""


def module_name(path: Path) -> str:
    """``policykb.word.writer`` for the file of that module."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 2 else parts)


def imported_modules(path: Path) -> set[str]:
    """The policykb modules that a file imports, wherever the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [deepest_module(node.module, alias.name) for alias in node.names]
            found |= {name for name in names if name.startswith("policykb.")}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("policykb.")}
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"{path}: relative import"
    return found


def deepest_module(package: str, name: str) -> str:
    """What ``from package import name`` imports: a module of the package, or the package itself."""
    path = PACKAGE.parent.joinpath(*package.split("."), name)
    return f"{package}.{name}" if path.is_dir() or path.with_suffix(".py").is_file() else package


def room(module: str) -> str:
    """The room of a module: the name right below the package."""
    return module.split(".")[1]


FILES = sorted(PACKAGE.rglob("*.py"))


def test_every_room_has_a_floor() -> None:
    """Does each file belong to a room that the table knows, and does each row have its room?"""
    rooms = {room(module_name(path)) for path in FILES}
    assert rooms <= set(FLOORS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_lead_downstairs(path: Path) -> None:
    """Does this file import only from strictly lower floors, or from its own room?"""
    here = room(module_name(path))
    for imported in imported_modules(path):
        there = room(imported)
        if there == here or there not in FLOORS:  # a name of the package itself, not a module
            continue
        allowed = FLOORS[there] < FLOORS[here] or (there, here) in WITHIN_FLOOR
        assert allowed, f"{here} (floor {FLOORS[here]}) imports {imported} (floor {FLOORS[there]})"


def test_no_circles_inside_a_room() -> None:
    """Do the files of the package import each other without a circle?"""
    modules = {module_name(path): path for path in FILES}
    graph = {
        name: {target for target in imported_modules(path) if target in modules and target != name}
        for name, path in modules.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail, name))
        if name in done:
            return
        for target in sorted(graph[name]):
            visit(target, (*trail, name))
        done.add(name)

    for name in sorted(graph):
        visit(name, ())
