"""The JSON of the owner API as types. OpenAPI and the web client are generated from them."""
