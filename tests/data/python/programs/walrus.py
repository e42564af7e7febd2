"""What a name is bound to in the middle of an expression."""


def padded(size, fixed):
    if (missing := 8 - size if fixed else 0) > 0:
        return missing
    return -1


print(padded(5, True), padded(5, False), padded(9, True))
print((y := 1 if False else 2), y)
print((z := 'a' if y == 1 else 'b' if y == 2 else 'c'), z)
print([a := 1 if y else 2, a], (b := 0 if y > 5 else 7, b))
print([k for v in range(4) if (k := v if v % 2 else None) is not None])
while n := y - 1 if y > 0 else 0:
    y -= 1
    print('loop', n)
print((f := lambda x: x if x else -1)(0), f(3))
print(c := 1 or 2, d := not 3, e := 3 < 4, (g := y or 5 if True else 0), c, d, e, g)
for text in ('1 if x else y := 2', 'x := 1 if y else 2', '(1 + x := 2)', '(x := 1 if y := 2 else 3)', 'f(k=x := 1 if y else 2)', '(lambda: x := 1 if 2 else 3)', '(x := y := 1 if 2 else 3)', '(not x := 1 if 2 else 3)'):
    try:
        compile(text, 'text', 'eval')
    except SyntaxError as fault:
        print(text, type(fault).__name__)
    else:
        print(text, 'fine')
