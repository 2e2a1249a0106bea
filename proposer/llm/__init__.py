"""Tasks from a chat model: what it is told of a website, what it may propose, and what becomes of its proposals."""
