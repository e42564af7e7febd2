from dataclasses import dataclass, field, fields, asdict, astuple, replace, is_dataclass, FrozenInstanceError, KW_ONLY, InitVar
from typing import ClassVar, List, Optional

@dataclass
class Point:
    x: int
    y: int = 0
    tags: List[str] = field(default_factory=list)
    count: ClassVar[int] = 3

p = Point(1)
q = Point(1, 0)
print(p, p == q, p != Point(2), [f.name for f in fields(Point)], asdict(p), astuple(p))
print(replace(p, y=5), is_dataclass(Point), is_dataclass(3), Point.count)
p.tags.append('a')
print(q.tags, p.tags)
for bad in (lambda: Point(), lambda: Point(1, 2, [], 4), lambda: Point(1, z=3), lambda: hash(p)):
    try:
        bad()
    except TypeError as e:
        print(e)

@dataclass(frozen=True, order=True)
class Version:
    major: int
    minor: int = 0

    def bump(self):
        return replace(self, minor=self.minor + 1)

print(sorted([Version(2), Version(1, 5), Version(1)]), Version(1) < Version(1, 1), hash(Version(1)) == hash(Version(1)), Version(1).bump())
try:
    Version(1).major = 2
except FrozenInstanceError as e:
    print(type(e).__name__, e)

@dataclass
class Base:
    a: int
    def __post_init__(self):
        self.b = self.a * 2

@dataclass
class Child(Base):
    c: int = 1
    _: KW_ONLY
    d: str = 'd'
    def __post_init__(self):
        super().__post_init__()
        self.e = self.b + self.c

c = Child(3, d='x')
print(c, c.e, Child.__match_args__)

try:
    @dataclass
    class Bad:
        a: int = 1
        b: int
except TypeError as e:
    print(e)
try:
    @dataclass
    class Bad2:
        a: list = []
except ValueError as e:
    print(e)

@dataclass
class WithInit:
    size: int
    scale: InitVar[float] = 1.0
    area: float = field(init=False, repr=False)
    note: Optional[str] = field(default=None, compare=False)
    def __post_init__(self, scale):
        self.area = self.size * scale
print(WithInit(2, 1.5), WithInit(2, 1.5).area, WithInit(1, note='a') == WithInit(1, note='b'))

@dataclass(eq=False)
class Nested:
    inner: Point
    items: dict = field(default_factory=dict)
print(asdict(Nested(Point(1), {'k': Point(2)})))
