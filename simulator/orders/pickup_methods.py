"""The part of an order that is collected instead of sent."""


def pickup_row(pickup_id, location):
    """Return how an order is collected, as its consignments show it.

    :param dict location: of the catalogue
    """
    return {
        "id": pickup_id,
        "pickup_method_id": 1,
        "pickup_method_display_name": "Collect in store",
        "collection_instructions": "Bring your ID",
        "collection_time_description": "9am - 6pm",
        "location": {
            "id": location["id"],
            "name": location["label"],
            "code": location["code"],
            "address_line_1": "1 Shop Street",
            "address_line_2": "",
            "city": "Austin",
            "state": "Texas",
            "postal_code": "78701",
            "country_alpha2": "US",
            "email": "shop@example.com",
            "phone": "512-555-0199",
        },
    }
