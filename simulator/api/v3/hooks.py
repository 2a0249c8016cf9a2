"""/v3/hooks: webhooks (webhooks.v3.yml)."""

from .filters import filters, flag, matching
from .query import PAGING, paged

FILTERS = {
    **filters("is_active", flag),
    **filters("scope", str),
    **filters("destination", str),
}
NAMES = (*FILTERS, *PAGING)


def hooks(shop, request):
    rows = matching(shop.hooks.hooks.values(), request.args, FILTERS)
    return paged(rows, request)


def create_hook(shop, request):
    return {"data": shop.hooks.create(request.json_object()), "meta": {}}


def hook(shop, request, hook_id):
    return {"data": shop.hooks.get(hook_id), "meta": {}}


def update_hook(shop, request, hook_id):
    return {"data": shop.hooks.update(hook_id, request.json_object()), "meta": {}}


def delete_hook(shop, request, hook_id):
    kept = shop.hooks.get(hook_id)
    del shop.hooks.hooks[hook_id]
    return {"data": kept, "meta": {}}
