"""Every decision of the counter, as a named number with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CounterPolicy:
    """How the counter decides. Distances are in box heights (about the height of a person), times in seconds, so that
    neither the camera's resolution nor its frame rate nor the distance of the people changes their meaning.

    How each of them moves the score on labelled clips: ``docs/accuracy.md``.

    Attributes:
        dead_band: A side is only known when the anchor is this far from the line. A box edge jitters by 2 to 5 % of
            its height; two of these are a passage, one is noise. 0 switches it off.
        end_margin: A passage counts if it is between the ends of the line, or at most this far beyond one: the anchor
            of somebody who brushes the door frame jitters, too.
        min_travel: A track whose anchor has never moved this far cannot cross: mannequins, posters, reflections.
        max_pace: Nobody moves further between two sightings than this many heights a second (runners do 1.5, seen from
            above perhaps 5): a track that does has gone over to somebody else, or from a mannequin to who passes it,
        leap: ... beyond this distance, which a jittering box edge covers in no time at all.
        ghost_seconds: A new track may be a person whose track vanished at most this long ago. 0 switches adoption off.
        ghost_distance: ... if it appears at most this far from where that track would be by now,
        ghost_pace: ... plus this much for each second between: who is hidden may stop, turn or start to walk (people
            walk about 0.8 heights a second).
        ghost_size_ratio: ... and if the smaller of the two box heights is at least this fraction of the larger.
        birth_depth: A track that begins inside the dead band, but this far from the line, began on that side: the
            counterpart of ``death_depth``. ``dead_band`` or more switches it off.
        birth_seconds: A track that begins on the line itself, and is ``min_travel`` away from it within this many
            seconds, has come through it: somebody else hid the person on the threshold, or the doorway did. 0 switches
            it off.
        death_depth: A track that vanishes beyond the line, short of the dead band but at least this far past it, did
            pass (into a doorway that swallows it). ``dead_band`` or more switches it off.
        linger_seconds: A crossing is dated to the moment at which the anchor left the dead band, but at most this long
            after it passed the line: who walks is through in less, who lingers has arrived.
        forget_seconds: After this long without a sighting a person is forgotten. It must cover the tracker's memory.
        max_people: At most this many people are remembered; the longest unseen go first.
    """

    dead_band: float = 0.08
    end_margin: float = 0.1
    min_travel: float = 0.3
    max_pace: float = 5.0
    leap: float = 0.3
    ghost_seconds: float = 2.5
    ghost_distance: float = 0.5
    ghost_pace: float = 0.5
    ghost_size_ratio: float = 0.6
    birth_depth: float = 0.03
    birth_seconds: float = 0.8
    death_depth: float = 0.03
    linger_seconds: float = 0.4
    forget_seconds: float = 4.0
    max_people: int = 512
