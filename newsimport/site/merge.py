"""Decide what an update may change in a file that its user may have edited; pure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from newsimport.records import NamedTuple
from newsimport.site.quoting import within_quotes
from newsimport.site.table import Table
from newsimport.story.identity import digests_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from newsimport.models import Value

BODY = "body"
# The digest of a value that was lost: no value has it, so what stands in the file is kept.
UNKNOWN = "?"
_LENGTH = 6


class Plan(NamedTuple):
    """What to change in a file: fields and body to be set, and the edits that were kept.

    `written` maps each managed field to the digest of the value that stands for us afterwards.
    """

    changes: dict[str, Value]
    body: str | None
    kept: frozenset[str]
    written: dict[str, str]


def fingerprint(value: Value | None) -> str:
    """Return the digest by which a field's value is known again, "" for a missing field.

    Of the value, not of its spelling: other quotes or another list style are no edit.
    """
    if value is None:
        return ""
    return digests_of([_in_one_spelling(value)], _LENGTH)[0]


def _in_one_spelling(value: Value) -> bytes:
    """Return the text of a scalar; of any other value its JSON, all maps in the order of keys.

    In UTF-8.
    """
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    if isinstance(value, Table) and (json := value.json()):
        return json
    return (_plain_json(value) or _encoder()(value)).encode("utf-8", "replace")


def _plain_json(value: list[Value] | dict[str, Value]) -> str:
    """Return the JSON of a list of printable text, else ""."""
    texts = [text for text in value if isinstance(text, str)]
    if isinstance(value, dict) or len(texts) < len(value):
        return ""
    spelled = within_quotes(texts)
    return "" if spelled is None else "[" + ", ".join([f'"{text}"' for text in spelled]) + "]"


@lru_cache(maxsize=1)
def _encoder() -> Callable[[Value], str]:
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def body_fingerprint(body: str) -> str:
    """Return the digest of a body, blind to line ends and to blank lines around it."""
    return fingerprints({}, body.encode("utf-8", "replace"))[BODY]


def fingerprints(fields: Mapping[str, Value], body: bytes) -> dict[str, str]:
    """Return the digests of all fields of a new file, and of its body, which is in UTF-8."""
    contents = [*map(_in_one_spelling, fields.values())]
    bare = body.replace(b"\r\n", b"\n") if b"\r" in body else body
    contents.append(bare.strip(b"\n"))
    return dict(zip((*fields, BODY), digests_of(contents, _LENGTH), strict=True))


def merge(
    theirs: Mapping[str, Value],
    their_body: str,
    ours: Mapping[str, Value],
    our_body: str,
    written: Mapping[str, str],
    *,
    overwrite: bool = False,
) -> Plan:
    """Merge our new values into a file, field by field, the body as one of them (clause 18).

    `theirs` is the file as it is, `ours` what we would write, `written` the digests of what we
    wrote last. A field that nobody but us has touched takes the new value. One that its user
    changed, or deleted, keeps what its user made of it. A field that we know of no last value
    (one that is new with this story, or an old file without memory) is only added, never replaced.
    """
    changes: dict[str, Value] = {}
    kept = set()
    after = dict(written)
    verdicts = {
        name: _verdict(
            fingerprint(theirs.get(name)),
            fingerprint(value),
            written.get(name, ""),
            overwrite=overwrite,
        )
        for name, value in ours.items()
    }
    verdicts[BODY] = _verdict(
        body_fingerprint(their_body),
        body_fingerprint(our_body),
        written.get(BODY, ""),
        overwrite=overwrite,
    )
    for name, verdict in verdicts.items():
        if verdict == "take" and name != BODY:
            changes[name] = ours[name]
        if verdict == "keep":
            kept.add(name)
        else:
            after[name] = body_fingerprint(our_body) if name == BODY else fingerprint(ours[name])
    return Plan(changes, our_body if verdicts[BODY] == "take" else None, frozenset(kept), after)


def without_additions(plan: Plan, theirs: Mapping[str, Value]) -> Plan:
    """Return a plan that adds no field: what `theirs` lacks, its user has left out.

    What it keeps is no edit yet.
    """
    tops = {name: name.partition(".")[0] for name in plan.changes}
    changes = {name: plan.changes[name] for name, top in tops.items() if top in theirs}
    return plan._replace(changes=changes, kept=frozenset())


def _verdict(
    mine: str, new: str, base: str, *, overwrite: bool
) -> Literal["leave", "take", "keep"]:
    """Say what becomes of a field of which the file has `mine`, we want `new` and wrote `base`.

    "leave": the file has our value, or an edit of one that is still what we want; "take": the new
    value; "keep": an edit, and we wanted another value.
    """
    if mine == new:
        return "leave"
    if overwrite or mine == base:
        return "take"
    return "leave" if new == base else "keep"


def managed(fields: Mapping[str, Value], fixed: Collection[str]) -> dict[str, Value]:
    """Return the fields that an update may change: all but those that stay as first written."""
    return {name: value for name, value in fields.items() if name not in fixed}
