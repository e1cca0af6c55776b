"""Starts, watches and stops everything that stands in for AWS and Supabase on one machine."""

from local.stack.part import NotReady, Part
from local.stack.parts import Urls
from local.stack.settings import Ports, StackSettings
from local.stack.stack import Stack

__all__ = ["NotReady", "Part", "Ports", "Stack", "StackSettings", "Urls"]
