"""The classroom door: magics, results and live views. The only room that knows IPython.

    %load_ext redislab

    %redis SET greeting hello            one command, answered as redis-cli prints it
    %%redis_pipeline --watch stock       the lines of the cell as one packet
    %redis_connect redis://...           another server than the private one
    alice = %redis_client alice          a client for Python code

    from redislab.jupyter import Live
    Live(alice, bob)                     what they buffer, send and watch, as it happens

extension.py   hangs the magics into IPython       cell.py        a cell as commands
magics.py      what they do                        arguments.py   their options and help
classroom.py   the notebook's server and clients   format.py      replies as redis-cli's
transform.py   magics awaited where cells may      status.py      OK is no string
sync.py        magics run where they may not       result.py      what a cell's value is
interrupt.py   the stop button                     failure.py     errors on two lines
live.py        the widget, with live.js and .css   feed.py        events, thinned and timed
                                                   scene.py       what the widget shows
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redislab.jupyter.live import Live

__all__ = ["Live"]


def __getattr__(name: str) -> Any:
    """Widgets are slow to import, and most cells need none."""
    if name == "Live":
        from redislab.jupyter.live import Live

        return Live
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
