"""The pipes: commands to bytes, bytes to replies. Nothing here waits, and nothing here
knows of sockets, tasks or clients: bytes in, values out.
"""
