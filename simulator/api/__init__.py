"""The store's API: every path, and what it asks of the store."""
