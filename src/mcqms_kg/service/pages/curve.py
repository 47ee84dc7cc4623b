"""A share over time as a line in a picture, for those who like to see it; the numbers stand in a table beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE = 640, 160, 12


@dataclass(frozen=True)
class Curve:
    """Points in a picture of `WIDTH` by `HEIGHT`, the line through them, and the shares at the foot and the top."""

    points: tuple[tuple[float, float], ...]
    low: float
    high: float
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def line(self) -> str:
        """The points as an SVG polyline wants them."""
        return " ".join(f"{x},{y}" for x, y in self.points)


def curve(shares: Sequence[tuple[dt.date, float | None]]) -> Curve | None:
    """The line through the shares that there are; nothing where there are fewer than two."""
    known = [(day, share) for day, share in shares if share is not None]
    if len(known) < 2:
        return None
    low, high = min(share for _, share in known), max(share for _, share in known)
    low, high = max(0.0, low - 0.02), min(1.0, high + 0.02)
    first, last = known[0][0].toordinal(), known[-1][0].toordinal()
    steps = [
        (day.toordinal() - first) / (last - first) if last > first else number / (len(known) - 1)
        for number, (day, _) in enumerate(known)
    ]
    points = tuple(
        (
            round(EDGE + step * (WIDTH - 2 * EDGE), 1),
            round(EDGE + (high - share) / (high - low) * (HEIGHT - 2 * EDGE), 1),
        )
        for step, (_, share) in zip(steps, known, strict=True)
    )
    return Curve(points, low, high)
