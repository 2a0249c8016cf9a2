from . import bigcommerce_exception
from . import mail_digest
