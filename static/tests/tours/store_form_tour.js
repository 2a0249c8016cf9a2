import { registry } from "@web/core/registry";

// The simulated store listens on a port of its own in each test: the test hands
// over its address and token in cookies.
function cookie(name) {
    const pair = document.cookie.split("; ").find((row) => row.startsWith(`${name}=`));
    return decodeURIComponent(pair.slice(name.length + 1));
}

function nextStep(name) {
    return [
        { trigger: "button[name=action_next_step]", run: "click" },
        { trigger: `.o_statusbar_status .o_arrow_button_current:contains(${name})` },
    ];
}

registry.category("web_tour.tours").add("bigcommerce_store_form", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: "[name=name] input", run: "edit Tour Shop" },
        {
            trigger: "[name=api_path] input",
            run: ({ edit }) => edit(cookie("bigcommerce_api_path")),
        },
        {
            trigger: "[name=access_token] input",
            run: ({ edit }) => edit(cookie("bigcommerce_token")),
        },
        { trigger: "button[name=action_test_connection]", run: "click" },
        { trigger: ".o_notification:contains(Connected)" },
        { trigger: "[name=store_name]:contains(Shop)" },
        ...nextStep("Order Statuses"),
        { trigger: "button[name=action_fetch_settings]", run: "click" },
        { trigger: ".o_notification:contains(15 statuses)" },
        { trigger: "[name=status_mapping_ids] td:contains(Awaiting Fulfillment)" },
        ...nextStep("Shipping Services"),
        { trigger: "[name=shipping_mapping_ids]" },
        ...nextStep("Payments and Taxes"),
        { trigger: "[name=payment_mapping_ids]" },
        ...nextStep("Products and Locations"),
        { trigger: "button[name=action_link_products]", run: "click" },
        { trigger: ".o_notification:contains(Product Links)" },
        ...nextStep("Go Live"),
        { trigger: "button[name=action_go_live]", run: "click" },
        { trigger: ".modal button:contains(Ok)", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Connected)" },
        { trigger: "button[name=action_import_orders]", run: "click" },
        { trigger: ".o_notification:contains(1 done)" },
        { trigger: ".o_stat_text:contains(Orders Waiting)" },
    ],
});
