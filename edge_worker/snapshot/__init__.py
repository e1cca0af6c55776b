"""Pictures for drawing the line: small, without anybody to be recognised, never on disk.

May touch: one frame in memory. The JPEG made here is the only form in which pixels ever leave the store.
"""
