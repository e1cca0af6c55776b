"""Every threshold of the motion gate, with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MotionPolicy:
    """When the detector need not look at a frame.

    Nobody can cross a line without moving, so a frame is skipped only while nothing moves *and* neither the tracker nor
    the counter remembers anybody: no memory of theirs can run out because of the gate.

    Attributes:
        still_s: Nothing has moved for this long before a frame is skipped: somebody who stops in mid-step goes on.
        look_every_s: The detector looks at least this often: it finds people who stood there before, or who come so
            slowly or so alike to the wall that no pixel tells. Less than anybody needs to walk up to a line and beyond.
        look_back_frames: So many frames before the first that moves are looked at as well: the edge of a shoulder is
            smaller than the smallest block. More would be a jam on a slow box just when somebody comes.
        cells_across: The scene is watched as a grey picture so many cells wide; averaging a cell's pixels is what takes
            the noise of the sensor and of the compression away.
        block_cells: The smallest thing that moves is a square of so many cells: a fiftieth of the picture's width. The
            smallest people that a detector finds (40 pixels of 640) are ten by four cells.
        smallest_step: A cell has changed when its grey level (0..255) is this far from what it was: about five times
            what is left of a dim camera's noise, and a third of the contrast of dark cloth before a dark floor.
        noise_factor: ... and this many times as far as it usually is while nobody is there (a lamp that flickers, a
            screen, leaves in the wind).
        background_s: Time constant in which the empty scene is learnt anew, only from frames with nobody in them: a
            moved chair or the sun holds the gate open for some seconds, then belongs to the scene.
        noise_s: Time constant in which a cell's usual restlessness is learnt: long, so that one step of the exposure
            does not deafen it.
    """

    still_s: float = 1.0
    look_every_s: float = 1.0
    look_back_frames: int = 3
    cells_across: int = 160
    block_cells: int = 3
    smallest_step: float = 10.0
    noise_factor: float = 3.0
    background_s: float = 4.0
    noise_s: float = 15.0
