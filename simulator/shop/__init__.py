"""The store itself: what can be done in it, and whom it tells."""
