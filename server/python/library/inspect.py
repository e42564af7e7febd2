"""What functions and classes take, and what things are."""
from _necktie import unknown as _unknown
from collections import namedtuple as _namedtuple
import functools as _functools
import types as _types


class _empty:
    pass


class _Kind(int):
    def __new__(cls, value, name):
        made = int.__new__(cls, value)
        made.name = name
        return made

    def __str__(self):
        return self.name

    def __repr__(self):
        return f'<_ParameterKind.{self.name}: {int(self)}>'


class Parameter:
    empty = _empty
    POSITIONAL_ONLY = _Kind(0, 'POSITIONAL_ONLY')
    POSITIONAL_OR_KEYWORD = _Kind(1, 'POSITIONAL_OR_KEYWORD')
    VAR_POSITIONAL = _Kind(2, 'VAR_POSITIONAL')
    KEYWORD_ONLY = _Kind(3, 'KEYWORD_ONLY')
    VAR_KEYWORD = _Kind(4, 'VAR_KEYWORD')

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name, self.kind, self.default, self.annotation = name, kind, default, annotation

    def replace(self, *, name=None, kind=None, annotation=None, default=None):
        return Parameter(name or self.name, self.kind if kind is None else kind, default=self.default if default is None else default,
                         annotation=self.annotation if annotation is None else annotation)

    def __str__(self):
        text = self.name
        if self.annotation is not _empty:
            text += ': ' + formatannotation(self.annotation)
        if self.default is not _empty:
            text += (' = ' if self.annotation is not _empty else '=') + repr(self.default)
        if self.kind == 2:
            return '*' + text
        return '**' + text if self.kind == 4 else text

    def __repr__(self):
        return f'<Parameter "{self}">'

    def __eq__(self, other):
        return isinstance(other, Parameter) and (self.name, self.kind, self.default, self.annotation) == (other.name, other.kind, other.default, other.annotation)


def formatannotation(annotation):
    if isinstance(annotation, type):
        return annotation.__qualname__ if annotation.__module__ in ('builtins', None) else f'{annotation.__module__}.{annotation.__qualname__}'
    return repr(annotation)


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature, self.arguments = signature, arguments

    @property
    def args(self):
        out = []
        for name, p in self.signature.parameters.items():
            if p.kind in (3, 4) or name not in self.arguments:
                break
            out += self.arguments[name] if p.kind == 2 else [self.arguments[name]]
        return tuple(out)

    @property
    def kwargs(self):
        out, named = {}, False
        for name, p in self.signature.parameters.items():
            named = named or p.kind in (3, 4) or name not in self.arguments
            if named and name in self.arguments:
                out.update(self.arguments[name] if p.kind == 4 else {name: self.arguments[name]})
        return out

    def apply_defaults(self):
        out = {}
        for name, p in self.signature.parameters.items():
            if name in self.arguments:
                out[name] = self.arguments[name]
            elif p.default is not _empty:
                out[name] = p.default
            elif p.kind == 2:
                out[name] = ()
            elif p.kind == 4:
                out[name] = {}
        self.arguments = out


class Signature:
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = {p.name: p for p in parameters or ()}
        self.return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, **kwargs):
        return signature(obj)

    def replace(self, *, parameters=None, return_annotation=None):
        return Signature(self.parameters.values() if parameters is None else parameters,
                         return_annotation=self.return_annotation if return_annotation is None else return_annotation)

    def _bind(self, args, kwargs, partial):
        arguments, args, kwargs = {}, list(args), dict(kwargs)
        for name, p in self.parameters.items():
            if p.kind == 2:
                if args:
                    arguments[name] = tuple(args)
                args = []
            elif p.kind == 4:
                if kwargs:
                    arguments[name] = kwargs
                kwargs = {}
            elif args and p.kind in (0, 1):
                arguments[name] = args.pop(0)
                if name in kwargs and p.kind == 1:
                    raise TypeError(f'multiple values for argument {name!r}')
            elif name in kwargs and p.kind != 0:
                arguments[name] = kwargs.pop(name)
            elif p.default is _empty and not partial:
                raise TypeError(f'missing a required argument: {name!r}')
        if args:
            raise TypeError('too many positional arguments')
        if kwargs:
            raise TypeError(f'got an unexpected keyword argument {next(iter(kwargs))!r}')
        return BoundArguments(self, arguments)

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def __str__(self):
        out, kinds = [], [p.kind for p in self.parameters.values()]
        star = False
        for i, p in enumerate(self.parameters.values()):
            if p.kind == 2:
                star = True
            if p.kind == 3 and not star:
                out.append('*')
                star = True
            out.append(str(p))
            if p.kind == 0 and (i + 1 == len(kinds) or kinds[i + 1] != 0):
                out.append('/')
        text = f'({", ".join(out)})'
        return text if self.return_annotation is _empty else f'{text} -> {formatannotation(self.return_annotation)}'

    def __repr__(self):
        return f'<Signature {self}>'

    def __eq__(self, other):
        return isinstance(other, Signature) and list(self.parameters.values()) == list(other.parameters.values()) and self.return_annotation == other.return_annotation


