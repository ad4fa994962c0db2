"""The user's hand in the choice of tags: as values, and as the configuration says it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from newsimport.errors import UsageError, nearest
from newsimport.models import NOTHING
from newsimport.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = ("map", "stop", "always", "max")
_USUAL = 5
# More tags than this are a mistake in a configuration: themes show them all.
_MOST = 100


class TagRules(NamedTuple):
    """What a user wants of the tags of a site or of a feed.

    `aliases` maps a tag as chosen to the tag wanted, `stop` are never chosen, `always` stand
    on every story and count towards `limit`; all compare by `tags.tag_key`. With `none` there
    are no tags. The order of its parts is the user's, so that its repr is the same in each run.
    """

    aliases: Mapping[str, str] = NOTHING
    stop: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    limit: int | None = None
    none: bool = False

    @property
    def most(self) -> int:
        """How many tags a story has at most."""
        return _USUAL if self.limit is None else self.limit

    def __hash__(self) -> int:
        return hash(self[1:])

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


class RulesError(UsageError):
    """Rules that cannot be; `key` is the one of them that is wrong."""

    def __init__(self, key: str, wrong: str) -> None:
        super().__init__(wrong)
        self.key = key


def read_rules(said: object) -> TagRules:
    """Return the rules that a configuration says under `tags`, as TOML gives it.

    A table with `map`, `stop`, `always` and `max`; a list, short for `always`; or "none".
    Raises RulesError for anything else.
    """
    if isinstance(said, str) and said == "none":
        return TagRules(none=True)
    if isinstance(said, list):
        return TagRules(always=_texts(said, "tags"))
    if not isinstance(said, dict):
        raise RulesError("tags", f'tags must be a table, a list, or "none", not {said!r}')
    for key in said:
        if key not in KEYS:
            raise RulesError(str(key), f"tags have no {key!r}{nearest(str(key), KEYS)}")
    return TagRules(
        _table(said.get("map", {})),
        _texts(said.get("stop", []), "stop"),
        _texts(said.get("always", []), "always"),
        _count(said.get("max")),
    )


def _texts(said: object, key: str) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(isinstance(one, str) and one.strip() for one in said):
        raise RulesError(key, f"{key} must be a list of tags in quotes, not {said!r}")
    return tuple(dict.fromkeys(" ".join(one.split()) for one in said))


def _table(said: object) -> Mapping[str, str]:
    if not isinstance(said, dict):
        raise RulesError("map", f'map must be a table of "tag" = "the tag wanted", not {said!r}')
    table = {}
    for tag, wanted in said.items():
        if not isinstance(wanted, str) or not wanted.strip():
            raise RulesError(
                str(tag), f"map must lead from {tag!r} to a tag in quotes, not {wanted!r}"
            )
        table[str(tag)] = " ".join(wanted.split())
    return MappingProxyType(table)


def _count(said: object) -> int | None:
    if said is None:
        return None
    if isinstance(said, bool) or not isinstance(said, int) or not 0 <= said <= _MOST:
        raise RulesError("max", f"max must be a number from 0 to {_MOST}, not {said!r}")
    return int(said)
