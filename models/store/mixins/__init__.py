from . import bigcommerce_followed_mixin
