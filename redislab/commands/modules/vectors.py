"""Vector sets: members that are near each other in meaning. ``client.vset()``.

Each member has a vector, a list of numbers of one length, and may have attributes, a JSON
object, by which searches filter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from redislab.commands.modules.family import Family
from redislab.commands.replies import flag, pairs, report, undecoded
from redislab.commands.run import Key, T, Value, option, switches
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply

Vector: TypeAlias = Sequence[float] | bytes
"""Numbers, or their bytes as FP32, little endian."""


class QuantizationOptions(StrEnum):
    """How exact numbers are kept: as they are, one bit each, eight bits each."""

    NOQUANT = "NOQUANT"
    BIN = "BIN"
    Q8 = "Q8"


class VectorSet(Family[T]):
    """The group ``vector_set``."""

    __slots__ = ()

    # --- members ---------------------------------------------------------------------

    def vadd(
        self,
        key: Key,
        vector: Vector,
        element: Value,
        reduce_dim: int | None = None,
        cas: bool = False,
        quantization: str | None = None,
        ef: int | None = None,
        attributes: Mapping[str, Any] | str | None = None,
        numlinks: int | None = None,
    ) -> Reply[bool]:
        """``VADD key FP32|VALUES vector element``: whether the member is new.

        - ``reduce_dim``: project the vector to so many numbers; ``quantization``: see
          ``QuantizationOptions``; both are the same for all members.
        - ``cas``: look for neighbours in the background; ``ef``: among so many
          candidates; ``numlinks``: link to so many.
        - ``attributes``: a dict, or JSON text.

        https://redis.io/docs/latest/commands/vadd/
        """
        if not vector or not element:
            raise DataError("vadd needs a vector and an element")
        words = (
            *option("REDUCE", reduce_dim),
            *_numbers(vector),
            element,
            *switches(CAS=cas),
            *(() if quantization is None else (str(quantization),)),
            *option("EF", ef),
            *option("SETATTR", _written(attributes) if attributes else None),
            *option("M", numlinks),
        )
        return self._run(("VADD", key, *words), flag)

    def vrem(self, key: Key, element: Value) -> Reply[bool]:
        """``VREM key element``: whether there was such a member.

        https://redis.io/docs/latest/commands/vrem/
        """
        return self._run(("VREM", key, element), flag)

    def vismember(self, key: Key, element: Value) -> Reply[bool]:
        """``VISMEMBER key element``: whether there is such a member.

        https://redis.io/docs/latest/commands/vismember/
        """
        return self._run(("VISMEMBER", key, element), flag)

    def vcard(self, key: Key) -> Reply[int]:
        """``VCARD key``: how many members.

        https://redis.io/docs/latest/commands/vcard/
        """
        return self._run(("VCARD", key))

    def vdim(self, key: Key) -> Reply[int]:
        """``VDIM key``: how many numbers a vector has.

        https://redis.io/docs/latest/commands/vdim/
        """
        return self._run(("VDIM", key))

    def vrandmember(self, key: Key, count: int | None = None) -> Reply[Any]:
        """``VRANDMEMBER key``: some member, None when there is none.

        With ``count`` a list of at most so many; of exactly -count, with repeats, when it
        is negative.
        https://redis.io/docs/latest/commands/vrandmember/
        """
        return self._run(("VRANDMEMBER", key, *(() if count is None else (count,))))

    def vrange(
        self, key: Key, start: Value, end: Value, count: int | None = None
    ) -> Reply[list[T]]:
        """``VRANGE key start end``: members by name; bounds as for ``zrangebylex``.

        https://redis.io/docs/latest/commands/vrange/
        """
        many = () if count is None else (count,)
        return self._run(("VRANGE", key, start, end, *many))

    # --- searching -------------------------------------------------------------------

    def vsim(
        self,
        key: Key,
        input: Vector | str,  # noqa: A002  redis-py's name
        with_scores: bool = False,
        with_attribs: bool = False,
        count: int | None = None,
        ef: int | None = None,
        filter: str | None = None,  # noqa: A002  redis-py's name
        filter_ef: int | None = None,
        truth: bool = False,
        no_thread: bool = False,
        epsilon: float | None = None,
    ) -> Reply[Any]:
        """``VSIM key ELE|FP32|VALUES input``: members, the nearest to ``input`` first.

        ``input`` is a member's name as str, or a vector.

        - ``with_scores``: {member: nearness from 0 to 1}; ``with_attribs``: {member:
          attributes}; both: {member: {"score": ..., "attributes": ...}}.
        - ``count`` of them; none farther than ``epsilon``; only those for whose
          attributes ``filter`` is true, looking at ``filter_ef`` candidates.
        - ``ef``: search among so many; ``truth``: compare with all; ``no_thread``: in the
          server's main thread.

        https://redis.io/docs/latest/commands/vsim/
        """
        if not input:
            raise DataError("vsim needs a member or a vector")
        asked = switches(WITHSCORES=with_scores, WITHATTRIBS=with_attribs)
        words = (
            *(("ELE", input) if isinstance(input, str) else _numbers(input)),
            *asked,
            *option("COUNT", count),
            *option("EPSILON", epsilon),
            *option("EF", ef),
            *option("FILTER", filter),
            *option("FILTER-EF", filter_ef),
            *switches(TRUTH=truth, NOTHREAD=no_thread),
        )
        shape = partial(near, scores=with_scores, attributes=with_attribs)
        return self._run(("VSIM", key, *words), shape if asked else None)

    def vlinks(self, key: Key, element: Value, with_scores: bool = False) -> Reply[Any]:
        """``VLINKS key element``: its neighbours, a list for each layer of the graph; with
        scores a dict for each. None when there is no such member.

        https://redis.io/docs/latest/commands/vlinks/
        """
        if with_scores:
            return self._run(("VLINKS", key, element, "WITHSCORES"), layers)
        return self._run(("VLINKS", key, element))

    # --- what is known of a member -------------------------------------------------------

    def vemb(self, key: Key, element: Value, raw: bool = False) -> Reply[Any]:
        """``VEMB key element``: its vector, about as it was added; None for no member.

        ``raw``: a dict of the server's own form: quantization, raw (bytes), l2, range.
        https://redis.io/docs/latest/commands/vemb/
        """
        if raw:
            return self._run(("VEMB", key, element, "RAW"), raw_vector)
        return self._run(("VEMB", key, element), vector_of)

    def vsetattr(
        self, key: Key, element: Value, attributes: Mapping[str, Any] | str | None = None
    ) -> Reply[bool]:
        """``VSETATTR key element json``: whether there is such a member.

        https://redis.io/docs/latest/commands/vsetattr/
        """
        return self._run(("VSETATTR", key, element, _written(attributes or {})), flag)

    def vgetattr(self, key: Key, element: Value) -> Reply[dict[str, Any] | None]:
        """``VGETATTR key element``: its attributes, None when it has none.

        https://redis.io/docs/latest/commands/vgetattr/
        """
        return self._run(("VGETATTR", key, element), attributes_of)

    def vinfo(self, key: Key) -> Reply[dict[str, Any] | None]:
        """``VINFO key``: how the server keeps them, None when there is no such key.

        https://redis.io/docs/latest/commands/vinfo/
        """
        return self._run(("VINFO", key), about)


def _numbers(vector: Vector | str) -> tuple[Any, ...]:
    if isinstance(vector, bytes):
        return ("FP32", vector)
    return ("VALUES", len(vector), *vector)


def _written(attributes: Mapping[str, Any] | str) -> str:
    return attributes if isinstance(attributes, str) else json.dumps(attributes)


# --- reply shapes ----------------------------------------------------------------------


def near(reply: Any, scores: bool, attributes: bool) -> dict[Any, Any]:
    """VSIM: a dict of what was asked. RESP2 sends members and facts in turn."""
    if scores and attributes:
        if not isinstance(reply, dict):
            turns = iter(reply)
            reply = {
                member: (score, known)
                for member, score, known in zip(turns, turns, turns, strict=True)
            }
        return {
            member: {"score": float(score), "attributes": attributes_of(known)}
            for member, (score, known) in reply.items()
        }
    shape = float if scores else attributes_of
    return {member: shape(fact) for member, fact in pairs(reply).items()}


def attributes_of(reply: Any) -> Any:
    """JSON text; None for nothing, or an empty text."""
    return json.loads(reply) if reply else None


def layers(reply: Any) -> Any:
    """VLINKS WITHSCORES: {member: nearness} for each layer."""
    if reply is None:
        return None
    return [{member: float(score) for member, score in pairs(one).items()} for one in reply]


def vector_of(reply: Any) -> Any:
    """VEMB: numbers. RESP2 sends them as text."""
    return None if reply is None else [float(one) for one in reply]


@undecoded
def raw_vector(reply: Any) -> Any:
    """VEMB RAW: a dict; the vector itself is bytes always."""
    if reply is None:
        return None
    kind, raw, l2, *scale = reply
    known: dict[str, Any] = {"quantization": kind, "raw": raw, "l2": float(l2)}
    return {**known, "range": float(scale[0])} if scale else known


def about(reply: Any) -> Any:
    """VINFO: a dict whose keys are str."""
    return None if reply is None else report(reply)
