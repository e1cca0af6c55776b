"""The sentences about a picture problem, each with what to do. Pure."""

from __future__ import annotations

from edge_worker.camera_status import Picture
from edge_worker.picture_health.view import ViewProblem
from edge_worker.video.damage import Damage

VIEW_PICTURES = {
    ViewProblem.DARK: Picture.COVERED,
    ViewProblem.WASHED_OUT: Picture.COVERED,
    ViewProblem.COVERED: Picture.COVERED,
    ViewProblem.OUT_OF_FOCUS: Picture.COVERED,
    ViewProblem.MOVED: Picture.MOVED,
}
"""The word of the heartbeat for each problem of the view."""

_VIEW_SENTENCES = {
    ViewProblem.DARK: "the picture is dark: switch on the light or the camera's infrared lamp",
    ViewProblem.WASHED_OUT: "the picture is washed out: shade the lens or correct the exposure of the camera",
    ViewProblem.COVERED: "the lens is covered: clean it and remove what is in front of it",
    ViewProblem.OUT_OF_FOCUS: "the picture is out of focus: clean the lens and focus the camera",
}


def frozen_sentence(still_s: float) -> str:
    """Return the sentence for a picture that has not changed for ``still_s`` seconds."""
    return (
        f"the picture is frozen for {still_s / 60:.0f} min, so these minutes are not observed: restart the "
        f"camera, then check its encoder settings"
    )


def damaged_sentence(damage: Damage, transport: str | None) -> str:
    """Return the sentence for a picture that is damaged by lost packets.

    Args:
        damage: How many frames are damaged.
        transport: How the stream arrives; None if that is not known.
    """
    remedy = (
        "allow RTSP over TCP in the settings of the camera"
        if transport == "udp"
        else "check the cable or the radio link of the camera, and the recorder between the camera and this machine"
    )
    return (
        f"the picture is damaged because packets of the stream are lost ({damage.damaged} of the {damage.frames} "
        f"frames of the last minute), so people may be missed: {remedy}"
    )


def view_sentence(problem: ViewProblem, detail: str) -> str:
    """Return the sentence for a problem of the view.

    Args:
        problem: The problem.
        detail: How far the camera has moved; empty if that is not known.
    """
    if problem is not ViewProblem.MOVED:
        return _VIEW_SENTENCES[problem]
    moved = f" ({detail})" if detail else ""
    return (
        f"the camera has moved{moved}, so the line is doubtful: turn the camera back, draw the line again in the "
        f"admin, or accept the view there if the line is still right"
    )


def unseen_sentence(unseen: int, passages: int) -> str:
    """Return the sentence for people who are not detected.

    Args:
        unseen: Passages of the line without a detected person.
        passages: All passages that were judged.
    """
    return (
        f"people are not seen: {unseen} of the last {passages} movements across the line had no detected person; give "
        f"more light, or hang the camera so that it sees people from the side"
    )


def doubtful_sentence(doubtful: int, people: int, *, are_small: bool) -> str:
    """Return the sentence for people whom the detector hardly knows.

    Args:
        doubtful: People at the line whom it hardly recognised.
        people: All people that were judged.
        are_small: They have too few pixels; otherwise they are seen from straight above and close.
    """
    if are_small:
        return (
            f"people are too small: {doubtful} of the last {people} at the line have too few pixels to be recognised "
            f"well, so some are missed; use a stream of the camera with more pixels, zoom in, or hang the camera closer"
        )
    return (
        f"people are hardly recognised: {doubtful} of the last {people} at the line looked as from straight above and "
        f"close, so their count is doubtful; hang the camera so that it sees people from the side"
    )
