"""The families of Redis 8, once modules of their own: JSON, search, time series, sketches.

Each is a class whose methods say its commands; ``client.json()`` gives it, bound to the
client or the pipeline it was asked of. A family is imported when it is first asked for.
Redis before 8 has them with the modules of Redis Stack, Valkey has some with modules of its
own.
"""
