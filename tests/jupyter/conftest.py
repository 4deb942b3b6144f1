"""A real kernel with the extension loaded, and a way to talk behind its back."""

from collections.abc import Callable, Iterator

import pytest
from jupyter_core.utils import ensure_event_loop

from redislab.servers import Server
from redislab.servers.ask import ask
from tests.jupyter.kernel import Kernel


@pytest.fixture(scope="module")
def classroom(valkey: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    kernel = Kernel(tmp_path_factory.mktemp("kernel"))
    try:
        assert kernel.run("%load_ext redislab").status == "ok"
        yield kernel
    finally:
        kernel.stop()


@pytest.fixture
def tell(valkey: Server) -> Callable[..., bytes]:
    """Say something to the server behind the kernel's back."""
    password = valkey.url.partition("://:")[2].partition("@")[0]

    def say(*command: str) -> bytes:
        (reply,) = ask(("127.0.0.1", valkey.port), password, command)
        return reply

    return say


@pytest.fixture
def kernel(classroom: Kernel, valkey: Server, tell) -> Kernel:
    """A kernel whose magics talk to an empty server."""
    tell("FLUSHALL")
    assert classroom.run(f"%redis_connect {valkey.url}").status == "ok"
    return classroom


@pytest.fixture(scope="session", autouse=True)
def loop_of_jupyter_client() -> Iterator[None]:
    """It makes one at its first call and keeps it: not what a single test leaves behind."""
    loop = ensure_event_loop()
    yield
    loop.close()
