"""Constant-velocity Kalman filters for all tracks at once.

The noise of ByteTrack's filter is diagonal, so centre x, centre y, aspect ratio and height do not influence each other:
each is a filter of two numbers (value and velocity) with a closed form. Time is in seconds and noise in box heights, so
one set of noise constants serves every frame rate and every distance from the camera.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

State = npt.NDArray[np.float64]
"""Boxes (n × 4, as cx, cy, w/h, h), their means (n × 4 × 2) or their covariances (n × 4 × 3)."""

POSITION_STD = 0.05
"""Standard deviation of a measured coordinate, in box heights (1/20 as in DeepSORT and ByteTrack)."""
ACCELERATION = 1.0
"""Spectral density of the acceleration's white noise, in heights²/s³: ByteTrack's 1/160 height of velocity per frame at
30 frames/s is (30/160)² × 30 ≈ 1.05."""
INITIAL_SPEED_STD = 1.5
"""Standard deviation of an unknown velocity, in heights/s: people walk about 0.8 heights per second."""
ASPECT_STD = 0.1
"""Standard deviation of a measured width/height, as in ByteTrack."""
ASPECT_DRIFT = 0.01
"""Spectral density of the acceleration of width/height, small because only turning changes it."""


def initiate(measured: State) -> tuple[State, State]:
    """Return the state of new tracks.

    Args:
        measured: Boxes, n × 4, as (cx, cy, w/h, h).

    Returns:
        The mean (n × 4 × 2: value, velocity) and the covariance (n × 4 × 3: value, cross, velocity).
    """
    height = measured[:, 3:4]
    scale = np.concatenate([height, height, np.ones_like(height), height], axis=1)
    mean = np.stack([measured, np.zeros_like(measured)], axis=2)
    position = (_measurement_std(measured) * 2) ** 2
    speed = (INITIAL_SPEED_STD * scale * np.array([1.0, 1.0, 0.05, 0.3])) ** 2
    return mean, np.stack([position, np.zeros_like(position), speed], axis=2)


def predict(mean: State, covariance: State, seconds: float) -> tuple[State, State]:
    """Return mean and covariance ``seconds`` later."""
    p, c, v = covariance[..., 0], covariance[..., 1], covariance[..., 2]
    height = np.maximum(mean[:, 3:4, 0], 1.0)
    drift = ACCELERATION * height**2 * np.array([1.0, 1.0, 0.0, 0.25])
    drift[:, 2] = ASPECT_DRIFT
    moved = mean.copy()
    moved[..., 0] += mean[..., 1] * seconds
    spread = np.stack(
        [
            p + 2 * seconds * c + seconds**2 * v + drift * seconds**3 / 3,
            c + seconds * v + drift * seconds**2 / 2,
            v + drift * seconds,
        ],
        axis=2,
    )
    return moved, spread


def correct(mean: State, covariance: State, measured: State) -> tuple[State, State]:
    """Return mean and covariance after measuring boxes (n × 4, as cx, cy, w/h, h)."""
    p, c, v = covariance[..., 0], covariance[..., 1], covariance[..., 2]
    total = p + _measurement_std(measured) ** 2
    gain_p, gain_v = p / total, c / total
    error = measured - mean[..., 0]
    after = np.stack([mean[..., 0] + gain_p * error, mean[..., 1] + gain_v * error], axis=2)
    return after, np.stack([p * (1 - gain_p), c * (1 - gain_p), v - gain_v * c], axis=2)


def _measurement_std(measured: State) -> State:
    std = np.repeat(POSITION_STD * measured[:, 3:4], 4, axis=1)
    std[:, 2] = ASPECT_STD
    return std
