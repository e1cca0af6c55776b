"""Every query of the owner API. Each starts from a `ReadableStore`, which only the readable statement makes.

`get_` functions return one row or value, `list_` functions several rows, `read_` functions time series.
"""
