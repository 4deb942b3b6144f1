"""Every method called, in chapters: ``story.py`` says how to read and write them."""

from __future__ import annotations

from . import (
    arrays,
    bits_and_places,
    cluster,
    collections,
    everyday,
    families,
    keys,
    search,
    server,
    streams,
)
from .story import Call

CHAPTERS: dict[str, list[Call]] = {
    "everyday": everyday.CALLS,
    "collections": collections.CALLS,
    "keys": keys.CALLS,
    "streams": streams.CALLS,
    "bits_and_places": bits_and_places.CALLS,
    "arrays": arrays.CALLS,
    "server": server.CALLS,
    "cluster": cluster.CALLS,
    "families": families.CALLS,
    "search": search.CALLS,
}

CALLS: list[Call] = [line for chapter in CHAPTERS.values() for line in chapter]
