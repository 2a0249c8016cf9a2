from odoo import models


class BigcommerceFollowedMixin(models.AbstractModel):
    """Records that people talk about and plan something for, without writing them.

    What they are is the system's or a manager's to write; who may read them may note
    something, follow them, and have an activity.
    """

    _name = "bigcommerce.followed.mixin"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "BigCommerce Followed Record"
    _mail_post_access = "read"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Override of `message_subscribe` to let those follow who may read."""
        self.check_access("read")
        # Odoo asks for the right to write, which an activity's owner need not have
        system = self.sudo()
        return super(BigcommerceFollowedMixin, system).message_subscribe(
            partner_ids, subtype_ids
        )
