"""The Lambda of the owner's API."""

from functions.api.app import app
from functions.common.app import lambda_handler

handler = lambda_handler(app)
