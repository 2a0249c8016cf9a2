from collections import defaultdict

from ...client import Forbidden, InvalidDocument, Reader, readable_id
from ...client.limits import ID_BATCH
from ...rules.amounts import ZERO
from ...rules.proof import compare_refunds
from ..sync.direction import Direction
from .bigcommerce_proof_line import REFUND_CAUSES
from .day_sums import DaySums
from .orders_in_odoo import OrdersInOdoo, money
from .prepare_line import prepare_line


class ProveRefunds(Direction):
    """The refunds of the orders that have some, a hundred orders in a call.

    The store's list of orders says only that money was given back (fact F45).
    """

    def compare(self, cursor, smallest=1):
        """Compare the refunds of the orders that were set aside for it.

        :param dict cursor: of the proof; what is done is taken out of its `refunds`
        :param int smallest: number of orders that are worth a call
        """
        asked = cursor["refunds"]
        while len(asked) >= smallest:
            batch = dict(list(asked.items())[:ID_BATCH])
            self._compare_batch(batch, DaySums(self.env, cursor["sums"]))
            for number in batch:
                del asked[number]

    def _compare_batch(self, batch, sums):
        """Compare the refunds of some orders.

        :param dict batch: {order number as text: day and currency as text}
        """
        keys = {int(number): sums.key_of(text) for number, text in batch.items()}
        given = self._read(list(keys))
        if given is None:
            return
        orders = self.env["bigcommerce.order"].search(
            [("backend_id", "=", self.backend.id), ("remote_id", "in", list(keys))]
        )
        reader, known = OrdersInOdoo(orders), orders.grouped("remote_id")
        proofs = self.env["bigcommerce.proof"]._ensure(self.backend, keys.values())
        rows = []
        for number, key in keys.items():
            order = known.get(number, orders.browse())
            odoo = reader.describe(order)
            refunds = self._pair(order, given[number], key[1])
            sums.add_refunds(
                key,
                sum((amount for amount, _credited in refunds.values()), ZERO),
                odoo.credited,
            )
            # of an order that is not here the other difference is told
            if order.sale_order_ids:
                found = compare_refunds(refunds, odoo)
                rows += self._prepare_lines(proofs[key], number, order, found)
        lines = self.env["bigcommerce.proof.line"]
        outdated = lines.search(
            [
                ("proof_id", "in", [proof.id for proof in proofs.values()]),
                ("order_number", "in", list(keys)),
                ("cause", "in", REFUND_CAUSES),
            ]
        )
        lines._replace(outdated, rows)

    def _prepare_lines(self, proof, number, order, found):
        """Return the values of the lines of one order.

        Refunds that never came in are told together: there is no record of each.

        :param list found: as `compare_refunds` returns it
        """
        rows, known = {}, order.refund_ids.grouped("remote_id")
        for difference, refund in found:
            record = known.get(refund, order.refund_ids.browse())
            row = prepare_line(proof, number, order, difference, record)
            if earlier := rows.get((row["cause"], row["res_id"])):
                earlier["value_store"] += row["value_store"]
            else:
                rows[row["cause"], row["res_id"]] = row
        return list(rows.values())

    def _read(self, numbers):
        """Return {order number: {refund number: amount}} as the store lists them.

        :return: None where the API account may not read them
        """
        try:
            if self.backend.auth_method == "legacy":
                raise Forbidden(self.env._("Legacy accounts cannot read refunds."))
            payloads = list(self.client.refunds(numbers))
        except Forbidden as error:
            note = self.env._("Refunds were not compared: %s", error)
            if note not in (self.run.message or ""):
                self.run._note(note)
            return None
        given = defaultdict(dict)
        for payload in payloads:
            try:
                amount = _amount_of(payload)
            except InvalidDocument as error:
                self.run._note(str(error))
                continue
            number = readable_id(payload.get("order_id"))
            if amount:
                given[number][payload["id"]] = amount
        return given

    def _pair(self, order, given, currency):
        """Return {refund number: (amount, whether a credit note of it is here)}."""
        credited = order.refund_ids.filtered(
            lambda refund: refund.move_id and refund.move_id.state != "cancel"
        ).mapped("remote_id")
        return {
            number: (money(amount, currency), number in credited)
            for number, amount in given.items()
        }


def _amount_of(payload):
    """Return what was given back, 0 where the payment's provider declined it.

    :raise InvalidDocument: when it cannot be read
    """
    refund = Reader(payload, f"refund {payload['id']}")
    payments = refund.parts("payments")
    if payments and all(payment.flag("is_declined") for payment in payments):
        return ZERO
    return refund.amount("total_amount")
