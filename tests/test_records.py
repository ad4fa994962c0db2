"""Named tuples (records.py) are those of the standard library in all but how they are made."""

from __future__ import annotations

import pickle
import typing

import pytest

from newsimport.models import NOTHING, Entry, FrontMatter, Headline
from newsimport.records import NamedTuple


class Ours(NamedTuple):
    """Two fields."""

    name: str
    size: int = 1

    @property
    def twice(self) -> int:
        return 2 * self.size

    def __bool__(self) -> bool:
        return self.size > 0


class Theirs(typing.NamedTuple):
    """Two fields."""

    name: str
    size: int = 1


def test_a_record_is_made_as_the_standard_librarys() -> None:
    for key in (
        "_fields",
        "_field_defaults",
        "__doc__",
        "__slots__",
        "__module__",
        "__match_args__",
    ):
        assert getattr(Ours, key) == getattr(Theirs, key), key
    assert Ours.__qualname__ == "Ours"
    assert repr(Ours("a")) == "Ours(name='a', size=1)"
    assert Ours("a") == ("a", 1) == Ours("b")._replace(name="a")
    assert Ours("a", 3).twice == 6
    assert not Ours("a", 0)
    assert typing.get_type_hints(Ours) == {"name": str, "size": int}
    assert Ours("a", size=2) == Ours(size=2, name="a") == ("a", 2)


@pytest.mark.parametrize("kind", [Ours, Theirs])
@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((), {}),
        ((), {"size": 1}),
        (("a", 1, 2), {}),
        (("a",), {"name": "b"}),
        (("a", 1), {"size": 1}),
        (("a", 1, 2), {"size": 1}),
        (("a", 1, 2), {"colour": 1}),
        (("a",), {"colour": 1}),
        ((), {"name": "a", "size": 1, "colour": 1}),
        ((), {"colour": 1}),
    ],
)
def test_a_record_takes_each_of_its_fields_once(kind, values, named) -> None:
    with pytest.raises(TypeError):
        kind(*values, **named)


def test_records_come_back_from_a_file() -> None:
    for record in (Ours("a", 2), Headline("a", "b"), Entry("a", "b", "c", None, "d")):
        again = pickle.loads(pickle.dumps(record))
        assert again == record
        assert type(again) is type(record)


def test_a_record_may_have_a_hash_of_its_own() -> None:
    assert hash(FrontMatter(rename=NOTHING)) == hash(FrontMatter(rename={"a": "b"}))
