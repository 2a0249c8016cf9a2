import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What a store's card counts: each number opens its list. */
export class StoreNumbers extends Component {
    static template = "connector_bigcommerce.StoreNumbers";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get card() {
        return JSON.parse(this.props.record.data[this.props.name] || '{"waiting": [], "lines": []}');
    }

    async open(row) {
        const action = await this.action.loadAction(row.action);
        this.action.doAction({ ...action, name: row.name, domain: row.domain, context: {} });
    }
}

registry.category("fields").add("bigcommerce_store_numbers", {
    component: StoreNumbers,
    supportedTypes: ["text"],
});
