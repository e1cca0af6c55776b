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
        zoom: People who would be enlarged by less than this are enlarged by this, if the region allows.
        min_zoom: A region in which people are enlarged by less than this is not worth it.
        few_pixels: People with fewer pixels of the picture than this are also looked for in the region for this height.
        narrower: If they have at most this share of it; otherwise both regions are about the same.
    """

    across: float = 2.5
    along: float = 1.0
    person_height: float = 100.0
    zoom: float = 1.6
    min_zoom: float = 1.4
    few_pixels: float = 30.0
    narrower: float = 0.8


@dataclass(frozen=True, slots=True)
class CensusParameters:
    """Thresholds of `PeopleCensus` and `RegionChoice`.

    Attributes:
        min_score: Boxes with a lower score in both looks are not taken for people.
        duplicate_iou: Of two boxes of one look that overlap more, the one with the lower score is dropped, as in
            `TrackerParameters`. The model answers twice for small people more often than for tall ones.
        same_person_iou: Boxes of the two looks with at least this IoU are one person.
        near_heights: People up to this far from the line are counted, in their heights.
        pictures: A box is compared with those of this many earlier pictures.
        still_pictures: Whoever is in the same place in this many of them does not move.
        same_place_iou: Boxes with at least this IoU are in the same place.
        people: The decision is made when this many people were found, in one way or the other.
        most_people: And with this many at the latest, if it is not clear before: a few people who are in the same
            pictures are found or missed together. A wide and a narrow region are compared with this many.
        people_of_clip: At the end of a clip, this many are enough.
        small_height: The region is used if half of them are at most this tall in the model's input for the whole
            picture, in pixels. The model finds people of 60 pixels, but in a crowd and at low frame rates more of them
            in the region.
        large_height: The region is used up to this height if the scores in it are clearly higher, and is no longer used
            if half of them are taller.
        kept_share: And only while at least this share of those found in whole pictures is found in the region.
        clearer_gain: The scores are clearly higher if their mean is by this much.
        clearer_errors: And by this many standard errors of the mean.
    """

    min_score: float = 0.3
    duplicate_iou: float = 0.6
    same_person_iou: float = 0.5
    near_heights: float = 1.5
    pictures: int = 10
    still_pictures: int = 2
    same_place_iou: float = 0.5
    people: int = 12
    most_people: int = 36
    people_of_clip: int = 5
    small_height: float = 60.0
    large_height: float = 80.0
    kept_share: float = 0.8
    clearer_gain: float = 0.15
    clearer_errors: float = 3.0
