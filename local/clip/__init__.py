"""A clip made on this machine: cut-out people walk through a doorway, and every crossing is known.

For machines that have no footage. The people come from the picture that the ultralytics package ships.
"""

from local.clip.film import DoorwayClip, doorway_clip

__all__ = ["DoorwayClip", "doorway_clip"]
