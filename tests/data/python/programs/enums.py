from enum import Enum, IntEnum, Flag, IntFlag, auto, unique

class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1

    @property
    def lower(self):
        return self.name.lower()

    @classmethod
    def default(cls):
        return cls.GREEN

print(Color.RED, repr(Color.RED), Color(2), Color['BLUE'], Color.CRIMSON is Color.RED, list(Color), len(Color))
print(Color.RED.name, Color.RED.value, Color.RED.lower, Color.default(), isinstance(Color.RED, Color), Color.RED in Color)
print(Color.RED == 1, Color.RED == Color.RED, {Color.RED: 'r'}[Color.CRIMSON], [m.name for m in Color])
print(Color.__members__ == {'RED': Color.RED, 'GREEN': Color.GREEN, 'BLUE': Color.BLUE, 'CRIMSON': Color.RED})
for bad in (lambda: Color(9), lambda: Color['PINK']):
    try:
        bad()
    except (ValueError, KeyError) as e:
        print(type(e).__name__, e)
try:
    Color.PINK
except AttributeError as e:
    print(type(e).__name__)

class Mode(str, Enum):
    TRAIN = 'train'
    TEST = 'test'
print(Mode.TRAIN == 'train', Mode('test'), Mode.TRAIN.value, Mode.TRAIN.upper(), {'train': 1}[Mode.TRAIN], f'{Mode.TRAIN.value}')

class Level(IntEnum):
    LOW = auto()
    MID = auto()
    HIGH = 10
print(Level.LOW + 1, Level.HIGH > Level.MID, Level(10), [int(l) for l in Level], f'{Level.MID}', repr(Level.LOW), Level.LOW == 1, max(Level))

class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
print(Perm.R | Perm.W, (Perm.R | Perm.W) & Perm.W, Perm.R in (Perm.R | Perm.X), bool(Perm.R & Perm.W), Perm.X.value)

class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)
    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius
    @property
    def density(self):
        return round(self.mass / self.radius, 3)
print(Planet.EARTH.mass, Planet.MARS.density, Planet((5.97, 6.37)), Planet.EARTH.value)

class Auto(Enum):
    def _generate_next_value_(name, start, count, last_values):
        return name.title()
    ONE = auto()
    TWO = auto()
print([a.value for a in Auto])
try:
    class Again(Color):
        X = 1
except TypeError as e:
    print('cannot extend')
try:
    Color.RED = 3
except AttributeError as e:
    print(type(e).__name__)
try:
    @unique
    class Twice(Enum):
        A = 1
        B = 1
except ValueError as e:
    print(e)
Animal = Enum('Animal', 'CAT DOG')
print(Animal.DOG.value, Animal(1))
print(hash(Color.RED) == hash(Color.CRIMSON), Color.RED is not Color.BLUE, Color.RED != Color.BLUE)
