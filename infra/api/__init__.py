"""The HTTP API under ``/v1``, with health, metrics, events, and the dashboard on the same server."""
