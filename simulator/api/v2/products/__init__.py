"""The paths below /v2/orders."""
