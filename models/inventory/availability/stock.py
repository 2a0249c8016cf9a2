from dataclasses import dataclass


@dataclass
class Stock:
    """The units of a product in some locations, and what is taken from them.

    reserved: for deliveries
    waiting: what deliveries wait for without a reservation
    forecast: Odoo's own figure, with what is on its way in and out
    sold: units of store orders that hold no stock in Odoo yet
    """

    on_hand: float = 0.0
    reserved: float = 0.0
    waiting: float = 0.0
    forecast: float = 0.0
    sold: float = 0.0

    def available(self, basis):
        """Return the units that can be listed by a store's quantity basis."""
        units = {
            "on_hand": self.on_hand,
            "free": self.on_hand - self.reserved - self.waiting,
            "forecast": self.forecast,
        }
        return units[basis] - self.sold
