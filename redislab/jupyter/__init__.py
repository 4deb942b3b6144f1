"""The classroom door: magics, results and live views. The only room that knows IPython.

    %load_ext redislab

    %redis SET greeting hello            one command, answered as redis-cli prints it
    %%redis                              several, one a line, each after the other
    %%redis_pipeline --watch stock       the lines of the cell as one packet
    %%redis_transaction --retry 3        WATCH, reads, MULTI, writes, EXEC
    %redis_connect redis://...           another server than the private one
    alice = %redis_client alice          a client for Python code
    %redis_server, _keys, _help, _explain, _trace, _load, _monitor, _lint

    from redislab.jupyter import Live
    Live(alice, bob)                     what they buffer, send and watch, as it happens

Sending what a cell says             Looking
  magics.py     the magics             serving.py    which server, which clients
  arguments.py  their options          looking.py    keys, help, the last cell
  cell.py       a cell as commands     looking_arguments.py  their options
  values.py     {name}                 docs.py       the server's own help
  running.py    one by one, piped      keys.py       an overview by SCAN
  script.py     a transaction cell     story.py      how a cell went, and why
  lint.py       notes before a run     monitor.py    what the server runs
  sending.py    what they all do       completion.py Tab
  tap.py        the bytes themselves   known.py      what Tab asks the server

What comes of it                     Inside IPython
  result.py     a cell's value         extension.py  hangs the magics in
  rows.py       its table
  format.py     as redis-cli prints    options.py    argparse, for a magic
  status.py     OK is no string        notebook.py   what they share
  failure.py    errors on two lines    classroom.py  a notebook's server and clients
                                       transform.py  awaited where cells may
The live view                          sync.py       run where they may not
  live.py       the widget, live.js    interrupt.py  the stop button
  feed.py       events, thinned
  scene.py      what it shows
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
