from . import push_inventory
