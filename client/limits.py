"""How much one call to BigCommerce hands out or takes."""

# Rows of a page where none are asked for (fact F18); no server gives fewer.
DEFAULT_PAGE = 50
# Rows of a page.
ORDER_PAGE = 100
V2_PAGE = 250
V3_PAGE = 250
INVENTORY_PAGE = 1000
LOCATION_PAGE = 1000

# Records that one call changes (facts F53, F57).
INVENTORY_BATCH = 2000
# One call each: as many as are done in a few seconds.
LEGACY_BATCH = 20
PRODUCT_BATCH = 10
VARIANT_BATCH = 50

# Ids that one address line holds.
ID_BATCH = 100

# Longest texts of a shipment (orders.v2.oas2.yml, orderShipment_Post).
TRACKING_NUMBER_LENGTH = 50
TRACKING_LINK_LENGTH = 500

# A name that is looked up by is at most so long: an index takes no text of any length.
NAME_LENGTH = 250


def check_batch(rows, limit):
    """Make sure that a call takes so many rows.

    :raise ValueError: for none, or for more than the limit
    """
    if not 0 < len(rows) <= limit:
        raise ValueError(f"a batch holds 1 to {limit} rows, not {len(rows)}")
