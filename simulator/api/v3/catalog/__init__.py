"""The paths below /v3/catalog."""
