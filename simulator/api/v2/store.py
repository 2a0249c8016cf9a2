"""/v2/store and /v2/time (store_information.v2.yml)."""


def store(shop, request):
    return shop.store_info()


def time(shop, request):
    return {"time": int(shop.now().timestamp())}
