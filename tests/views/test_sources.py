"""A rule of the house, read from the source: markup is made in one module only."""

import ast
import re
from pathlib import Path

import pytest

import redislab

ROOT = Path(redislab.__file__).parent
MARKUP = re.compile(r"(?<!\?P)</?[a-zA-Z!]")
ALLOWED = {"views/markup.py"}
"""Where ``<`` before a letter may stand in a string that is no docstring."""


def strings(tree):
    """Every piece of a string in the code; docstrings, reprs and group names left out."""
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == "__repr__":
            skipped |= {id(child) for child in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
    for node in ast.walk(tree):
        text = getattr(node, "value", None)
        if (
            isinstance(node, ast.Constant)
            and isinstance(text, str)
            and id(node) not in skipped
        ):
            yield node.lineno, text


@pytest.mark.parametrize(
    "path", [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.rglob("*.py"))]
)
def test_no_other_module_writes_markup(path):
    if path in ALLOWED:
        return
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    found = [(line, text) for line, text in strings(tree) if MARKUP.search(text)]
    assert found == []


def test_the_rule_finds_what_it_forbids():
    tree = ast.parse('"""<b>"""\ndef f(x):\n    return f"<b>{x}</b>" + "a < b"\n')
    found = [text for _, text in strings(tree) if MARKUP.search(text)]
    assert found == ["<b>", "</b>"]
