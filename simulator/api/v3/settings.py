"""/v3/settings/inventory (settings.v3.yml)."""

from .filters import read, whole


def inventory(shop, request):
    read(request.args, "channel_id", whole)
    return {
        "data": {
            "product_out_of_stock_behavior": "hide_product",
            "option_out_of_stock_behavior": "hide_option",
            "update_stock_behavior": "order_placed",
            "edit_order_stock_adjustment": True,
            "delete_order_stock_adjustment": True,
            "refund_order_stock_adjustment": True,
            "stock_level_display": "dont_show",
            "default_out_of_stock_message": "",
            "hide_in_product_filtering": False,
            "show_pre_order_stock_levels": False,
            "show_out_of_stock_message": False,
        },
        "meta": {},
    }
