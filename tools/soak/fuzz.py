"""Fuzzes the simulated store against BigCommerce's OpenAPI files, with schemathesis.

Every endpoint that the store has is asked right and wrong things. No answer may be a
server error, have a status that is documented nowhere, or break its schema.

    SOAK_EXAMPLES   right requests, and wrong ones, to each endpoint (100)
    SOAK_SEED       another number makes other requests (0)
"""

import json
import os
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import openapi  # noqa: E402

from simulator import Simulator  # noqa: E402
from simulator.api.routes import URL_MAP  # noqa: E402

EXAMPLES = int(os.environ.get("SOAK_EXAMPLES", "100"))
SEED = int(os.environ.get("SOAK_SEED", "0"))
# What any endpoint may answer (the guide to status codes; facts F10, F18, F21): an
# empty list of V2; what cannot be read, found or stored, or is too much.
ANYWHERE = {"v2": {204, 400, 404}, "v3": {400, 404, 409, 413, 422}}
# The array that stores still send without the parameter (fact F23) is in no file.
IN_PROSE = re.compile(r"consignments: \[")
# What stays of a field's name that was made up: nothing of it is known to any store.
A_NAME = re.compile(r"[a-z_:]+")


def main():
    """Fuzz all endpoints; end with exit code 1 when an answer was wrong."""
    if not openapi.folder():
        sys.exit(
            "BigCommerce's OpenAPI files are not at hand: set BIGCOMMERCE_OPENAPI to "
            "their folder, or lay them into ../shared/openapi beside the project."
        )
    sim = Simulator(demo=True, quota=10**9)
    fill(sim.shop)
    sim.start()
    try:
        wrong = [line for route in routes() for line in fuzz(sim, *route)]
    finally:
        sim.stop()
    print(f"{len(wrong)} kinds of wrong answers")
    sys.exit(1 if wrong else 0)


def routes():
    """Yield (method, path) of each endpoint of the store, with 1 for ids."""
    for rule in URL_MAP.iter_rules():
        path = rule.rule.removeprefix("/stores/<store_hash>")
        if path.startswith("/api/"):
            continue  # the same again, for legacy accounts
        yield next(iter(rule.methods - {"HEAD"})), re.sub("<[^>]+>", "1", path)


def fill(shop):
    """Let there be one of each at least."""
    order_id, *_others = shop.book.orders
    order = shop.raw_order(order_id)
    (line, *_lines), (address, *_addresses) = order["_lines"], order["_addresses"]
    items = [{"order_product_id": line["id"], "quantity": 1}]
    shop.despatch.create(order, {"order_address_id": address["id"], "items": items})
    shop.refund(order_id, "1.00")
    place = shop.catalog.add_location("Shop")
    shop.buy([(line["sku"], 1)], pickup=place, customer_id=7)
    hook = {"scope": "store/order/*", "destination": "https://x.example/"}
    # nobody is there to hear it
    shop.hooks.create({**hook, "is_active": False})


def fuzz(sim, method, path):
    """Ask an endpoint many things; print and return what was wrong, each kind once."""
    described = openapi.find_operation(method, path)
    if described is None:
        print(f"{method} {path}: there is no file for it")
        return []
    found, statuses, saved = {}, Counter(), sim.shop.save()
    for mode in GenerationMode:
        ask(sim, operation_of(described, method), path, mode, found, statuses)
        sim.shop.restore(saved)
    lines = [f"WRONG {kind}: {example}" for kind, example in found.items()]
    seen = ", ".join(f"{n} x {status}" for status, n in sorted(statuses.items()))
    print(f"{method} {path}: {seen}", *lines, sep="\n  ", flush=True)
    return lines


def ask(sim, operation, path, mode, found, statuses):
    """Send right or wrong requests.

    :param dict found: {kind of wrong answer: an example}, added to
    :param Counter statuses: of the answers, added to
    """
    version = path[1:3]
    session, random = requests.Session(), Random(SEED)
    # schemathesis asks without a token, too; tests do so
    session.auth = Account(sim.token)

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def ask_once(case):
        make_real(case, sim.shop, random)
        case.headers = None
        base = f"{sim.url}/stores/demo/{version}"
        answer = case.call(base_url=base, session=session, timeout=30)
        call = sim.calls.pop()
        statuses[call.status] += 1
        for kind in wrong_in(call, answer, version):
            found.setdefault(kind, f"{call.query} {str(call.body)[:300]}")

    ask_once()


class Account(requests.auth.AuthBase):
    """What every request says of who asks, and in which format."""

    def __init__(self, token):
        self.headers = {"X-Auth-Token": token, "Accept": "application/json"}

    def __call__(self, request):
        request.headers.update(self.headers)
        return request


def operation_of(described, method):
    """Return schemathesis' operation for one of the OpenAPI files."""
    (path,) = (
        path
        for path, item in described.spec.raw["paths"].items()
        if item.get(method.lower()) is described.raw
    )
    return schema_of(described.spec)[path][method]


