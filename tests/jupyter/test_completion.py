"""Tab, in a real kernel: what is offered, and of what type."""

import pytest


def test_commands_are_offered_with_their_syntax_and_summary(kernel):
    kernel.run("%redis PING")
    found = kernel.complete("%redis HGETA")
    assert list(found) == ["HGETALL"]
    assert found["HGETALL"].startswith("HGETALL key · ")
    assert "CLIENT" in kernel.complete("%redis CL")
    assert list(kernel.complete("%redis hgeta")) == ["HGETALL"]


@pytest.mark.parametrize(
    ("cell", "offered"),
    [
        ("%redis CLIENT GETN", {"GETNAME"}),
        ("%redis --as bob CLIENT GETN", {"GETNAME"}),
        ("%redis x << CLIENT GETN", {"GETNAME"}),
        ("x = %redis CLIENT GETN", {"GETNAME"}),
        ("%%redis\nPING\nCLIENT GETN", {"GETNAME"}),
        ("%%redis_pipeline --watch k\nlabel: HGETA", {"HGETALL"}),
        ("%redis SET k v KEEP", {"KEEPTTL"}),
        ("%redis ZRANGE z 0 -1 WITHS", {"WITHSCORES"}),
        ("%redis XADD s NOMK", {"NOMKSTREAM"}),
        ("%redis --dry", {"--dry-run"}),
        ("%%redis_pipeline --no", {"--no-transaction"}),
        ("%redis_keys --li", {"--limit"}),
        ("%redis_help HGETA", {"HGETALL"}),
        ("%redis_help CLIENT GETN", {"GETNAME"}),
    ],
)
def test_what_fits_is_offered(kernel, cell, offered):
    kernel.run("%redis PING")
    assert set(kernel.complete(cell)) == offered


def test_keys_are_offered_where_a_key_stands(kernel, tell):
    for key in ("user:1", "user:2", "us er", "user*", "other"):
        tell("SET", key, "1")
    kernel.run("%redis PING")
    assert kernel.complete("%redis GET user:") == {"user:1": "key", "user:2": "key"}
    assert set(kernel.complete("%redis MGET other user")) == {"user*", "user:1", "user:2"}
    assert set(kernel.complete("%%redis\nSET x 1\nDEL user*")) == {"user*"}
    assert "user:1" not in kernel.complete("%redis SET user:1 us")


def test_names_of_values_are_offered_in_braces(kernel):
    kernel.run("price = 4.5; present = b'x'; printer = print; pretty = None")
    assert kernel.complete("%redis SET k {pr") == {"{price}": "float", "{present}": "bytes"}


def test_keys_are_asked_for_in_bounded_steps(kernel, tell):
    """Of many keys, some are offered, and the server is not asked for all."""
    tell("EVAL", "for n = 1, 30000 do redis.call('SET', 'k' .. n, n) end return 1", "0")
    kernel.run("%redis PING")
    tell("CONFIG", "RESETSTAT")
    assert len(kernel.complete("%redis GET k1")) == 50
    assert list(kernel.complete("%redis GET nothing")) == []
    stats = tell("INFO", "commandstats").decode()
    scans = int(stats.partition("cmdstat_scan:calls=")[2].partition(",")[0])
    assert scans <= 20


@pytest.mark.parametrize(
    "cell", ["GET us", "print('%redis", "%redisx CL", '%%redis_pipeline\nSET k "open us']
)
def test_elsewhere_nothing_of_ours_is_offered(kernel, cell):
    assert "key" not in kernel.complete(cell).values()


def test_without_a_server_the_table_is_offered_and_none_is_started(tmp_path):
    from tests.jupyter.kernel import Kernel

    kernel = Kernel(tmp_path)
    try:
        kernel.run("%load_ext redislab")
        assert list(kernel.complete("%redis HGETA")) == ["HGETALL"]
        assert "not running" in kernel.run("%redis_server").stdout
    finally:
        kernel.stop()
