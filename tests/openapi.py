"""Checks what passes between the connector and a store against BigCommerce's specs.

The OpenAPI files are BigCommerce's and are not part of this project: they are looked
for in $BIGCOMMERCE_OPENAPI, else in `../shared/openapi` beside the project. Without
them nothing is checked, and the log says so.
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
    (r"^/v3/orders/pickups", "pickup.v3.yml", "/v3"),
    (r"^/v3/orders", "orders.v3.yml", "/v3"),
    (r"^/v3/customers", "customers.v3.yml", "/v3"),
    (r"^/v3/inventory/locations", "locations.v3.yml", "/v3"),
    (r"^/v3/inventory", "inventory.v3.yml", "/v3"),
    (r"^/v3/catalog/variants", "catalog/product-variants_catalog.v3.yml", "/v3"),
    (r"^/v3/catalog", "catalog/products_catalog.v3.yml", "/v3"),
    (r"^/v3/channels", "channels.v3.yml", "/v3"),
    (r"^/v3/tax/(rates|zones)", "tax_rates_zones.v3.yml", "/v3"),
    (r"^/v3/settings", "settings.v3.yml", "/v3"),
    (r"^/v3/hooks", "webhooks.v3.yml", "/v3"),
)
MAX_SHOWN = 10
NUMBER = re.compile(r"-?\d+(\.\d+)?")
BESIDE_PROJECT = Path(__file__).resolve().parents[2] / "shared" / "openapi"

# What BigCommerce's own prose says and its schemas do not: a variant's price is null
# when it is the product's, base_variant_id is null with several variants
# (fact F90), so is sku_id of a base variant, a list of webhooks may be empty, and a tax
# on shipping belongs to no order product.
LOOSER_IN_PROSE = re.compile(
    r"base_variant_id: None|/price: None|data: \[\] should be non-empty"
    r"|order_product_id: None|sku_id: None"
)


def folder():
    """Return the folder of BigCommerce's OpenAPI files, or None."""
    path = Path(os.environ.get("BIGCOMMERCE_OPENAPI") or BESIDE_PROJECT)
    return path if path.is_dir() else None


class UnknownOperation(LookupError):
    """A call that its spec does not know."""


class SpecObserver:
    """Observes a simulator (Simulator.observers) and collects what breaks a spec."""

    def __init__(self):
        self.checked = 0
        self.violations = []
        if not folder():
            _logger.warning("BIGCOMMERCE_OPENAPI names no folder: no spec is checked")

    def __call__(self, request, response):
        label = f"{request['method']} {request['path']} {response['status']}"
        try:
            operation = find_operation(request["method"], request["path"])
        except UnknownOperation as error:
            self._note_unknown(label, error, response["status"])
            return
        if operation is None:
            return
        self.checked += 1
        for part, errors in (
            ("query", query_errors(operation, request["query"], response["status"])),
            ("request", request_errors(operation, request["body"], response["status"])),
            ("response", response_errors(operation, response)),
        ):
            self.violations += [f"{label} {part}: {error}" for error in errors]

    def _note_unknown(self, label, error, status):
        # a path that does not exist is nothing wrong when the store says so
        if status != 404:
            self.violations.append(f"{label}: {error}")

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

    def __init__(self, strict):
        self.strict = _cleaned(strict)
        self.raw = raw = _any_branch(self.strict)
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

    def errors(self, schema, value, strict=False):
        """Yield what is wrong with a value, in words.

        :param bool strict: keep to exactly one branch of `oneOf`
        """
        whole = {**(self.strict if strict else self.raw), **schema}
        for error in OAS30Validator(whole).iter_errors(value):
            place = "/".join(map(str, error.absolute_path))
            words = f"{place}: {error.message[:300]}"
            if not LOOSER_IN_PROSE.search(words):
                yield words


def find_operation(method, path):
    """Return the operation that a call belongs to; None when no spec is at hand.

    :raise UnknownOperation: when the spec is there and knows no such call
    """
    for pattern, name, prefix in SPECS:
        if re.match(pattern, path):
            spec = load(name)
            if spec is None:
                return None
            operation = spec.operation(method, path.removeprefix(prefix))
            operation = operation or spec.operation(method, path)
            if operation is None:
                raise UnknownOperation(f"{name} knows no {method} {path}")
            return operation
    return None


@cache
def load(name):
    """Return a spec file, parsed once; None when the files are not at hand."""
    if not folder():
        return None
    with (folder() / name).open() as file:
        return Spec(yaml.load(file, Loader=_Loader))


def query_errors(operation, query, status):
    """Yield what is wrong with query parameters: unknown names, impossible values.

    As with bodies, a request that was refused may be wrong.
    """
    if status >= 400:
        return
    known = {p["name"]: p for p in operation.parameters if p.get("in") == "query"}
    for name, text in query.items():
        if name in known:
            schema = operation.spec.resolve(known[name].get("schema") or {})
            yield from _value_errors(operation.spec, name, schema, text)
        # paging is described in prose only for some lists
        elif name not in ("page", "limit"):
            yield f"unknown parameter {name}"


def _value_errors(spec, name, schema, text):
    values = [text]
    if schema.get("type") == "array":
        schema = spec.resolve(schema.get("items") or {})
        values = text.split(",")
    elif name.endswith(":in"):
        values = text.split(",")
    # the direction of a sort and the id among the fields are described in prose only
    allowed = {*map(str, schema.get("enum", values)), "id"}
    for value in values:
        if value.removesuffix(":asc").removesuffix(":desc") not in allowed:
            yield f"{name}: {value!r} is not one of the possible values"
        if schema.get("type") in ("integer", "number") and not NUMBER.fullmatch(value):
            yield f"{name}: {value!r} is not a number"


def request_errors(operation, body, status):
    """Yield what is wrong with a request's body; a refused one may be wrong."""
    if body is None or "requestBody" not in operation.raw or status >= 400:
        return
    schema = operation.schema(operation.raw["requestBody"])
    if schema:
        yield from operation.spec.errors(schema, body, strict=True)


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


def _cleaned(value):
    """Drop boolean `exclusiveMinimum` without a `minimum` (two files have it)."""
    return _mapped(
        value,
        lambda key: None if key in ("exclusiveMinimum", "exclusiveMaximum") else key,
    )


def _any_branch(value):
    """Read `oneOf` as `anyOf`: several branches of the answers overlap."""
    return _mapped(value, lambda key: "anyOf" if key == "oneOf" else key)


def _mapped(value, rename):
    if isinstance(value, list):
        return [_mapped(item, rename) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        rename(key): _mapped(item, rename)
        for key, item in value.items()
        if rename(key) is not None
    }


def _literal_first(pair):
    """Sort /orders/count before /orders/{id}."""
    return pair[0].count("{"), pair[0]
