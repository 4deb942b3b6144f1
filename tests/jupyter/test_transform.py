"""Which calls of our magics are awaited, and that nothing else in a cell changes."""

import ast

import pytest
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from redislab.jupyter.transform import await_magics, transformer

NAMES = {"redis", "redis_pipeline"}
CALL = "get_ipython().run_line_magic('redis', 'GET k')"
AWAITED = "(await get_ipython().redislab.run_line_magic('redis', 'GET k'))"


def as_ipython_gives_it(cell):
    return TransformerManager().transform_cell(cell)


@pytest.mark.parametrize(
    ("cell", "awaited"),
    [
        ("%redis GET k", 1),
        ("value = %redis GET k", 1),
        ("%redis GET a\n%redis GET b", 2),
        ("%%redis_pipeline --watch k\nSET k 1\nGET k\n", 1),
        ("for _ in range(3):\n    %redis INCR k", 1),
        ("async def f():\n    %redis GET k", 1),
        ("def f():\n    async def g():\n        %redis GET k", 1),
        ("class C:\n    async def g(self):\n        %redis GET k", 1),
        ("async with lock:\n    x = %redis GET k", 1),
        ("def f():\n    %redis GET k", 0),
        ("class C:\n    %redis GET k", 0),
        ("def f():\n    yield\n    %redis GET k", 0),
        ("%time x = 1", 0),
        ("%%time\n%redis GET k", 0),
        ("print('redis')", 0),
        ("this is not Python %redis", 0),
    ],
)
def test_magics_are_awaited_exactly_where_a_cell_may_await(cell, awaited):
    before = as_ipython_gives_it(cell)
    after = await_magics(before, NAMES)
    assert after.count("(await get_ipython().redislab.run_") == awaited
    assert after.replace("(await get_ipython().redislab.", "get_ipython().").replace(
        "))", ")"
    ) == before.replace("))", ")")


@pytest.mark.parametrize(
    "code",
    [
        f"f = lambda: {CALL}",
        f"[{CALL} for _ in range(2)]",
        f"sum({CALL} for _ in range(2))",
        f"f'{{{CALL}}}'",
        f"def f(x={CALL}): pass",
        CALL.replace("'redis'", "'time'"),
        CALL.replace("'redis'", "name"),
    ],
)
def test_calls_that_cannot_be_awaited_stay_as_they_are(code):
    assert await_magics(code, NAMES) == code


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_positions_hold_behind_wide_letters_and_any_line_end(end):
    """ast counts columns in UTF-8 bytes and lines by Python's own line ends."""
    code = end.join([f"é = '\u2028\x0c𝄞'; a = [{CALL}, {CALL}]", f"b = ({CALL})", ""])
    after = await_magics(code, NAMES)
    assert after == code.replace(CALL, AWAITED)
    compile(after, "cell", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


@pytest.fixture
def shell():
    config = Config()
    config.HistoryManager.enabled = False  # it would write to the user's own history
    yield InteractiveShell.instance(config=config)
    InteractiveShell.clear_instance()


def test_nothing_is_awaited_with_autoawait_off(shell):
    transform = transformer(shell, NAMES)
    assert transform([CALL]) == [AWAITED]
    shell.autoawait = False
    assert transform([CALL]) == [CALL]


def test_nothing_is_awaited_inside_a_running_cell(shell):
    """``%%time`` and ``run_cell`` execute their code without a loop of their own."""
    shell.user_ns["transform"] = transformer(shell, NAMES)
    shell.user_ns["call"] = CALL
    result = shell.run_cell("seen = transform([call])")
    assert result.success
    assert shell.user_ns["seen"] == [CALL]
