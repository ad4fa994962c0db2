"""Make named tuples whose fields' types are for type checkers alone.

The standard library's way, by a class statement, compiles each annotation, and each class its
constructor and five methods: it takes four times as long, and there are half a hundred in a run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NamedTuple, Self
else:
    from collections import _tuplegetter
    from types import FunctionType

    _new = tuple.__new__
    # What makes a tuple of so many fields. To compile these in each run would take as long as to
    # read ten items: that is left for numbers of fields that few classes have.
    _constructors: dict[int, FunctionType] = {
        1: lambda cls, a: _new(cls, (a,)),
        2: lambda cls, a, b: _new(cls, (a, b)),
        3: lambda cls, a, b, c: _new(cls, (a, b, c)),
        4: lambda cls, a, b, c, d: _new(cls, (a, b, c, d)),
        5: lambda cls, a, b, c, d, e: _new(cls, (a, b, c, d, e)),
        6: lambda cls, a, b, c, d, e, f: _new(cls, (a, b, c, d, e, f)),
        7: lambda cls, a, b, c, d, e, f, g: _new(cls, (a, b, c, d, e, f, g)),
        8: lambda cls, a, b, c, d, e, f, g, h: _new(cls, (a, b, c, d, e, f, g, h)),
        10: lambda cls, a, b, c, d, e, f, g, h, i, j: _new(cls, (a, b, c, d, e, f, g, h, i, j)),
        12: lambda cls, a, b, c, d, e, f, g, h, i, j, k, m:
            _new(cls, (a, b, c, d, e, f, g, h, i, j, k, m)),
    }  # fmt: skip

    def _constructor(fields: tuple[str, ...], defaults: tuple[Any, ...]) -> FunctionType:
        """Return what makes a tuple of fields: compiled once for each number of them."""
        made = _constructors.get(len(fields))
        if made is None:
            names = "".join(f"a{number}, " for number in range(len(fields)))
            made = eval(f"lambda cls, {names}: _new(cls, ({names}))", {"_new": _new})  # noqa: S307
            _constructors[len(fields)] = made
        code = made.__code__.replace(co_varnames=("cls", *fields), co_name="__new__")
        return FunctionType(code, made.__globals__, "__new__", defaults)

    class _Record(tuple):
        __slots__ = ()
        _fields = ()

        @classmethod
        def _make(cls, values: Iterable[Any]) -> Self:
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **values: Any) -> Self:
            made = self._make(map(values.pop, self._fields, self))
            if values:
                raise ValueError(f"Got unexpected field names: {list(values)!r}")
            return made

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            shown = (f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({', '.join(shown)})"

        def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
            return type(self), tuple(self)

    class _Maker(type):
        def __new__(cls, name: str, _bases: tuple[type, ...], body: dict[str, Any]) -> type:
            fields = tuple(body["__annotations__"])
            defaults = {field: body[field] for field in fields if field in body}
            body |= {field: _tuplegetter(at, field) for at, field in enumerate(fields)}
            body["__slots__"] = ()
            body["_fields"] = body["__match_args__"] = fields
            body["_field_defaults"] = defaults
            body["__new__"] = _constructor(fields, tuple(defaults.values()))
            return type(name, (_Record,), body)

    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
