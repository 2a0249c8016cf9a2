import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const row = (text) => `.o_data_row:contains(${text})`;

// From the list of exceptions to the listing that an order waits for.
tours.add("bigcommerce_held_order", {
    steps: () => [
        { trigger: ".o_bigcommerce_exceptions .badge:contains(1)" },
        { trigger: ".o_bigcommerce_exceptions", run: "click" },
        { trigger: `${row("Camp Stove")}:contains(Link the listing)` },
        { trigger: `${row("Camp Stove")} button[name=action_open]`, run: "click" },
        { trigger: `${row("STOVE-05")} [name=product_id]`, run: "click" },
        {
            trigger: `${row("STOVE-05")} [name=product_id] input`,
            run: "edit Stove from Odoo",
        },
        { trigger: ".dropdown-item:contains(Stove from Odoo)", run: "click" },
        { trigger: ".o_list_button_save", run: "click" },
        { trigger: ".o_list_button_add, .o_control_panel:not(:has(.o_list_button_save))" },
    ],
});

tours.add("bigcommerce_failed_shipment", {
    steps: () => [
        { trigger: `${row("Shipment")} button[name=action_retry]`, run: "click" },
        { trigger: ".o_notification:contains(tried again)" },
    ],
});

tours.add("bigcommerce_why_this_number", {
    steps: () => [
        { trigger: `${row("MUG-01")} [name=variant_id]`, run: "click" },
        { trigger: "[name=explanation]:contains(10 on hand)" },
        { trigger: "[name=explanation]:contains(At most 4)" },
    ],
});

tours.add("bigcommerce_mapping", {
    steps: () => [
        { trigger: ".nav-link:contains(Shipping Services)", run: "click" },
        { trigger: "[name=shipping_mapping_ids] .o_data_row:first [name=carrier_id]", run: "click" },
        { trigger: "[name=shipping_mapping_ids] [name=carrier_id] input", run: "edit Tour Carrier" },
        { trigger: ".dropdown-item:contains(Tour Carrier)", run: "click" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved, .o_form_view:not(:has(.o_form_dirty))" },
        { trigger: "[name=shipping_mapping_ids] .o_data_row:contains(Tour Carrier)" },
    ],
});

// The story of an order, and the way from the sale order to it.
tours.add("bigcommerce_order_story", {
    steps: () => [
        { trigger: "button[name=action_show_bigcommerce_order]", run: "click" },
        { trigger: "[name=contents] td:contains(MUG-01)" },
        { trigger: ".nav-link:contains(Time Line)", run: "click" },
        { trigger: "[name=events] li:contains(Ordered in the store)" },
        { trigger: "button[name=action_open_sale_orders]", run: "click" },
        { trigger: ".o_form_view [name=order_line]" },
    ],
});

// Who has no right here sees the sale order, and nothing of this app.
tours.add("bigcommerce_salesman", {
    steps: () => [
        { trigger: ".o_form_view [name=order_line]" },
        {
            trigger: ".o_form_view:not(:has(button[name=action_show_bigcommerce_order]))",
        },
        { trigger: "body:not(:has(.o_bigcommerce_exceptions))" },
    ],
});
