"""All that the connector does with a store."""

from .orders import (
    FetchPeriod,
    ImportLongOrder,
    ImportOrders,
    ImportRefund,
    ProveOrders,
    ReadTaxLines,
    RefetchOrder,
    TellStatus,
)
from .set_up import (
    CheckReadiness,
    ConnectStore,
    CreateProducts,
    FetchSettings,
    LinkProducts,
    RegisterWebhooks,
    RemoveWebhooks,
    RepairWebhooks,
)
from .shipments import (
    ChangeTracking,
    TellPickup,
    TellShipment,
)
from .stock import (
    AuditStock,
    DisablePurchase,
    EnablePurchase,
    HideListing,
    PushStock,
    ShowListing,
)

OPERATIONS = (
    ConnectStore,
    FetchSettings,
    CheckReadiness,
    ImportOrders,
    FetchPeriod,
    ImportLongOrder,
    RefetchOrder,
    ImportRefund,
    TellStatus,
    TellShipment,
    ChangeTracking,
    TellPickup,
    PushStock,
    HideListing,
    ShowListing,
    DisablePurchase,
    EnablePurchase,
    AuditStock,
    LinkProducts,
    CreateProducts,
    RegisterWebhooks,
    RepairWebhooks,
    RemoveWebhooks,
    ProveOrders,
    ReadTaxLines,
)
