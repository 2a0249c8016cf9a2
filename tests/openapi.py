"""Checks what passes between the connector and a store against BigCommerce's specs.

The OpenAPI files are BigCommerce's and are not part of this project: they are looked
for in $BIGCOMMERCE_OPENAPI, where the tools put `../shared/openapi` beside the
project when it is there. Without them nothing is checked, and the log says so.
"""

import json
import logging
import os
import re
from functools import cache
from pathlib import Path

import yaml
from openapi_schema_validator import OAS30Validator

_logger = logging.getLogger(__name__)

# Which file describes which paths; the first that matches.
SPECS = (
    (r"^/v2/(orders|order_statuses)", "orders.v2.oas2.yml", "/v2"),
    (r"^/v2/(store|time)", "store_information.v2.yml", "/v2"),
    (r"^/v2/currencies", "currencies.v2.yml", "/v2"),
    (r"^/v2/shipping", "shipping.v2.yml", "/v2"),
    (r"^/v2/payments", "payments/methods_payments.v2.yml", "/v2"),
    (r"^/v3/orders", "orders.v3.yml", "/v3"),
    (r"^/v3/inventory/locations", "locations.v3.yml", "/v3"),
    (r"^/v3/inventory", "inventory.v3.yml", "/v3"),
    (r"^/v3/catalog/variants", "catalog/product-variants_catalog.v3.yml", "/v3"),
    (r"^/v3/catalog", "catalog/products_catalog.v3.yml", "/v3"),
    (r"^/v3/channels", "channels.v3.yml", "/v3"),
    (r"^/v3/hooks", "webhooks.v3.yml", "/v3"),
)
MAX_SHOWN = 10

# What BigCommerce's own prose says and its schemas do not: a variant's price is null
# when it is the product's, base_variant_id is null with several variants
# (bigcommerce-api.md sections 6 and 7), and a list of webhooks may be empty.
LOOSER_IN_PROSE = re.compile(
    r"base_variant_id: None|/price: None|data: \[\] should be non-empty"
)


def folder():
    """Return the folder of BigCommerce's OpenAPI files, or None."""
    path = os.environ.get("BIGCOMMERCE_OPENAPI")
    return Path(path) if path and Path(path).is_dir() else None


class SpecObserver:
    """Observes a simulator (Simulator.observers) and collects what breaks a spec."""

    def __init__(self):
        self.checked = 0
        self.violations = []
        if not folder():
            _logger.warning("BIGCOMMERCE_OPENAPI is not set: no spec is checked")

    def __call__(self, request, response):
        operation = find_operation(request["method"], request["path"])
        if operation is None:
            return
        self.checked += 1
        label = f"{request['method']} {request['path']} {response['status']}"
        for part, errors in (
            ("query", query_errors(operation, request["query"])),
            ("request", request_errors(operation, request["body"], response["status"])),
            ("response", response_errors(operation, response)),
        ):
            self.violations += [f"{label} {part}: {error}" for error in errors]

    def check(self):
        """Raise AssertionError when something broke a spec."""
        if self.violations:
            shown = "\n".join(dict.fromkeys(self.violations[:MAX_SHOWN]))
            raise AssertionError(f"BigCommerce's specs do not allow this:\n{shown}")


class Operation:
    """One method of one path of a spec."""

    def __init__(self, spec, raw, shared):
        self.spec = spec
        self.raw = raw
        self.parameters = [
            spec.resolve(parameter)
            for parameter in [*shared, *raw.get("parameters", [])]
        ]

    def schema(self, holder):
        """Return the JSON schema of a request or response, or None."""
        content = self.spec.resolve(holder).get("content") or {}
        for kind in ("application/json", "application/problem+json"):
            if kind in content:
                return content[kind].get("schema")
        return None


class Spec:
    """A parsed OpenAPI file."""

    def __init__(self, raw):
        self.raw = raw
        self.templates = [
            (re.compile("^" + re.sub(r"\{[^}]+\}", "[^/]+", path) + "/?$"), item)
            for path, item in sorted(raw["paths"].items(), key=_literal_first)
        ]

    def resolve(self, value):
        """Follow a local reference."""
        while isinstance(value, dict) and "$ref" in value:
            found = self.raw
            for part in value["$ref"].removeprefix("#/").split("/"):
                found = found[part.replace("~1", "/").replace("~0", "~")]
            value = found
        return value

    def operation(self, method, path):
        """Return the operation of a method and path, or None."""
        for pattern, item in self.templates:
            if pattern.match(path) and method.lower() in item:
                return Operation(
                    self, item[method.lower()], item.get("parameters") or []
                )
        return None

    def errors(self, schema, value):
        """Yield what is wrong with a value, in words."""
        whole = {**self.raw, **schema}
        for error in OAS30Validator(whole).iter_errors(value):
            place = "/".join(map(str, error.absolute_path))
            words = f"{place}: {error.message[:300]}"
            if not LOOSER_IN_PROSE.search(words):
                yield words


def find_operation(method, path):
    """Return the operation that a call belongs to; None when no spec is at hand.

    :raise AssertionError: when the spec is there and knows no such call
    """
    for pattern, name, prefix in SPECS:
        if re.match(pattern, path):
            spec = load(name)
            if spec is None:
                return None
            operation = spec.operation(method, path.removeprefix(prefix))
            operation = operation or spec.operation(method, path)
            if operation is None:
                raise AssertionError(f"{name} knows no {method} {path}")
            return operation
    return None


@cache
def load(name):
    """Return a spec file, parsed once; None when the files are not at hand."""
    if not folder():
        return None
    with (folder() / name).open() as file:
        return Spec(_loosened(yaml.load(file, Loader=_Loader)))


def query_errors(operation, query):
    """Yield the query parameters that the spec does not know."""
    known = {p["name"] for p in operation.parameters if p.get("in") == "query"}
    # paging is described in prose only for some lists
    known |= {"page", "limit"}
    yield from (f"unknown parameter {name}" for name in query if name not in known)


def request_errors(operation, body, status):
    """Yield what is wrong with a request's body; a refused one may be wrong."""
    if body is None or "requestBody" not in operation.raw or status >= 400:
        return
    schema = operation.schema(operation.raw["requestBody"])
    if schema:
        yield from operation.spec.errors(schema, body)


def response_errors(operation, response):
    """Yield what is wrong with an answer; answers that no spec names are let be."""
    described = operation.raw.get("responses") or {}
    holder = described.get(str(response["status"])) or described.get("default")
    if not holder or not response["body"] or response["status"] >= 500:
        return
    try:
        body = json.loads(response["body"])
    except ValueError:
        return
    schema = operation.schema(holder)
    if schema:
        yield from operation.spec.errors(schema, body)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Leaves dates as the texts that they are in JSON."""

    yaml_implicit_resolvers = {
        letter: [(tag, regexp) for tag, regexp in found if "timestamp" not in tag]
        for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _loosened(value):
    """Read `oneOf` as `anyOf`: several branches of the specs overlap.

    Two files carry boolean `exclusiveMinimum` without a `minimum`; it says nothing.
    """
    if isinstance(value, list):
        return [_loosened(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        "anyOf" if key == "oneOf" else key: _loosened(item)
        for key, item in value.items()
        if key not in ("exclusiveMinimum", "exclusiveMaximum")
    }


def _literal_first(pair):
    """Sort /orders/count before /orders/{id}."""
    return pair[0].count("{"), pair[0]
