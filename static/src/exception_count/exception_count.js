import { Component, onWillDestroy, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

const ACTION = "connector_bigcommerce.action_bigcommerce_exception";
const EVERY = 5 * 60 * 1000;

/** How much waits for a person, on every screen; a click opens the list. */
export class ExceptionCount extends Component {
    static template = "connector_bigcommerce.ExceptionCount";
    static props = {};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ count: 0 });
        onWillStart(async () => {
            if (await user.hasGroup("connector_bigcommerce.group_user")) {
                this.count();
                this.timer = setInterval(() => this.count(), EVERY);
            }
        });
        onWillDestroy(() => clearInterval(this.timer));
    }

    async count() {
        this.state.count = await this.orm.silent.searchCount("bigcommerce.exception", []);
    }

    open() {
        this.action.doAction(ACTION, { clearBreadcrumbs: true });
        this.count();
    }
}

registry
    .category("systray")
    .add("bigcommerce_exceptions", { Component: ExceptionCount }, { sequence: 30 });
