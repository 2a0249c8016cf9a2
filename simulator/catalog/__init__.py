"""What the store sells: products, variants, locations and their stock."""
