"""How often a caller may ask: a bucket of tokens each, in memory, filled at a steady rate."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache

_KEPT = 10_000


class Rate:
    """Buckets by caller; without a rate nobody waits. The one longest unused is forgotten first, and full again."""

    def __init__(self, per_minute: int, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second, self._burst, self._clock = per_minute / 60, burst, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, who: str) -> float:
        """Takes one from the caller's bucket, or says how many seconds are missing."""
        if not self._per_second:
            return 0
        now = self._clock()
        left, at = self._buckets.pop(who, (float(self._burst), now))
        left = min(self._burst, left + (now - at) * self._per_second)
        waits = 0.0 if left >= 1 else (1 - left) / self._per_second
        self._buckets[who] = (left - 1 if left >= 1 else left, now)
        while len(self._buckets) > _KEPT:
            self._buckets.popitem(last=False)
        return waits


@lru_cache(maxsize=4096)
def neighbourhood(address: str) -> str:
    """An address as it is counted: one of IPv6 with all of its network, which is one subscriber's."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
    return str(found)
