"""
A pipeline's steps, called one after the other as a data set calls them (mmengine 0.10.7, mmdet 3.3.0, mmyolo 0.6.0): on a picture that nobody has seen, whose kind is
known, and some instances in it. What else its record holds is not known; what lies on a disk is not read.
"""
import collections.abc

import mmengine.fileio as fileio
import mmengine.registry as registries
from numpy import array, ndarray

import _necktie_model


class Results(dict):
    """`may`: keys that may be there as well; None: any."""

    def __init__(self, given, may, anything):
        dict.__init__(self, given)
        self._may, self._anything = may, anything

    def _has(self, key):
        """Asked once: then it is there, or it is not."""
        if dict.__contains__(self, key):
            return True
        if self._may is None or key in self._may:
            if _necktie_model.decide(f'whether there is {key!r}'):
                self[key] = self._anything
                return True
            if self._may is not None:
                self._may = self._may - {key}
        return False

    def __contains__(self, key):
        return self._has(key)

    def __missing__(self, key):
        # Another rule tells of keys that are missing.
        _necktie_model.unknown(f'the key {key!r}')

    def get(self, key, default=None):
        return self[key] if self._has(key) else default

    def pop(self, key, *default):
        if not default and not dict.__contains__(self, key):
            _necktie_model.unknown(f'the key {key!r}')
        return dict.pop(self, key) if self._has(key) else default[0]

    def setdefault(self, key, default=None):
        if not self._has(key):
            self[key] = default
        return self[key]

    def copy(self):
        return Results({key: value for key, value in dict.items(self)}, self._may, self._anything)

    __copy__ = copy

    def __deepcopy__(self, memo):
        return copied(self)

    def _whole(self):
        if self._may is None or self._may:
            _necktie_model.unknown('all keys of the results')

    def __iter__(self):
        self._whole()
        return dict.__iter__(self)

    def __len__(self):
        self._whole()
        return dict.__len__(self)

    def keys(self):
        self._whole()
        return dict.keys(self)

    def values(self):
        self._whole()
        return dict.values(self)

    def items(self):
        self._whole()
        return dict.items(self)

    def popitem(self):
        _necktie_model.unknown('all keys of the results')


def copied(value):
    """As `copy.deepcopy`, of what results hold."""
    if _necktie_model.is_unseen(value) or _necktie_model.is_unknown(value) or type(value) is _Dataset:
        return value
    if isinstance(value, Results):
        return Results({key: copied(one) for key, one in dict.items(value)}, value._may, value._anything)
    if type(value) is dict:
        return {key: copied(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)) and type(value) in (list, tuple):
        return type(value)([copied(one) for one in value])
    if isinstance(value, ndarray):
        return value.copy()
    return value.clone() if hasattr(value, 'tensor') and hasattr(value, 'clone') else value


def _some(kind, what):
    return _necktie_model.unseen(kind, what)


# A record of a video holds those of its pictures.
_OF_VIDEOS = {'images', 'videos', 'video_id', 'video_length'}


def begun(keys, instances, is_training, has_boxes, anything):
    """
    What a step is given first. `keys`: those that a record of its data set may have, None where they are not known. `instances`: how many there are. `has_boxes`: of
    four numbers.
    """
    known = set() if keys is None else set(keys)
    record = {}
    if 'img_path' in known and known.isdisjoint(_OF_VIDEOS) or keys is None:
        record['img_path'] = _some(str, 'the path of a picture')
    if 'instances' in known and known.isdisjoint(_OF_VIDEOS):
        record['instances'] = [_instance(has_boxes, anything) for _ in range(instances)]
    for key in ('img_id', 'height', 'width', 'sample_idx'):
        if key in known:
            record[key] = _some(int, f'the {key} of a picture')
    if 'batch_shape' in known:
        record['batch_shape'] = array([_some(int, 'the shape of a batch') for _ in range(2)])
    results = Results(record, None if keys is None else known - set(record) - {'dataset'}, anything)
    if 'dataset' in known and is_training:
        results['dataset'] = _Dataset(results)
    return results


def _instance(has_box, anything):
    box, polygon = [[_some(float, 'a box') for _ in range(n)] for n in (4, 8)]
    return Results({'bbox': box if has_box else anything, 'mask': [polygon], 'bbox_label': _some(int, 'a label'), 'ignore_flag': 0}, None, anything)


class _Dataset:
    """Whoever asks for more ends the run."""

    def __init__(self, record):
        self._record = record

    def __len__(self):
        return _some(int, 'how many pictures there are')

    def get_data_info(self, index):
        return copied(self._record)

    def __deepcopy__(self, memo):
        return self

    def __getattr__(self, name):
        _necktie_model.unknown('the data set')


