"""Constant-velocity Kalman filters for all tracks at once.

ByteTrack's filter has diagonal noise, so centre x, centre y, aspect and height never influence one another: each is a
filter of two numbers (value and velocity) with a closed form. Time is in seconds, so one set of noises serves every
frame rate; distances are in box heights, so it serves every distance of the camera.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

State = npt.NDArray[np.float64]

POSITION_STD = 0.05
"""Of a measured coordinate, in box heights (DeepSORT's and ByteTrack's 1/20)."""
ACCELERATION = 1.0
"""Spectral density of the acceleration's white noise, in heights²/s³: ByteTrack's 1/160 height of velocity per frame at
30 frames/s is (30/160)² × 30 ≈ 1.05."""
INITIAL_SPEED_STD = 1.5
"""Of an unknown velocity, in heights/s: people walk about 0.8 heights a second."""
ASPECT_STD = 0.1
"""Of a measured width/height, as in ByteTrack."""
ASPECT_DRIFT = 0.01
"""Spectral density of the aspect's acceleration: people turn, but not into something else."""


def initial(measured: State) -> tuple[State, State]:
    """Mean (n × 4 × 2) and covariance (n × 4 × 3: value, cross, velocity) of new tracks from boxes (cx, cy, w/h, h)."""
    height = measured[:, 3:4]
    scale = np.concatenate([height, height, np.ones_like(height), height], axis=1)
    mean = np.stack([measured, np.zeros_like(measured)], axis=2)
    position = (_measurement_std(measured) * 2) ** 2
    speed = (INITIAL_SPEED_STD * scale * np.array([1.0, 1.0, 0.05, 0.3])) ** 2
    return mean, np.stack([position, np.zeros_like(position), speed], axis=2)


def predicted(mean: State, covariance: State, seconds: float) -> tuple[State, State]:
    """The states ``seconds`` later."""
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


def corrected(mean: State, covariance: State, measured: State) -> tuple[State, State]:
    """The states after measuring boxes (cx, cy, w/h, h)."""
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
