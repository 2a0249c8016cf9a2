import { registry } from "@web/core/registry";

// The simulated store listens on a port of its own in each test: the test hands
// over its address and token in cookies.
function cookie(name) {
    const pair = document.cookie.split("; ").find((row) => row.startsWith(`${name}=`));
    return decodeURIComponent(pair.slice(name.length + 1));
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
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Connected)" },
        { trigger: "[name=store_name]:contains(Shop)" },
        { trigger: "button[name=action_fetch_settings]", run: "click" },
        { trigger: ".o_notification:contains(15 statuses)" },
        { trigger: "a[name=statuses]", run: "click" },
        { trigger: "[name=status_mapping_ids] td:contains(Awaiting Fulfillment)" },
        { trigger: "button[name=action_import_orders]", run: "click" },
        { trigger: ".o_notification:contains(1 done)" },
        { trigger: ".o_stat_text:contains(Orders Waiting)" },
    ],
});
