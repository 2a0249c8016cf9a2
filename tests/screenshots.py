"""The pictures of the handbook, taken anew by `make screenshots`.

No test: nothing is checked. A real store (simulated), a real browser.
"""

import base64
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

from PIL import Image

from odoo.tests import HttpCase, tagged
from odoo.tests.common import ChromeBrowser

from .common import BigCommerceCase

PICTURES = Path(__file__).resolve().parents[1] / "static/description"
# Opens tabs and the like by their text, then lets the screen settle.
CLICK = """(async () => {
    const rest = (time) => new Promise((done) => setTimeout(done, time));
    await rest(%(seconds)s * 1000);
    for (const text of %(clicks)s) {
        const found = [...document.querySelectorAll(".nav-link, button, a")].find(
            (node) => node.textContent.trim() === text
        );
        if (!found) throw new Error("nothing is called " + text);
        found.click();
        await rest(1500);
    }
    document.activeElement.blur();
    await rest(300);
    console.log("test successful");
})()"""


class PictureCase(BigCommerceCase, HttpCase):
    """A store on an ordinary day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("base.user_admin").group_ids |= cls.env.ref(
            "stock.group_stock_manager"
        )
        cls.backend.write({"name": "Outdoor Shop", "visibility_policy": "all"})
        for name, sku, price, stock in (
            ("Enamel Mug", "MUG-01", "12.00", 140),
            ("Trail Tent", "TENT-02", "249.00", 12),
            ("Wool Blanket", "WOOL-03", "79.00", 0),
            ("Head Torch", "TORCH-04", "34.50", 55),
        ):
            cls.add_product(name, sku, price=price, stock=stock)
        cls.shop.add_product(name="Camp Stove", sku="STOVE-05", price="59", stock=9)

    def setUp(self):
        super().setUp()
        self.run_action("action_link_products")
        self.order = self.import_order(
            [("MUG-01", 2), ("TENT-02", 1)],
            coupon=("SPRING", 10),
            gift_certificate="25",
            note="Please leave it at the door.",
        )
        delivery = self.order.sale_order_ids.picking_ids
        delivery.carrier_tracking_ref = "1Z999AA10123456784"
        delivery.move_ids.picked = True
        delivery.button_validate()
        self.import_order([("TORCH-04", 3)])
        self.import_order([("STOVE-05", 1)])
        for cron in ("export_shipments", "push_inventory", "prove"):
            self.run_cron(f"cron_{cron}")

    def picture(self, name, url, *clicks, seconds=4):
        """Take a picture of a screen.

        :param str name: of the file
        :param clicks: texts of what to click at, one after the other
        """
        wait = ChromeBrowser._wait_code_ok

        def take(browser, *args, **options):
            wait(browser, *args, **options)
            shot = browser._websocket_request("Page.captureScreenshot")
            image = Image.open(BytesIO(base64.b64decode(shot["data"])))
            # screens have few colours: half the size
            image.convert("RGB").quantize(128).save(
                PICTURES / f"{name}.png", optimize=True
            )

        with patch.object(ChromeBrowser, "_wait_code_ok", take):
            code = CLICK % {"seconds": seconds, "clicks": list(clicks)}
            self.browser_js(f"/odoo/{url}", code, login="admin")


@tagged("post_install", "-at_install")
class Wide(PictureCase):
    browser_size = "1366x768"

    def test_pictures(self):
        level = self.env["bigcommerce.stock.level"].search(
            [("variant_id.sku", "=", "MUG-01")]
        )
        store = f"bigcommerce-stores/{self.backend.id}"
        self.picture("dashboard", "bigcommerce")
        self.picture("store", store)
        self.picture("statuses", store, "Order Statuses")
        self.picture("inventory", store, "Inventory")
        self.picture("order", f"bigcommerce-orders/{self.order.id}")
        self.picture("exceptions", "bigcommerce-exceptions")
        self.picture("level", f"bigcommerce-levels/{level.id}")
        self.picture("proof", f"bigcommerce-proof/{self.backend.proof_ids[:1].id}")
        self.backend.is_live = False
        self.backend.action_check_readiness()
        self.picture("setup", store)


@tagged("post_install", "-at_install")
class Narrow(PictureCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_pictures(self):
        self.picture("phone", "bigcommerce-orders")
