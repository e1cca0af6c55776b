"""The budgets of the design, measured: each module has `rows()`, and `python -m benchmarks` prints them all."""
