"""The classroom door."""
