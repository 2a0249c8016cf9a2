import { registry } from "@web/core/registry";

const line = (text) => `[name=line_ids] .o_data_row:contains(${text})`;

registry.category("web_tour.tours").add("bigcommerce_proof", {
    steps: () => [
        { trigger: "button[name=action_prove]", run: "click" },
        { trigger: ".o_notification:contains(1 different)" },
        { trigger: ".o_stat_text:contains(Daily Proof)", run: "click" },
        { trigger: ".o_data_row [name=state]:contains(Different)" },
        { trigger: ".o_data_row [name=date]", run: "click" },
        { trigger: "[name=amount_store]:contains(60.00)" },
        { trigger: "[name=amount_odoo]:contains(97.00)" },
        { trigger: line("Cancelled there and not here") },
        { trigger: line("Shipped here and not there") },
        { trigger: line("Another total") },
        {
            trigger: `${line("Another total")} button[name=action_open]`,
            run: "click",
        },
        { trigger: ".o_form_view [name=order_line]" },
        { trigger: ".o_back_button", run: "click" },
        { trigger: line("Another total") },
        { trigger: "button[name=action_prove_again]", run: "click" },
        { trigger: ".o_notification:contains(Days compared)" },
    ],
});
