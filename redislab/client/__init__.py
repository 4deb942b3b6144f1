"""The desk people talk to: the client, its pipelines and transactions."""
