"""The line counter: pure geometry and state over anchor points, tracker ids, box heights and timestamps.

It uses no I/O, no clock, no framework and no NumPy. All of its inputs are arguments.
"""
