"""The thresholds of the line counter, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CounterParameters:
    """Thresholds of `LineCounter`.

    Distances are in box heights (about the height of a person) and times in seconds, so that their meaning does not
    depend on the resolution or the frame rate of the camera or on the distance of the people.
    ``docs/accuracy.md`` shows how each parameter changes the result on labelled clips.

    Attributes:
        dead_band: The side of a person is known only when the anchor is at least this far from the line. A box edge
            jitters by 2 to 5 % of its height: a passage moves the anchor by twice the dead band, noise does not. 0
            switches the dead band off.
        end_margin: A passage counts if it is between the ends of the line, or at most this far beyond an end, because
            the anchor of a person who brushes the door frame also jitters.
        min_travel: A track whose anchor has never moved this far does not cross. It is a mannequin, a poster or a
            reflection.
        max_speed: Fastest plausible speed in heights per second (a runner reaches 1.5; seen from above perhaps 5). A
            track that moves faster has switched to another person, or from a mannequin to a person who passes it.
        max_jump: Added to the distance allowed by ``max_speed``: a jittering box edge moves this far in no time.
        relink_window_s: A new track may continue a person whose track was lost at most this long ago. 0 switches
            relinking off.
        relink_distance: A new track continues a lost one only if it starts at most this far from the predicted position
            of the lost one.
        relink_turn_distance: Used instead of ``relink_distance`` for a new track that starts on the other side of the
            line, if the lost person did not walk towards the line. Such a person has to set off or turn first, and
            relinking them makes a crossing.
        relink_speed: Added to these distances for each second since the loss, because a hidden person may stop, turn or
            start to walk (people walk about 0.8 heights per second).
        same_person_distance: A new track that continues a lost one is the same person if it starts at most this far
            from where the person was lost, or from the predicted position. Else it continues the way across the line,
            but counts as another person: where one leaves the picture, the next one often comes in. It matters where
            entry and exit of one person are dropped (`ShortStays`).
        same_person_window_s: And if the track was lost at most this long ago.
        relink_size_ratio: Relinking requires that the smaller of the two box heights is at least this fraction of the
            larger.
        track_start_depth: A track that starts inside the dead band, but at least this far from the line, started on
            that side. The counterpart of ``track_end_depth``. A value of ``dead_band`` or more switches it off.
        track_start_window_s: A track that starts on the line and is ``min_travel`` away from it within this time has
            come through the line: another person or the doorway hid it on the threshold. 0 switches it off.
        track_end_depth: A track that ends beyond the line, inside the dead band but at least this far past the line,
            has crossed (for example into a doorway). A value of ``dead_band`` or more switches it off.
        exchange_window_s: Two people who approach each other at the line, share a box for a moment and then seem to
            turn back have passed each other, if each has the height of the other within this time after the box has
            split. 0 switches it off.
        exchange_distance: Two people share a box if their anchors were at most this far apart when one of them was
            lost.
        exchange_way: Both walk this far towards the line in the last moments before they share a box, and this far away
            from it after the box has split.
        exchange_height_evidence: The exchanged heights must agree better than the kept ones by this much, summed over
            both. A box jitters by 2 to 5 % of its height.
        parted_window_s: A track that starts beside somebody who crossed at most this long ago, and walks on with them,
            is a second person of whom only one box was seen at the line. They are beside each other within
            ``exchange_distance``. 0 switches it off.
        parted_for_s: They have to walk on together for this long: a second box on one person is seen for moments.
        max_delay_s: A crossing is dated to the time at which the anchor left the dead band, but at most this long after
            it passed the line. A walking person leaves the band sooner; a person who lingers has already arrived.
        memory_s: A person who is not observed for this long is removed. Must be at least the memory of the tracker.
        max_people: Largest number of people kept. The ones that were not observed for the longest time go first.
    """

    dead_band: float = 0.08
    end_margin: float = 0.1
    min_travel: float = 0.3
    max_speed: float = 5.0
    max_jump: float = 0.3
    relink_window_s: float = 2.5
    relink_distance: float = 0.5
    relink_turn_distance: float = 0.25
    relink_speed: float = 0.75
    same_person_distance: float = 0.35
    same_person_window_s: float = 1.0
    relink_size_ratio: float = 0.6
    track_start_depth: float = 0.03
    track_start_window_s: float = 0.8
    track_end_depth: float = 0.03
    exchange_window_s: float = 2.0
    exchange_distance: float = 0.5
    exchange_way: float = 0.05
    exchange_height_evidence: float = 0.1
    parted_window_s: float = 1.0
    parted_for_s: float = 0.6
    max_delay_s: float = 0.4
    memory_s: float = 4.0
    max_people: int = 512
