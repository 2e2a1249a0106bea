"""The values that cross processes. Pydantic only: importing this pulls in no heavy library."""
