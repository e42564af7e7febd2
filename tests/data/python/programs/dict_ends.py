"""An iterator that came to its end stays there, whatever becomes of its dict; one of an empty dict notices what is put in."""
d = {}
empty = iter(d)
print(list(empty))
d['x'] = 1
print(list(empty))
fresh = iter(d)
print(next(fresh), next(fresh, None))
d['y'] = 2
print(next(fresh, None), list(fresh))
late = iter({})
values = d.values()
walk = iter(values)
d.clear()
try:
    next(walk)
except RuntimeError as e:
    print(e)
before = iter(d)
d['z'] = 3
try:
    next(before)
except RuntimeError as e:
    print(e)
