"""What the Lambdas share.

Every Lambda uses `settings`, `secret`, `problems`, `limits`, `http_headers`, `strict_json`, `bearer_token` and
`worker_key`, which import the standard library only. The FastAPI Lambdas also use the other modules.
"""
