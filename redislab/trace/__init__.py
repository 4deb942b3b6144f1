"""The darkroom: recordings of what clients did, and what they show.

``record`` makes a Recording; ``timeline`` works out its steps, packets, transactions and
watches; a Verdict says who changed a watched key, as far as the recording can tell.
``follow`` times one command's Journey, stage by stage.
"""

from redislab.trace.journey import Journey, Stage, follow
from redislab.trace.recorder import Recorder, record
from redislab.trace.recording import Recording
from redislab.trace.steps import (
    NO_REPLY,
    Buffered,
    Command,
    Packet,
    Step,
    Transaction,
    Watch,
)
from redislab.trace.timeline import Timeline, timeline
from redislab.trace.verdict import Verdict

__all__ = [
    "NO_REPLY",
    "Buffered",
    "Command",
    "Journey",
    "Packet",
    "Recorder",
    "Recording",
    "Stage",
    "Step",
    "Timeline",
    "Transaction",
    "Verdict",
    "Watch",
    "follow",
    "record",
    "timeline",
]
