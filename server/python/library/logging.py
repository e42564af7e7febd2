"""Loggers that say nothing."""
CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0
_names = {'CRITICAL': 50, 'FATAL': 50, 'ERROR': 40, 'WARN': 30, 'WARNING': 30, 'INFO': 20, 'DEBUG': 10, 'NOTSET': 0}


def getLevelName(level):
    if isinstance(level, str):
        return _names.get(level, 'Level %s' % level)
    for name in ('CRITICAL', 'ERROR', 'WARNING', 'INFO', 'DEBUG', 'NOTSET'):
        if _names[name] == level:
            return name
    return 'Level %s' % level


def addLevelName(level, name):
    _names[name] = level


class Filterer:
    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        self.filters.append(filter)

    def removeFilter(self, filter):
        if filter in self.filters:
            self.filters.remove(filter)


class Filter:
    def __init__(self, name=''):
        self.name = name

    def filter(self, record):
        return True


class Formatter:
    def __init__(self, fmt=None, datefmt=None, style='%', validate=True, *, defaults=None):
        self._fmt = fmt
        self._style = self
        self.datefmt = datefmt

    def format(self, record):
        return ''


class LogRecord:
    def __init__(self, name='', level=0, pathname='', lineno=0, msg='', args=(), exc_info=None, func=None, sinfo=None, **kwargs):
        self.name, self.levelno, self.msg, self.args = name, level, msg, args


class Handler(Filterer):
    def __init__(self, level=NOTSET):
        super().__init__()
        self.level = level
        self.formatter = None

    def setLevel(self, level):
        self.level = _names.get(level, level)

    def setFormatter(self, fmt):
        self.formatter = fmt

    def emit(self, record):
        pass

    def handle(self, record):
        return True

    def flush(self):
        pass

    def close(self):
        pass

    def acquire(self):
        pass

    def release(self):
        pass


class StreamHandler(Handler):
    terminator = '\n'

    def __init__(self, stream=None):
        super().__init__()
        self.stream = stream


class FileHandler(StreamHandler):
    def __init__(self, filename, mode='a', encoding=None, delay=False, errors=None):
        super().__init__()
        self.baseFilename = filename


class NullHandler(Handler):
    pass


class Logger(Filterer):
    def __init__(self, name, level=NOTSET):
        super().__init__()
        self.name = name
        self.level = level
        self.parent = None
        self.propagate = True
        self.handlers = []
        self.disabled = False

    def setLevel(self, level):
        self.level = _names.get(level, level)

    def getEffectiveLevel(self):
        return self.level or WARNING

    def isEnabledFor(self, level):
        return level >= self.getEffectiveLevel()

    def addHandler(self, hdlr):
        if hdlr not in self.handlers:
            self.handlers.append(hdlr)

    def removeHandler(self, hdlr):
        if hdlr in self.handlers:
            self.handlers.remove(hdlr)

    def hasHandlers(self):
        return bool(self.handlers)

    def getChild(self, suffix):
        return getLogger(self.name + '.' + suffix)

    def debug(self, msg, *args, **kwargs):
        pass

    info = warning = warn = error = exception = critical = fatal = debug

    def log(self, level, msg, *args, **kwargs):
        pass

    def callHandlers(self, record):
        pass

    def handle(self, record):
        pass


class LoggerAdapter:
    def __init__(self, logger, extra=None):
        self.logger = logger
        self.extra = extra


class Manager:
    def __init__(self):
        self.loggerDict = {}


root = Logger('root', WARNING)
Logger.manager = Manager()
Logger.root = root
_logger_class = Logger


def getLogger(name=None):
    if not name:
        return root
    known = Logger.manager.loggerDict
    if name not in known:
        known[name] = _logger_class(name)
        known[name].parent = root
    return known[name]


def getLoggerClass():
    return _logger_class


def setLoggerClass(klass):
    global _logger_class
    _logger_class = klass


def basicConfig(**kwargs):
    pass


def disable(level=CRITICAL):
    pass


def captureWarnings(capture):
    pass


debug = info = warning = warn = error = exception = critical = fatal = root.debug
log = root.log
