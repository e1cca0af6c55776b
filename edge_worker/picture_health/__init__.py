"""What is wrong with the picture of a camera: frozen, covered, moved, or people who are not detected.

Everything but `monitor` and `view_file` is pure: times come with the frames.
"""
