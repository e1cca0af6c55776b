"""Snapshots for drawing the line: small JPEGs of the empty scene, made in memory and never written to disk.

These JPEGs are the only pixels that leave the store.
"""
