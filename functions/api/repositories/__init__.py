"""Every query of the owner API. Each starts from a `ReadableStore`, which only the readable statement makes.

Names: `get_` returns one row or value, `list_` several rows, `read_` a series of counts; `lock_`, `count_`, `insert_` do
what they say.
"""