def _of_function(fn):
    code, annotations = fn.__code__, fn.__annotations__
    names = code._parameters
    count, named = code.co_argcount, code.co_kwonlyargcount
    defaults, by_name = fn.__defaults__ or (), fn.__kwdefaults__ or {}
    out = []
    for i, name in enumerate(names[:count]):
        at = i - (count - len(defaults))
        out.append(Parameter(name, Parameter.POSITIONAL_ONLY if i < code.co_posonlyargcount else Parameter.POSITIONAL_OR_KEYWORD,
                             default=defaults[at] if at >= 0 else _empty, annotation=annotations.get(name, _empty)))
    rest = list(names[count + named:])
    if code.co_flags & 4:
        name = rest.pop(0)
        out.append(Parameter(name, Parameter.VAR_POSITIONAL, annotation=annotations.get(name, _empty)))
    for name in names[count:count + named]:
        out.append(Parameter(name, Parameter.KEYWORD_ONLY, default=by_name.get(name, _empty), annotation=annotations.get(name, _empty)))
    if code.co_flags & 8:
        name = rest.pop(0)
        out.append(Parameter(name, Parameter.VAR_KEYWORD, annotation=annotations.get(name, _empty)))
    return Signature(out, return_annotation=annotations.get('return', _empty))


def _without_first(told):
    parameters = list(told.parameters.values())
    if parameters and parameters[0].kind in (0, 1):
        parameters = parameters[1:]
    return Signature(parameters, return_annotation=told.return_annotation)


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    if not callable(obj):
        raise TypeError(f'{obj!r} is not a callable object')
    if isinstance(obj, _types.MethodType):
        return _without_first(signature(obj.__func__))
    if follow_wrapped and hasattr(obj, '__wrapped__') and not isinstance(obj, type):
        return signature(obj.__wrapped__)
    if isinstance(obj, _types.FunctionType):
        return _of_function(obj)
    if isinstance(obj, _functools.partial):
        inner = signature(obj.func)
        bound = inner.bind_partial(*obj.args, **obj.keywords).arguments
        out, named = [], False
        for name, p in inner.parameters.items():
            if name in obj.keywords:
                named = True
                out.append(p.replace(kind=Parameter.KEYWORD_ONLY if p.kind == 1 else p.kind, default=obj.keywords[name]))
            elif name not in bound or p.kind in (2, 4):
                out.append(p.replace(kind=Parameter.KEYWORD_ONLY) if named and p.kind == 1 else p)
        return Signature(out, return_annotation=inner.return_annotation)
    if isinstance(obj, type):
        for base in obj.__mro__:
            if '__init__' in base.__dict__ and isinstance(base.__dict__['__init__'], _types.FunctionType):
                return _without_first(signature(base.__dict__['__init__']))
            if '__new__' in base.__dict__ and base is not object:
                maker = base.__dict__['__new__']
                maker = getattr(maker, '__func__', maker)
                if isinstance(maker, _types.FunctionType):
                    return _without_first(signature(maker))
        return _unknown(f'the signature of {obj.__qualname__}') if obj.__module__ == 'builtins' else Signature()
    call = getattr(type(obj), '__call__', None)
    if isinstance(call, _types.FunctionType):
        return _without_first(signature(call))
    return _unknown('the signature of what is not written in Python')


FullArgSpec = _namedtuple('FullArgSpec', 'args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations')


