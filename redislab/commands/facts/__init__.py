"""The facts: one file a group of commands, one row a command or subcommand.

They cover every command of Valkey 9.1 and of Redis 7.0, and a test compares each row
with what those servers answer to COMMAND and COMMAND DOCS. What only Redis 8 has is in
``redis8`` and ``families``; those rows are taken from its documentation.
"""
