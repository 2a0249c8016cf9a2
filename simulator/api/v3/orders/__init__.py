"""The paths below /v3/orders."""
