"""The thresholds of the empty scene, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EmptySceneParameters:
    """Thresholds of `EmptyScene`.

    Attributes:
        grid_cells: The longer side of the picture in cells. Averaging the pixels of a cell removes the noise of the
            sensor and of the compression.
        block_cells: Side in cells of a block, the unit that is learnt and shown: a fortieth of the longer side.
        attempt_interval_s: Seconds between attempts to sample the blocks: a busy block is free for moments only.
        probe_interval_s: Seconds between the three frames of an attempt that are compared to find motion. A person who
            walks moves by their own width in two of them.
        max_probe_gap_s: After a longer gap between these frames the attempt starts again. In a quiet scene a frame is
            searched for people, and given to this, every six seconds.
        sample_interval_s: Seconds between the samples of a block, so that they cover minutes. Three frames of a quiet
            scene.
        samples: Samples of a block that are kept, an odd number. All of them are needed, which takes at least
            (samples - 1) × sample_interval_s: 4.8 minutes.
        agreeing_share: A block is stable if this share of its samples agrees with their median. A person who stands
            still sways and turns: the blocks of their outline are not stable.
        min_tolerance: Grey levels (0..255) by which two cells of the same thing may differ in any colour: a third of
            the contrast of dark clothes on a dark floor.
        max_tolerance: The largest tolerance, for a noisy camera.
        noise_factor: The tolerance between these two is this many times the noise: the difference of two frames in the
            median block.
        max_support_s: A learnt block resists another stable content for as long as it has been seen, at most for this
            time: somebody who stands there without a movement does not replace it within half an hour.
        changed_share: Everything is learnt again when more than this share of the learnt blocks looks different ...
        changed_s: ... for this many seconds: the camera has been turned, or the light has been switched off.
        person_margin: The share of a person's box around it in which nothing is learnt, because detectors cut off hair,
            hands and feet.
        blend: The weight of a new sample in the pixels of a learnt block, so that they follow the daylight.
    """

    grid_cells: int = 160
    block_cells: int = 4
    attempt_interval_s: float = 5.0
    probe_interval_s: float = 0.4
    max_probe_gap_s: float = 10.0
    sample_interval_s: float = 18.0
    samples: int = 17
    agreeing_share: float = 0.8
    min_tolerance: float = 8.0
    max_tolerance: float = 16.0
    noise_factor: float = 2.0
    max_support_s: float = 1800.0
    changed_share: float = 0.5
    changed_s: float = 60.0
    person_margin: float = 0.2
    blend: float = 0.25
