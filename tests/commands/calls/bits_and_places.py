"""Bitmaps, HyperLogLog, places."""

from __future__ import annotations

from .story import AnyOrder, Call, Unsent, call

PALERMO = (13.361389338970184, 38.1155563954963)
CATANIA = (15.087267458438873, 37.50266842333162)

CALLS: list[Call] = [
    # --- bitmaps
    call("setbit", "b", 7, 1) >> ("SETBIT", "b", 7, 1) >> 0,
    call("setbit", "b", 8, True) >> ("SETBIT", "b", 8, 1) >> 0,
    call("getbit", "b", 7) >> ("GETBIT", "b", 7) >> 1,
    call("bitcount", "b") >> ("BITCOUNT", "b") >> 2,
    call("bitcount", "b", 0, 0) >> ("BITCOUNT", "b", 0, 0) >> 1,
    call("bitcount", "b", 0, 7, "BIT") >> ("BITCOUNT", "b", 0, 7, "BIT") >> 1,
    call("bitpos", "b", 1) >> ("BITPOS", "b", 1) >> 7,
    call("bitpos", "b", 1, 1) >> ("BITPOS", "b", 1, 1) >> 8,
    call("bitpos", "b", 0, 7, 8, "BIT") >> ("BITPOS", "b", 0, 7, 8, "BIT") >> -1,
    call("bitop", "NOT", "not", "b") >> ("BITOP", "NOT", "not", "b") >> 2,
    call("bitop", "AND", "and", "b", "not") >> ("BITOP", "AND", "and", "b", "not") >> 2,
    call("bitfield_ro", "b", "u8", 0) >> ("BITFIELD_RO", "b", "GET", "u8", 0) >> [1],
    call("bitfield_ro", "b", "u8", "#1", [("u4", 0)])
    >> ("BITFIELD_RO", "b", "GET", "u8", "#1", "GET", "u4", 0)
    >> [128, 0],
    # --- how many different ones
    call("pfadd", "p", "a", "b", "c") >> ("PFADD", "p", "a", "b", "c") >> 1,
    call("pfadd", "q", "c", "d") >> ("PFADD", "q", "c", "d") >> 1,
    call("pfcount", "p", "q") >> ("PFCOUNT", "p", "q") >> 4,
    call("pfmerge", "both", "p", "q") >> ("PFMERGE", "both", "p", "q") >> True,
    call("pfdebug", "ENCODING", "p") >> ("PFDEBUG", "ENCODING", "p") >> b"sparse",
    call("pfselftest") >> ("PFSELFTEST",) >> Unsent("the server works on it for seconds"),
    # --- places
    call("geoadd", "g", [13.361389, 38.115556, "Palermo", 15.087269, 37.502669, "Catania"])
    >> ("GEOADD", "g", 13.361389, 38.115556, "Palermo", 15.087269, 37.502669, "Catania")
    >> 2,
    call("geoadd", "g", (13.5, 38.1, "Palermo"), nx=True, ch=True)
    >> ("GEOADD", "g", "NX", "CH", 13.5, 38.1, "Palermo")
    >> 0,
    call("geoadd", "g", (13.5, 38.1, "none"), xx=True)
    >> ("GEOADD", "g", "XX", 13.5, 38.1, "none")
    >> 0,
    call("geodist", "g", "Palermo", "Catania")
    >> ("GEODIST", "g", "Palermo", "Catania")
    >> 166274.1516,
    call("geodist", "g", "Palermo", "Catania", "km")
    >> ("GEODIST", "g", "Palermo", "Catania", "km")
    >> 166.2742,
    call("geodist", "g", "Palermo", "none") >> ("GEODIST", "g", "Palermo", "none") >> None,
    call("geohash", "g", "Palermo", "none")
    >> ("GEOHASH", "g", "Palermo", "none")
    >> ["sqc8b49rny0", None],
    call("geopos", "g", "Palermo", "none") >> ("GEOPOS", "g", "Palermo", "none") >> list,
    call("geosearch", "g", longitude=15, latitude=37, radius=200, unit="km", sort="ASC")
    >> ("GEOSEARCH", "g", "FROMLONLAT", 15, 37, "BYRADIUS", 200, "km", "ASC")
    >> [b"Catania", b"Palermo"],
    call("geosearch", "g", "Palermo", width=1, height=1, count=1, any=True)
    >> ("GEOSEARCH", "g", "FROMMEMBER", "Palermo", "BYBOX", 1, 1, "m", "COUNT", 1, "ANY")
    >> [b"Palermo"],
    call("geosearch", "g", "Catania", radius=1, withdist=True, withhash=True)
    >> (
        "GEOSEARCH",
        "g",
        "FROMMEMBER",
        "Catania",
        "BYRADIUS",
        1,
        "m",
        "WITHDIST",
        "WITHHASH",
    )
    >> [[b"Catania", 0.0, 3479447370796909]],
    call("geosearch", "g", "Catania", radius=1, withcoord=True)
    >> ("GEOSEARCH", "g", "FROMMEMBER", "Catania", "BYRADIUS", 1, "m", "WITHCOORD")
    >> list,
    call("geosearchstore", "near", "g", "Catania", radius=1, sort="desc", storedist=True)
    >> (
        "GEOSEARCHSTORE",
        "near",
        "g",
        "FROMMEMBER",
        "Catania",
        "BYRADIUS",
        1,
        "m",
        "DESC",
        "STOREDIST",
    )
    >> 1,
    call("georadius", "g", 15, 37, 200, "km", withdist=True, sort="ASC", count=1)
    >> ("GEORADIUS", "g", 15, 37, 200, "km", "WITHDIST", "ASC", "COUNT", 1)
    >> [[b"Catania", 56.4413]],
    call("georadius", "g", 15, 37, 1, store="near")
    >> (("GEORADIUS", "g", 15, 37, 1, "m", "STORE", "near"))
    >> 0,
    call("georadius_ro", "g", 15, 37, 200, "km", count=1, any=True)
    >> ("GEORADIUS_RO", "g", 15, 37, 200, "km", "COUNT", 1, "ANY")
    >> list,
    call("georadiusbymember", "g", "Palermo", 1, store_dist="near")
    >> ("GEORADIUSBYMEMBER", "g", "Palermo", 1, "m", "STOREDIST", "near")
    >> 1,
    call("georadiusbymember_ro", "g", "Palermo", 200, "km")
    >> ("GEORADIUSBYMEMBER_RO", "g", "Palermo", 200, "km")
    >> AnyOrder([b"Palermo", b"Catania"]),
]
