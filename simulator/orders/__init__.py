"""The orders: what was bought, where it goes, and what was sent of it."""
