"""The user's hand in the choice of tags: as values, and as the configuration says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from newsimport.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = ("map", "stop", "always", "max")
# More tags than this are a mistake in a configuration: themes show them all.
_MOST = 100


@dataclass(frozen=True, slots=True)
class TagRules:
    """What a user wants of the tags of a site or of a feed.

    `aliases` maps a tag as chosen to the tag wanted, `stop` are never chosen, `always` stand
    on every story and count towards `limit`; all compare by `tags.tag_key`. With `none` there
    are no tags. The order of its parts is the user's, so that its repr is the same in each run.
    """

    aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    stop: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    limit: int | None = None
    none: bool = False

    def refined(self, own: TagRules | None) -> TagRules:
        """Return these rules of a site as the rules of one of its feeds refine them.

        A feed's map and maximum win, its lists add; rules of its own end a site's `none`.
        """
        if own is None or own.none:
            return own or self
        return TagRules(
            MappingProxyType({**self.aliases, **own.aliases}),
            tuple(dict.fromkeys((*self.stop, *own.stop))),
            tuple(dict.fromkeys((*self.always, *own.always))),
            self.limit if own.limit is None else own.limit,
        )


NO_RULES = TagRules()


def read_rules(said: object, where: str) -> TagRules:
    """Return the rules that a configuration says under `tags`, as TOML gives it.

    A table with `map`, `stop`, `always` and `max`; a list, short for `always`; or "none".
    Raises UsageError, with `where` it stands, for anything else.
    """
    if isinstance(said, str) and said == "none":
        return TagRules(none=True)
    if isinstance(said, list):
        return TagRules(always=_texts(said, where))
    if not isinstance(said, dict):
        raise UsageError(f'{where}: tags are a table, a list, or "none", not {said!r}')
    for key in said:
        if key not in KEYS:
            raise UsageError(f"{where}: tags have no {key!r}{_nearest(str(key))}")
    return TagRules(
        _table(said.get("map", {}), f"{where}: tags.map"),
        _texts(said.get("stop", []), f"{where}: tags.stop"),
        _texts(said.get("always", []), f"{where}: tags.always"),
        _count(said.get("max"), f"{where}: tags.max"),
    )


def _nearest(key: str) -> str:
    from difflib import get_close_matches

    found = get_close_matches(key, KEYS, 1, 0.5)
    return f"; did you mean {found[0]!r}?" if found else f"; there are {', '.join(KEYS)}"


def _texts(said: object, where: str) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(isinstance(one, str) and one.strip() for one in said):
        raise UsageError(f"{where} is a list of tags in quotes, not {said!r}")
    return tuple(dict.fromkeys(" ".join(one.split()) for one in said))


def _table(said: object, where: str) -> Mapping[str, str]:
    if not isinstance(said, dict):
        raise UsageError(f'{where} is a table of "tag" = "the tag wanted", not {said!r}')
    table = {}
    for tag, wanted in said.items():
        if not isinstance(wanted, str) or not wanted.strip():
            raise UsageError(f"{where}: {tag!r} leads to a tag in quotes, not {wanted!r}")
        table[str(tag)] = " ".join(wanted.split())
    return MappingProxyType(table)


def _count(said: object, where: str) -> int | None:
    if said is None:
        return None
    if isinstance(said, bool) or not isinstance(said, int) or not 0 <= said <= _MOST:
        raise UsageError(f"{where} is a number from 0 to {_MOST}, not {said!r}")
    return int(said)