@cache
def schema_of(spec):
    """Return schemathesis' reading of an OpenAPI file."""
    return schemathesis.openapi.from_dict(spec.raw)


def make_real(case, shop, random):
    """Put ids and names that there are into most requests: else all is not found."""
    if random.random() < 0.2:
        return
    real = real_values(case.path, shop, random)
    for holder in (case.path_parameters, case.query):
        for name in holder or ():
            if name in real:
                holder[name] = random.choice(real[name])
    if isinstance(case.body, dict | list):
        case.body = filled_in(case.body, real, random)
        if random.random() < 0.5:
            case.body = completed(
                case.body, right_body(case.path, real, random), random
            )


def filled_in(value, real, random):
    """Return a body with real values, and without most of the made-up fields."""
    if isinstance(value, list):
        return [filled_in(part, real, random) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        name: random.choice(real[name])
        if name in real and random.random() < 0.8
        else filled_in(part, real, random)
        for name, part in value.items()
        if random.random() < (0.7 if A_NAME.fullmatch(name) else 0.1)
    }


def right_body(path, real, random):
    """Return what an endpoint needs at least, None where nothing is known of it."""

    def some(*names):
        return {name: random.choice(real[name]) for name in names}

    line = some("order_product_id", "quantity")
    bodies = {
        "/orders/{order_id}": some("status_id"),
        "/orders/{order_id}/shipments": {**some("order_address_id"), "items": [line]},
        "/orders/{order_id}/shipments/{shipment_id}": {"tracking_number": "1Z"},
        "/orders/pickups": [
            {
                **some("order_id", "pickup_method_id", "ready_at"),
                "pickup_items": [line],
            }
        ],
        "/catalog/products": [some("id")],
        "/catalog/variants": [some("id")],
        "/inventory/adjustments/absolute": {
            "items": [some("location_id", "variant_id", "quantity")]
        },
    }
    return bodies.get(path)


def completed(body, right, random):
    """Return a right body, with a few of the fields that were drawn."""
    if isinstance(right, list):
        rows = body if isinstance(body, list) and body else [{}]
        return [completed(row, right[0], random) for row in rows]
    if right is None or not isinstance(body, dict):
        return body
    drawn = {k: v for k, v in body.items() if A_NAME.fullmatch(k)}
    return {**{k: v for k, v in drawn.items() if random.random() < 0.1}, **right}


def real_values(path, shop, random):
    """Return {name: values that there are}, all of one order."""
    order = shop.raw_order(random.choice(list(shop.book.orders)))
    lines = [line["id"] for line in order["_lines"]]
    products, variants = list(shop.catalog.products), list(shop.catalog.variants)
    shipments = [row["id"] for row in shop.despatch.of_order(order["id"])]
    return {
        "id": variants if "variants" in path else products,
        "order_id": [order["id"]],
        "order_address_id": [a["id"] for a in order["_addresses"]] or [1],
        "order_product_id": lines,
        "product_id": lines if "orders" in path else products,
        "variant_id": variants,
        "sku": [row["sku"] for row in shop.catalog.variants.values()],
        "location_id": list(shop.catalog.locations),
        "quantity": [1, 2],
        "shipment_id": shipments or [1],
        "status_id": [2, 5, 11],
        "webhook_id": list(shop.hooks.hooks) or [1],
        "zone_id": [1],
        "pickup_method_id": [1],
        "ready_at": ["1772442931"],
        "scope": ["store/order/created", "store/sku/*"],
        "destination": ["https://x.example/", "https://y.example/"],
    }


def wrong_in(call, answer, version):
    """Yield what is wrong with an answer, in words without numbers."""
    status = answer.status_code
    if status >= 500:
        yield f"status {status}"
        return
    try:
        described = openapi.find_operation(call.method, call.path)
    except openapi.UnknownOperation:
        documented, errors = set(), []
    else:
        documented = {int(code) for code in described.raw["responses"]}
        response = {"status": status, "body": answer.text}
        errors = openapi.response_errors(described, response)
    if status not in documented | ANYWHERE[version]:
        yield f"undocumented status {status}"
    for error in errors:
        if IN_PROSE.search(error):
            continue
        yield f"{status}: {re.sub(r'[0-9]+', 'N', error)[:200]}"
    if status not in documented and status >= 400:
        yield from wrong_in_error(json.loads(answer.text), version)


def wrong_in_error(body, version):
    """Yield what is wrong with the body of a refusal (fact F12)."""
    if version == "v2":
        body = body[0] if isinstance(body, list) and body else {}
    wanted = {"v2": ("status", "message"), "v3": ("status", "title", "type")}
    missing = [name for name in wanted[version] if name not in body]
    if missing:
        yield f"an error without {missing}"


if __name__ == "__main__":
    main()
