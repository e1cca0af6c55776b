"""The routes of the owner API. An endpoint declares its parameters and errors; its body calls a service."""
