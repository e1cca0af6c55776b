"""The thresholds of the picture checks, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FreezeParameters:
    """Thresholds of `FreezeDetector`. Levels are mean absolute differences of pixels, in grey levels (0..255).

    Attributes:
        frozen_s: A still picture of a camera with known noise is frozen after this time. Longer than the interval
            between the keyframes of cameras that send few of them (up to 20 s).
        unknown_frozen_s: The same while the noise of the camera is not known, which is so after the first start.
        window: A picture is compared with this many earlier ones, because the noise of an encoder repeats with its
            keyframes.
        no_noise: A picture that differs by at most this much from an earlier one has no noise at all.
        noise_share: A picture is still if it differs by at most this share of the usual noise of the camera. The
            encoder adds up to a quarter of it to a frozen picture.
        max_still_level: No picture that differs by more is still.
        departed_level: A block whose mean differs by more from that at the start of the stillness shows something else.
        departed_share: A picture of which a larger share of blocks shows something else is not still. A clock in the
            picture is smaller, a person who walks past is larger.
        changed_level: A block whose mean differs by more from that of some seconds ago has changed.
        changed_share: When more blocks than this have changed, the noise of the camera has to be learnt again: the
            light was switched, the camera has turned.
        crowd_changes: After so many such changes within `crowd_s` before it stood still, a crowd fills the picture: the
            light is not switched so often.
        crowd_s: See `crowd_changes`.
        strikes: This many pictures that are not still, within `strikes_s`, end the stillness.
        strikes_s: See `strikes`.
        noise_window_s: The noise is the largest difference within this time, which includes a keyframe.
        noise_windows: The usual noise is taken from this many windows.
        min_noise_windows: With fewer windows the noise is not known.
        held_after_s: After this time without a change the frames wait until it is known whether the picture is frozen.
    """

    frozen_s: float = 60.0
    unknown_frozen_s: float = 600.0
    window: int = 12
    no_noise: float = 0.06
    noise_share: float = 0.35
    max_still_level: float = 0.7
    departed_level: float = 4.0
    departed_share: float = 0.1
    changed_level: float = 10.0
    changed_share: float = 0.5
    crowd_changes: int = 3
    crowd_s: float = 300.0
    strikes: int = 3
    strikes_s: float = 60.0
    noise_window_s: float = 30.0
    noise_windows: int = 20
    min_noise_windows: int = 2
    held_after_s: float = 5.0


@dataclass(frozen=True, slots=True)
class ViewParameters:
    """Thresholds of `ViewMonitor`.

    Attributes:
        calibration_samples: The calibrated view is the mean of this many edge maps, one a second: people who pass leave
            no trace in it.
        recent_samples: The current view is the mean of this many.
        compare_every_s: Seconds between comparisons.
        enter_after: Comparisons with the same result until a problem is reported: somebody may stand before the lens.
        leave_after: Comparisons without the problem until it is no longer reported.
        min_contrast: Grey levels (0..255) between the darkest and the brightest 2 % of the picture. With less, people
            cannot be told from the background.
        dark_below: A picture without contrast is dark if its brightest pixels are below this grey level.
        bright_above: A picture without contrast is washed out if its darkest pixels are above this grey level.
        lost_tile: A tile of the picture is lost if its edges have less than this share of their calibrated strength.
        lost_share: A larger share of lost tiles means that the lens is covered. In the dark up to 0.45 are lost.
        lost_share_bright: The same while the edges of the other tiles are as strong as ever.
        kept_strength: The other tiles are as strong as ever with at least this share of their calibrated strength.
        blurred_view: A view that is less similar than this, and not sharp, is out of focus.
        min_sharpness: A view with less than this share of the calibrated sharpness is not sharp.
        same_view: Above this similarity no displacement is searched for. The views of the labelled clips stay above
            0.87, one crowded with people right under the camera above 0.45.
        other_view: Below this similarity the camera shows another view. The labelled clips stay above 0.38 when
            darkened, with grain.
        moved_gain: A displacement must raise the similarity by this much.
        moved_similarity: The similarity at the displacement must reach this.
        min_shift: Smallest displacement, as a share of the width of the picture. A smaller one does not matter for a
            line, and wind shakes cameras.
    """

    calibration_samples: int = 60
    recent_samples: int = 10
    compare_every_s: float = 10.0
    enter_after: int = 3
    leave_after: int = 2
    min_contrast: float = 20.0
    dark_below: float = 60.0
    bright_above: float = 180.0
    lost_tile: float = 0.25
    lost_share: float = 0.65
    lost_share_bright: float = 0.4
    kept_strength: float = 0.7
    blurred_view: float = 0.5
    min_sharpness: float = 0.5
    same_view: float = 0.8
    other_view: float = 0.25
    moved_gain: float = 0.15
    moved_similarity: float = 0.3
    min_shift: float = 0.012


@dataclass(frozen=True, slots=True)
class LineMotionParameters:
    """Thresholds of `LineMotion`.

    Attributes:
        rate_hz: Pictures per second that are compared.
        min_change: A cell moves if it differs from the background by this many grey levels (0..255).
        noise_factor: And by this many times its usual noise (leaves, a flickering lamp).
        noise_s: Time constant with which the noise of a cell is learnt.
        background_per_s: Grey levels per second by which the background follows the picture.
        passage_s: Motion is added up over this time: a person needs about as long to cross the line.
        min_passage: Area that moves across the line in one direction, as a share of the picture. Smaller things are
            not taken for people.
        coherence: Share of the motion that goes in that direction. Leaves and screens move to and fro.
        max_change: When a larger share of the cells changes at once, the light was switched or the camera moved.
    """

    rate_hz: float = 5.0
    min_change: float = 6.0
    noise_factor: float = 3.0
    noise_s: float = 30.0
    background_per_s: float = 3.0
    passage_s: float = 2.0
    min_passage: float = 0.01
    coherence: float = 0.7
    max_change: float = 0.6


@dataclass(frozen=True, slots=True)
class JudgementLimits:
    """When faults are reported.

    Attributes:
        newest: This many of the newest judgements count, and at a busy line all those of the last ``min_span_s``.
        least: With fewer, nothing is reported.
        min_span_s: They must be spread over this time.
        reported_share: Faults are reported if at least this share of the judgements has one.
        ended_share: The report ends when at most this share has one.
        memory_s: Judgements are forgotten after this time.
    """

    newest: int
    least: int
    min_span_s: float
    reported_share: float
    ended_share: float
    memory_s: float


@dataclass(frozen=True, slots=True)
class UnseenPeopleParameters:
    """Thresholds of `UnseenPeople`.

    Attributes:
        seen_within_s: A passage was seen if a moving track touched the line at most this long before or after it.
        limits: When passages that were not seen are reported.
    """

    seen_within_s: float = 3.0
    limits: JudgementLimits = JudgementLimits(
        newest=12, least=8, min_span_s=60.0, reported_share=0.75, ended_share=0.5, memory_s=3600.0
    )


@dataclass(frozen=True, slots=True)
class DetectionQualityParameters:
    """Thresholds of `DetectionQuality` and `DoubtfulPeople`.

    Of the labelled clips, the view from above (busdoor 2) has 16 of 24 doubtful tracks, all others have none of 340.
    Where people were made so small that a third of them is missed, half of the tracks have a mean score below 0.5.

    Attributes:
        max_score: A person who is close from above is doubtful only if the mean score of the detections is lower.
        min_shape: And if the boxes are wider than this, as a share of their height. Elsewhere the mean is below 0.52.
        min_height: And if the boxes are higher than this, as a share of the picture's height: others are not close.
        max_small_score: A small person is doubtful if the mean score of the detections is lower.
        max_small_height: And if the boxes are less tall than this, in pixels of the picture.
        edge: A box that is closer to the edge of the picture, in pixels, may be cut off. Its shape says nothing.
        limits: When people who are hardly recognised are reported.
    """

    max_score: float = 0.6
    min_shape: float = 0.6
    min_height: float = 0.3
    max_small_score: float = 0.5
    max_small_height: float = 40.0
    edge: float = 2.0
    limits: JudgementLimits = JudgementLimits(
        newest=12, least=8, min_span_s=60.0, reported_share=0.5, ended_share=0.25, memory_s=3600.0
    )
