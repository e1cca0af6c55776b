"""The Lambda of the owner's API."""

import gc

from functions.api.app import app
from functions.common.app import lambda_handler

handler = lambda_handler(app)

# What the imports made stays for good: without this, the collector walks through all of it during requests.
gc.freeze()
