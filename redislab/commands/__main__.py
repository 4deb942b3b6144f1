"""``python -m redislab.commands``: how many commands have a method, and why some do not."""

from redislab.commands.coverage import table

print("\n".join(table()))
