"""The Lambda of the owner's API."""

import gc

gc.disable()  # what is imported stays: looking for garbage in it costs a fifth of the cold start

from functions.api.app import app  # noqa: E402 - see above
from functions.common.app import lambda_handler  # noqa: E402

handler = lambda_handler(app)

gc.freeze()  # nor does the collector walk through it during requests
gc.enable()
