"""The README's words: its code runs, its files exist, its commands are those we check."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


async def run(code: str, names: dict[str, Any]) -> None:
    """Run a block statement by statement; ``# -> value, as ...`` is what the line shows."""
    lines = code.splitlines()
    for statement in ast.parse(code).body:
        shown = await evaluate(statement, names)
        promised = lines[(statement.end_lineno or 0) - 1].partition("  # -> ")[2]
        assert shown.startswith(promised.partition(", as ")[0])


async def evaluate(statement: ast.stmt, names: dict[str, Any]) -> str:
    """What one statement shows in a notebook: the value's repr."""
    kind = "eval" if isinstance(statement, ast.Expr) else "exec"
    tree: Any = (
        ast.Expression(statement.value)
        if isinstance(statement, ast.Expr)
        else ast.Module([statement], [])
    )
    compiled = compile(tree, "README.md", kind, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    value = eval(compiled, names)
    if inspect.iscoroutine(value):
        value = await value
    return repr(value)


async def test_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python blocks run, one after the other, and give what they promise."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    try:
        for code in blocks("python"):
            await run(code, names)
    finally:
        for client in ("client", "alice", "bob"):
            if client in names:
                await names[client].aclose()
        names["server"].stop()
    assert (tmp_path / "conflict.svg").exists()


async def test_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The notebook cells run in a kernel, one after the other."""
    monkeypatch.delenv("REDIS_URL", raising=False)
    cells = [nbformat.v4.new_code_cell(code.rstrip()) for code in blocks("ipython")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    client = NotebookClient(
        notebook, timeout=60, resources={"metadata": {"path": tmp_path}}
    )
    await client.async_execute()
    assert "one packet" in notebook.cells[1].outputs[-1].data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in notebook.cells[2].outputs[-1].data


def test_links() -> None:
    """Every file that is linked or shown exists."""
    found = re.findall(r'\]\(([^)]+)\)|src(?:set)?="([^"]+)"', README)
    targets = [one or other for one, other in found if "://" not in one]
    assert len(targets) > 20
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_set_up() -> None:
    """The command that passes the tests is the one that the build server runs."""
    first, second = blocks("sh")
    assert second in (ROOT / ".ci" / "run").read_text()
    assert first.replace("[lab]", "[test]").replace("redislab lab", "pytest") == second


def test_python_version() -> None:
    """The Python that the README asks for is the one that pip asks for."""
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text()
    assert "Python 3.11 or newer" in README
    assert sys.version_info >= (3, 11)
