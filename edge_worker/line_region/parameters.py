"""The thresholds of the region around the line, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegionParameters:
    """Thresholds of `region_around`.

    Attributes:
        across: The region reaches this far from the line on both sides, in heights of a person: somebody who walks is
            tracked for a second before the line.
        along: And this far beyond its ends: people at an end are seen whole.
        person_height: The model sees people with this height, in pixels of its input, if the region allows. More adds
            nothing and costs time.
        min_zoom: A region in which people are enlarged by less than this is not worth it.
    """

    across: float = 2.5
    along: float = 1.0
    person_height: float = 100.0
    min_zoom: float = 1.4


@dataclass(frozen=True, slots=True)
class CensusParameters:
    """Thresholds of `PeopleCensus`.

    Attributes:
        min_score: Boxes with a lower score are not taken for people.
        near_heights: People up to this far from the line are counted, in their heights.
        pictures: A box is compared with those of this many earlier pictures.
        still_pictures: Whoever is in the same place in this many of them does not move.
        same_place_iou: Boxes with at least this IoU are in the same place.
        people: The decision is made when this many people were found, in one way or the other.
        people_of_clip: At the end of a clip, this many are enough.
        small_height: The region is used if half of them are at most this tall in the model's input for the whole
            picture, in pixels. The model finds people of 60 pixels, but in a crowd and at low frame rates more of them
            in the region.
        large_height: The region is no longer used if half of them are taller.
        kept_share: And only while at least this share of those found in whole pictures is found in the region.
    """

    min_score: float = 0.3
    near_heights: float = 1.5
    pictures: int = 10
    still_pictures: int = 2
    same_place_iou: float = 0.5
    people: int = 12
    people_of_clip: int = 5
    small_height: float = 60.0
    large_height: float = 80.0
    kept_share: float = 0.8
