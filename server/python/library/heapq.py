"""Heaps in lists: what is at `i` is no greater than what is at `2 * i + 1` and `2 * i + 2`."""

__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'merge', 'nlargest', 'nsmallest', 'heappushpop']


def _check(heap, name):
    if not isinstance(heap, list):
        raise TypeError(f'{name}() argument{" 1" if name in ("heappush", "heapreplace", "heappushpop") else ""} must be list, not {type(heap).__name__}')


def _rise(heap, start, at, most=False):
    """Towards `start`, as long as it is less than what is above it. `most`: of a heap that has the greatest first, greater."""
    item = heap[at]
    while at > start:
        above = (at - 1) // 2
        other = heap[above]
        if not (other < item if most else item < other):
            break
        heap[at] = other
        at = above
    heap[at] = item


def _sink(heap, at, most=False):
    """First all the way down, along the lesser ones, and then up again: that is how CPython does it, and which of equal ones comes first shows."""
    end, start, item = len(heap), at, heap[at]
    child = 2 * at + 1
    while child < end:
        if child + 1 < end:
            left, right = heap[child], heap[child + 1]
            if not (right < left if most else left < right):
                child += 1
        heap[at] = heap[child]
        at = child
        child = 2 * at + 1
    heap[at] = item
    _rise(heap, start, at, most)


def heappush(heap, item, /):
    _check(heap, 'heappush')
    heap.append(item)
    _rise(heap, 0, len(heap) - 1)


def heappop(heap, /):
    _check(heap, 'heappop')
    if not heap:
        raise IndexError('index out of range')
    last = heap.pop()
    if not heap:
        return last
    least, heap[0] = heap[0], last
    _sink(heap, 0)
    return least


def heapify(heap, /):
    _check(heap, 'heapify')
    for i in reversed(range(len(heap) // 2)):
        _sink(heap, i)


def _heapify_max(heap, /):
    _check(heap, '_heapify_max')
    for i in reversed(range(len(heap) // 2)):
        _sink(heap, i, True)


def _heappop_max(heap, /):
    _check(heap, '_heappop_max')
    if not heap:
        raise IndexError('index out of range')
    last = heap.pop()
    if not heap:
        return last
    most, heap[0] = heap[0], last
    _sink(heap, 0, True)
    return most


def heappushpop(heap, item, /):
    _check(heap, 'heappushpop')
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap, 0)
    return item


def heapreplace(heap, item, /):
    _check(heap, 'heapreplace')
    if not heap:
        raise IndexError('index out of range')
    least, heap[0] = heap[0], item
    _sink(heap, 0)
    return least


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:max(0, n)]


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:max(0, n)]


def merge(*iterables, key=None, reverse=False):
    build, pop, sign = (_heapify_max, _heappop_max, -1) if reverse else (heapify, heappop, 1)
    heads = []
    for order, it in enumerate(map(iter, iterables)):
        for value in it:
            heads.append([value if key is None else key(value), order * sign, value, it])
            break
    build(heads)
    while heads:
        head = heads[0]
        yield head[2]
        for value in head[3]:
            head[0], head[2] = value if key is None else key(value), value
            if len(heads) > 1:
                _sink(heads, 0, reverse)
            break
        else:
            pop(heads)