def getfullargspec(func):
    told = func.__init__ if isinstance(func, type) else func
    if isinstance(told, _types.MethodType):
        told = told.__func__
    if not isinstance(told, _types.FunctionType):
        return _unknown('inspect.getfullargspec of what is not written in Python')
    s = _of_function(told)
    of = [[p for p in s.parameters.values() if p.kind == kind] for kind in range(5)]
    star, stars = [next((p.name for p in of[kind]), None) for kind in (2, 4)]
    defaults = tuple(p.default for p in of[0] + of[1] if p.default is not _empty)
    by_name = {p.name: p.default for p in of[3] if p.default is not _empty}
    return FullArgSpec([p.name for p in of[0] + of[1]], star, stars, defaults or None, [p.name for p in of[3]], by_name or None,
                       {**{k: v for k, v in told.__annotations__.items() if k == 'return'}, **told.__annotations__})


def isframe(object):
    return type(object).__name__ == 'frame'


def currentframe():
    import sys
    return sys._getframe(1)


class FrameInfo(tuple):
    frame = property(lambda self: self[0])
    filename = property(lambda self: self[1])
    lineno = property(lambda self: self[2])
    function = property(lambda self: self[3])
    code_context = property(lambda self: self[4])
    index = property(lambda self: self[5])


def stack(context=1):
    import sys
    frame, out = sys._getframe(1), []
    while frame:
        out.append(FrameInfo((frame, frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name, None, None)))
        frame = frame.f_back
    return out


def isclass(object):
    return isinstance(object, type)


def _is(kind):
    return lambda object: isinstance(object, kind)


isfunction = _is(_types.FunctionType)
ismethod = _is(_types.MethodType)
ismodule = _is(_types.ModuleType)
isbuiltin = _is(_types.BuiltinFunctionType)
isgenerator = _is(_types.GeneratorType)


def isroutine(object):
    return isinstance(object, (_types.FunctionType, _types.MethodType, _types.BuiltinFunctionType, _types.MethodDescriptorType))


CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR = 1, 2, 4, 8, 16, 32
CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 128, 256, 512


def isgeneratorfunction(obj):
    return isinstance(obj, _types.FunctionType) and bool(obj.__code__.co_flags & 32)


def iscoroutinefunction(obj):
    return isinstance(obj, _types.FunctionType) and bool(obj.__code__.co_flags & 128)


def isasyncgenfunction(obj):
    return isinstance(obj, _types.FunctionType) and bool(obj.__code__.co_flags & 512)


def iscoroutine(object):
    return isinstance(object, _types.CoroutineType)


def isasyncgen(object):
    return isinstance(object, _types.AsyncGeneratorType)


def isabstract(object):
    return isinstance(object, type) and bool(getattr(object, '__abstractmethods__', ()))


def getmro(cls):
    return cls.__mro__


def getdoc(object):
    doc = object.__doc__
    return None if doc is None else cleandoc(doc)


def cleandoc(doc):
    lines = doc.expandtabs().split('\n')
    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    out = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while out and not out[-1]:
        out.pop()
    while out and not out[0]:
        out.pop(0)
    return '\n'.join(out)


def getmembers(object, predicate=None):
    out = []
    for name in dir(object):
        value = getattr(object, name)
        if predicate is None or predicate(value):
            out.append((name, value))
    return out


def getmodule(object, _filename=None):
    import sys
    if ismodule(object):
        return object
    if isframe(object):
        return sys.modules.get(object.f_globals['__name__'])
    return sys.modules.get(getattr(object, '__module__', None))


def getfile(object):
    if isinstance(object, _types.ModuleType):
        return object.__file__
    if isinstance(object, type):
        import sys
        return sys.modules[object.__module__].__file__
    if isinstance(object, _types.MethodType):
        object = object.__func__
    if isinstance(object, _types.FunctionType):
        return object.__code__.co_filename
    return _unknown('inspect.getfile of what is not written in Python')


getsourcefile = getfile


def unwrap(func, *, stop=None):
    while hasattr(func, '__wrapped__') and not (stop and stop(func)):
        func = func.__wrapped__
    return func


def getattr_static(obj, attr, default=_empty):
    for base in (obj,) + (obj.__mro__ if isinstance(obj, type) else type(obj).__mro__):
        if attr in getattr(base, '__dict__', {}):
            return base.__dict__[attr]
    if default is _empty:
        raise AttributeError(attr)
    return default


def _asks(name):
    def asked(*args, **kwargs):
        return _unknown(f'inspect.{name}')
    return asked


getsource, getsourcelines = _asks('getsource'), _asks('getsourcelines')
