"""The hall: one socket, one queue of replies, and the ways to get and keep them."""
