"""What an order costs: lines, discounts, costs and taxes."""
