"""The admin Lambda's entry."""

from __future__ import annotations

from functions.admin.app import app
from functions.common.app import lambda_handler

handler = lambda_handler(app)
