"""Comparison of counted crossings with labelled clips."""
