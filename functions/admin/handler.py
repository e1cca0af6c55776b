"""The admin Lambda's entry."""

import gc

gc.disable()  # as in the owner's API: what is imported stays

from functions.admin.app import app  # noqa: E402 - see above
from functions.common.app import lambda_handler  # noqa: E402

handler = lambda_handler(app)

gc.freeze()
gc.enable()
