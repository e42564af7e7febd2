"""Powers and elementary functions, to the last bit."""
import math

for i in range(1, 60):
    x = i * 0.37 - 9.1
    print(i, 1.1 ** i, (i / 7) ** 3, (i / 7) ** -5, (i / 3) ** 0.75, 10000 ** (i / 59), 10.0 ** -i, 3 ** -i, math.exp(x), math.log(i / 9), math.sin(x), math.cos(x), math.tan(x), math.atan(x), math.asin(i / 60), math.acos(i / 60), math.log2(i), math.pow(i, x), math.exp2(x) if hasattr(math, 'exp2') else '')
print(2 ** 0.5, 0.5 ** 1074, 2.0 ** 1023, 1e-300 ** 1.05, (-8.0) ** 3, (-2.5) ** -3, 0.0 ** 5, math.exp(-745.1), math.exp(709.7), math.log(5e-324), math.sin(1e-30), math.sin(1e15), math.cos(1e-9), math.atan(1e300), math.atan2(1, -1), math.atan2(-0.0, -1), math.log(10**400), math.log1p(1e-10), math.exp(0), math.exp(1), math.log(math.e), math.log(8, 2), math.sqrt(2), math.sinh(1), math.tanh(0.5))
