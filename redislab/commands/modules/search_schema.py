"""What an index holds: the fields of its documents, and which documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from redislab.commands.run import option, switches
from redislab.exceptions import DataError

_PHONETICS = ("dm:en", "dm:fr", "dm:pt", "dm:es")
_ALGORITHMS = ("FLAT", "HNSW", "SVS-VAMANA")


class Field:
    """A field of a document.

    ``as_name`` is its name in queries, ``name`` a hash's field or a JSON path.
    ``sortable``: results may be sorted by it; ``no_index``: that is all it is for;
    ``index_missing``, ``index_empty``: documents without it, or with nothing in it, can be
    found. DataError for a field that is neither indexed nor sortable.
    """

    def __init__(
        self,
        name: str,
        args: Sequence[Any] = (),
        sortable: bool = False,
        no_index: bool = False,
        index_missing: bool = False,
        index_empty: bool = False,
        as_name: str | None = None,
    ) -> None:
        if no_index and not sortable:
            raise DataError(f"field {name!r} is neither indexed nor sortable")
        self.name = name
        self._words = (
            *option("AS", as_name),
            *args,
            *switches(NOINDEX=no_index, INDEXMISSING=index_missing),
            *switches(INDEXEMPTY=index_empty, SORTABLE=sortable),
        )

    def redis_args(self) -> list[Any]:
        """The words it sends."""
        return [self.name, *self._words]


class TextField(Field):
    """Words. ``weight`` makes it count more, ``no_stem`` keeps their forms apart,
    ``phonetic_matcher`` (dm:en ...) finds what sounds alike.
    """

    def __init__(
        self,
        name: str,
        weight: float = 1.0,
        no_stem: bool = False,
        phonetic_matcher: str | None = None,
        withsuffixtrie: bool = False,
        **kwargs: Any,
    ) -> None:
        if phonetic_matcher is not None and phonetic_matcher not in _PHONETICS:
            raise DataError(f"phonetic_matcher must be one of {', '.join(_PHONETICS)}")
        words = (
            *("TEXT", "WEIGHT", weight),
            *switches(NOSTEM=no_stem),
            *option("PHONETIC", phonetic_matcher),
            *switches(WITHSUFFIXTRIE=withsuffixtrie),
        )
        super().__init__(name, words, **kwargs)


class NumericField(Field):
    """A number."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, ("NUMERIC",), **kwargs)


class TagField(Field):
    """Words that are compared as a whole, with a ``separator`` between them."""

    def __init__(
        self,
        name: str,
        separator: str = ",",
        case_sensitive: bool = False,
        withsuffixtrie: bool = False,
        **kwargs: Any,
    ) -> None:
        wishes = switches(CASESENSITIVE=case_sensitive, WITHSUFFIXTRIE=withsuffixtrie)
        super().__init__(name, ("TAG", "SEPARATOR", separator, *wishes), **kwargs)


class GeoField(Field):
    """A place: ``"longitude,latitude"``."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, ("GEO",), **kwargs)


class GeoShapeField(Field):
    """A shape, SPHERICAL or FLAT."""

    def __init__(self, name: str, coord_system: str | None = None, **kwargs: Any) -> None:
        system = () if coord_system is None else (coord_system,)
        super().__init__(name, ("GEOSHAPE", *system), **kwargs)


class VectorField(Field):
    """A vector; ``algorithm`` FLAT, HNSW or SVS-VAMANA, ``attributes`` of it such as TYPE,
    DIM and DISTANCE_METRIC.
    """

    def __init__(
        self, name: str, algorithm: str, attributes: Mapping[str, Any], **kwargs: Any
    ) -> None:
        if kwargs.get("sortable") or kwargs.get("no_index"):
            raise DataError("a vector is neither sortable nor no_index")
        if algorithm.upper() not in _ALGORITHMS:
            raise DataError(f"algorithm must be one of {', '.join(_ALGORITHMS)}")
        words = [word for pair in attributes.items() for word in pair]
        super().__init__(name, ("VECTOR", algorithm, len(words), *words), **kwargs)


class IndexType(Enum):
    """What the documents are."""

    HASH = "HASH"
    JSON = "JSON"


class IndexDefinition:
    """Which keys are documents of an index, and how they count."""

    def __init__(
        self,
        prefix: Sequence[str] = (),
        filter: str | None = None,  # noqa: A002  redis-py's name
        language_field: str | None = None,
        language: str | None = None,
        score_field: str | None = None,
        score: float | None = 1.0,
        payload_field: str | None = None,
        index_type: IndexType | None = None,
    ) -> None:
        self.args: list[Any] = [
            *(() if index_type is None else ("ON", index_type.value)),
            *(("PREFIX", len(prefix), *prefix) if prefix else ()),
            *option("FILTER", filter),
            *option("LANGUAGE_FIELD", language_field),
            *option("LANGUAGE", language),
            *option("SCORE_FIELD", score_field),
            *option("SCORE", score),
            *option("PAYLOAD_FIELD", payload_field),
        ]
