"""The choice of parameters on some scenes."""

from __future__ import annotations

from typing import cast

from benchmarks.counting_parameters import Clips, Parameters
from benchmarks.cross_validation import Scenes, choose, difference


class KnownScenes(Scenes):
    """Scenes that need relinking; `pairs` needs the exchanged identities as well, and suffers from a wide dead band."""

    def __init__(self) -> None:
        super().__init__(cast("Clips", None))
        self.asked: list[str] = []

    def wrong(self, scene: str, parameters: Parameters) -> int:
        self.asked.append(scene)
        counter = parameters.counter
        wrong = 3 * (counter.relink_window_s < 2)
        if scene == "pairs":
            wrong += 2 * (counter.exchange_window_s == 0) + (counter.dead_band > 0.1)
        return wrong


def test_every_rule_starts_switched_off() -> None:
    chosen = choose(KnownScenes(), ())
    assert (chosen.counter.relink_window_s, chosen.counter.exchange_window_s, chosen.counter.dead_band) == (0, 0, 0)


def test_a_rule_is_chosen_only_if_a_scene_shows_that_it_helps() -> None:
    without, with_pairs = choose(KnownScenes(), ("street",)), choose(KnownScenes(), ("street", "pairs"))
    assert (without.counter.relink_window_s, without.counter.exchange_window_s) == (2.5, 0)
    assert (with_pairs.counter.relink_window_s, with_pairs.counter.exchange_window_s) == (2.5, 1)
    assert with_pairs.counter.dead_band == 0
    assert "`exchange_window_s` 0" in difference(without, with_pairs)


def test_a_setting_that_cannot_win_is_not_scored_on_the_other_scenes() -> None:
    scenes = KnownScenes()
    assert scenes.total(("street", "pairs"), choose(scenes, ()), 1.0) >= 1
    assert scenes.asked == ["street"]
