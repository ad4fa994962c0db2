"""Hold which numbers an option may have, as a flag and in the configuration alike."""

from __future__ import annotations

# The least and the most, None where there is no most.
BOUNDS: dict[str, tuple[int, int | None]] = {
    "limit": (0, None),
    "min_headlines": (0, None),
    "max_headlines": (1, None),
    "lock_timeout": (0, None),
    "max_bytes": (1, None),
    "jobs": (1, 256),
    "report_after": (1, None),
    "resolve_budget": (0, None),
}