class _Wrapped:
    """The set that another wraps: each of its pictures has gone through its own pipeline."""

    def __init__(self, results):
        self._results = results

    def __len__(self):
        return _some(int, 'how many pictures there are')

    def __getitem__(self, index):
        return copied(self._results)

    def __getattr__(self, name):
        _necktie_model.unknown('the data set')


class _Alike(list):
    """Results of the same kind, whichever is taken."""

    def __getitem__(self, index):
        return list.__getitem__(self, 0 if _necktie_model.is_unseen(index) else index)


def found(kind):
    return registries.TRANSFORMS.get(kind)


def built(cfg):
    return registries.TRANSFORMS.build(cfg)


def _read(*args, **named):
    return _some(bytes, 'what a file holds')


def _get(filepath, backend_args=None):
    if backend_args is not None and 'backend' in backend_args:
        fileio.get_file_backend(None, backend_args=backend_args)
    return _read()


def _drawn(mask, height, width):
    """A polygon as pixels."""
    return ndarray(None, (height, width), 'uint8')


def called(step, results, inner, anything):
    """What the step makes of them. `inner`: what the pictures of a wrapped data set are; None where none is wrapped."""
    fileio.LocalBackend.get = _read
    fileio.get = _get
    results = copied(results)
    if isinstance(getattr(step, 'results_cache', None), list) and getattr(step, 'max_cached_images', 0) >= 5:
        # As it is once so many pictures have gone by.
        kept = copied(results)
        dict.pop(kept, 'dataset', None)
        step.results_cache = _Alike([copied(kept) for _ in range(5)])
    if type(step).__module__.startswith('mmdet.') and hasattr(step, '_poly2mask'):
        step._poly2mask = _drawn
    if inner is not None and hasattr(step, 'get_indexes'):
        pictures = _Wrapped(inner)
        indices = step.get_indexes(pictures)
        if not isinstance(indices, collections.abc.Sequence):
            indices = [indices]
        results['mix_results'] = [pictures[index] for index in indices]
    made = step(results)
    if inner is not None and isinstance(made, Results):
        dict.pop(made, 'mix_results', None)
    return made


def without(results, keys, anything):
    """As they are after a step that was not followed, which sets these keys."""
    results = copied(results)
    for key in keys:
        if dict.__contains__(results, key):
            results[key] = anything
        elif results._may is not None:
            results._may = results._may | {key}
    return results


def joined(one, other, anything):
    """What is true of both."""
    keys = {key for key in dict.keys(one) if dict.__contains__(other, key)}
    may = None if one._may is None or other._may is None else one._may | other._may | ((set(dict.keys(one)) | set(dict.keys(other))) - keys)
    return Results({key: _either(dict.__getitem__(one, key), dict.__getitem__(other, key), anything) for key in keys}, may, anything)


def _either(a, b, anything):
    # Nothing can be asked of what is not known, not even whether it is the same.
    if _necktie_model.is_unknown(a) or _necktie_model.is_unknown(b):
        return anything
    if a is b:
        return a
    if type(a) is not type(b):
        return anything
    if type(a) in (int, float, str):
        is_known = not _necktie_model.is_unseen(a) and not _necktie_model.is_unseen(b)
        return a if is_known and a == b else _some(type(a), 'one of two values')
    if type(a) in (bool, type(None)):
        return a if not _necktie_model.is_unseen(a) and not _necktie_model.is_unseen(b) and a == b else anything
    if type(a) in (list, tuple) and len(a) == len(b):
        return type(a)([_either(x, y, anything) for x, y in zip(a, b)])
    if isinstance(a, ndarray) and a.ndim == b.ndim and a._name == b._name:
        return ndarray(None, tuple([_side(x, y) for x, y in zip(a.shape, b.shape)]), a._name)
    return a if type(a) is _Dataset else anything


def _side(a, b):
    """Of two pictures, in pixels."""
    is_known = not _necktie_model.is_unseen(a) and not _necktie_model.is_unseen(b)
    return a if is_known and a == b else _some(int, 'one of two sizes')


def shape_of(results):
    """Of its picture, height and width: None for what is not known."""
    image = dict.get(results, 'img') if isinstance(results, Results) else None
    if _necktie_model.is_unknown(image) or not isinstance(image, ndarray) or image.ndim not in (2, 3):
        return None
    return tuple([None if _necktie_model.is_unseen(size) else size for size in image.shape[:2]])
