"""How many units could be sold now, for many products in a few queries."""

from .kits import find_components, find_kits
from .stock import Stock
from .stock_behind import stock_behind, stock_of
