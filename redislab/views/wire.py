"""Bytes as a text that explains them, one line for each stretch.

*2\\r\\n                an array of 2
$3\\r\\nGET\\r\\n          a string of 3 bytes
$1\\r\\nk\\r\\n            a string of 1 byte
"""

from __future__ import annotations

from redislab.wire.anatomy import anatomy

COLUMN = 40
"""Letters for the bytes; longer data is cut in the middle."""
LINES = 200


def explained(data: bytes) -> str:
    """The bytes and what they are. Of very many, the first."""
    spans = anatomy(data)
    lines = []
    for span in spans[:LINES]:
        text = "  " * span.depth + _written(data[span.start : span.stop])
        lines.append(f"{text:{COLUMN}}  {span.meaning}")
    if len(spans) > LINES:
        lines.append(f"… and {len(data) - spans[LINES].start} more bytes")
    return "\n".join(lines)


def _written(data: bytes) -> str:
    """Bytes in Python's notation, on one line: ``$3\\r\\nGET\\r\\n``."""
    if len(data) > COLUMN:
        half = COLUMN // 2
        return f"{_written(data[: half - 4])} … {_written(data[-(half - 12) :])}"
    return repr(data)[2:-1]
