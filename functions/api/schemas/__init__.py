"""The JSON of the owner's API, as types; OpenAPI and the web client are generated from them."""
