"""The thresholds of the motion gate, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MotionParameters:
    """Thresholds of `MotionGate` and `BackgroundModel`.

    Nobody can cross a line without moving, so a frame is skipped only while nothing moves *and* neither the tracker nor
    the counter holds anybody: the gate lets no memory of theirs run out.

    Attributes:
        still_s: Seconds without motion before frames are skipped, so that a person who stops in mid-step is followed.
        detect_every_s: Detection runs at least this often. It finds people who stood there before, or who approach so
            slowly or in such low contrast that no pixel changes enough. Shorter than the walk to a line and beyond.
        quiet_s: After so long without motion and without anybody, detection runs every `detect_quiet_s`: in an empty
            scene it takes more time than all the rest. By then the background and its noise are known, and nobody can
            have stood there all the time unseen.
        detect_quiet_s: The interval from then on. With a second, detection alone took 5 % of a core in 32 bits. Whoever
            moves so that a pixel changes enough opens the gate at once, so this delays only those who do not.
        detect_unchanged_s: The interval while not even a faint change is seen. Who stands there was found in the half
            minute before, and who comes changes more.
        faint_change: As `min_change`, for a faint change: twice what grain and compression change in a still scene
            (2.1 grey levels at most in 70 s of H.264 with 512 kbit/s), so a person in colours that a camera can just
            tell from the floor.
        check_quiet_s: The interval of the pictures of a camera that are looked at in such a scene; the frames between
            are only decoded. After the first motion every frame is looked at.
        lookback_frames: Frames before the first one with motion on which detection also runs: the edge of a shoulder is
            smaller than the smallest block. More would delay a slow box just when a person arrives.
        grid_width: Width in cells of the grey grid to which a frame is reduced. Averaging the pixels of a cell removes
            the noise of the sensor and of the compression.
        block_cells: Side in cells of the smallest square that counts as motion: a fiftieth of the width of the image.
            The smallest people that a detector finds (40 pixels of 640) are ten by four cells.
        min_change: A cell has changed when its grey level (0..255) differs by this much: about five times the remaining
            noise of a dim camera, and a third of the contrast of dark clothes on a dark floor.
        noise_factor: A change must also exceed this many times the usual noise of the cell (a flickering lamp, a
            screen, leaves in the wind).
        background_s: Time constant with which the background is learnt, only from frames without people: a moved chair
            or sunlight opens the gate for some seconds and then belongs to the background.
        noise_s: Time constant with which the noise of a cell is learnt: long, so that one step of the exposure does not
            make the cell insensitive.
    """

    still_s: float = 1.0
    detect_every_s: float = 1.0
    quiet_s: float = 30.0
    detect_quiet_s: float = 3.0
    detect_unchanged_s: float = 6.0
    faint_change: float = 4.0
    check_quiet_s: float = 0.5
    lookback_frames: int = 3
    grid_width: int = 160
    block_cells: int = 3
    min_change: float = 10.0
    noise_factor: float = 3.0
    background_s: float = 4.0
    noise_s: float = 15.0
