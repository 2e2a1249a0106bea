"""Websites to practise on. They know nothing of the service; only tests and people start them."""
