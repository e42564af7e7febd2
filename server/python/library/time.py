"""What does not depend on when a program runs. The clocks are unknown: a program may measure itself as long as it does not show what it measured."""
from _clock import monotonic, monotonic_ns, perf_counter, perf_counter_ns, process_time, process_time_ns, sleep, thread_time, time, time_ns
from _necktie import unknown as _unknown

_DAYS = ('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday')
_MONTHS = ('January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December')
_FIELDS = ('tm_year', 'tm_mon', 'tm_mday', 'tm_hour', 'tm_min', 'tm_sec', 'tm_wday', 'tm_yday', 'tm_isdst')


class struct_time(tuple):
    n_fields, n_sequence_fields, n_unnamed_fields = 11, 9, 0
    __match_args__ = _FIELDS

    def __new__(cls, sequence, /):
        items = tuple(sequence)
        if len(items) < 9:
            raise TypeError(f'time.struct_time() takes an at least 9-sequence ({len(items)}-sequence given)')
        if len(items) > 11:
            raise TypeError(f'time.struct_time() takes an at most 11-sequence ({len(items)}-sequence given)')
        self = tuple.__new__(cls, items[:9])
        self.tm_zone, self.tm_gmtoff = (items + (None, None))[9:11]
        return self

    def __repr__(self):
        return f'time.struct_time({", ".join(f"{k}={v!r}" for k, v in zip(_FIELDS, self))})'


for _i, _name in enumerate(_FIELDS):
    setattr(struct_time, _name, property(lambda self, _i=_i: self[_i]))


def _days(year, month, day):
    """From the first of January 1970."""
    year -= month <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def tzset():
    return None


def gmtime(seconds=None, /):
    if seconds is None:
        return _unknown('what time it is')
    day, rest = divmod(int(seconds // 1), 86400)
    z = day + 719468
    era = z // 146097
    doe = z - era * 146097
    yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
    doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    mp = (5 * doy + 2) // 153
    month = mp + (3 if mp < 10 else -9)
    year = yoe + era * 400 + (month <= 2)
    return struct_time((year, month, doy - (153 * mp + 2) // 5 + 1, rest // 3600, rest // 60 % 60, rest % 60, (day + 3) % 7,
                        day - _days(year, 1, 1) + 1, 0, 'UTC', 0))


def _iso(year, yday, wday):
    week = (yday - 1 - wday + 9) // 7
    if week < 1:
        year -= 1
        last = (_days(year, 12, 31) + 3) % 7
        return year, 53 if last == 3 or last == 4 and _leap(year) else 52
    if week == 53 and (_days(year, 12, 31) + 3) % 7 < 3:
        return year + 1, 1
    return year, week


def _leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def strftime(format, t=None, /):
    if not isinstance(format, str):
        raise TypeError(f'strftime() argument 1 must be str, not {type(format).__name__}')
    if t is None:
        return _unknown('what time it is')
    if not isinstance(t, tuple):
        raise TypeError('Tuple or struct_time argument required')
    if len(t) != 9:
        raise TypeError('strftime(): illegal time tuple argument')
    year, month, day, hour, minute, second, wday, yday = t[:8]
    month, day, yday = month or 1, day or 1, yday or 1
    for value, least, most, what in ((month, 1, 12, 'month'), (day, 1, 31, 'day of month'), (hour, 0, 23, 'hour'), (minute, 0, 59, 'minute'),
                                     (second, 0, 61, 'seconds'), (yday, 1, 366, 'day of year')):
        if not least <= value <= most:
            raise ValueError(f'{what} out of range')
    if wday < 0:
        raise ValueError('day of week out of range')
    wday %= 7
    out, chars = '', iter(format)
    for c in chars:
        if c != '%':
            out += c
            continue
        c = next(chars, None)
        if c is None:
            return out + '%'
        half = hour % 12 or 12
        if c == 'c':
            out += f'{_DAYS[wday][:3]} {_MONTHS[month - 1][:3]} {day:2} {hour:02}:{minute:02}:{second:02} {year}'
        elif c in 'GgV':
            iso_year, week = _iso(year, yday, wday)
            out += str(iso_year) if c == 'G' else f'{iso_year % 100:02}' if c == 'g' else f'{week:02}'
        elif c in _WRITTEN:
            out += _WRITTEN[c](year, month, day, hour, minute, second, wday, yday, half)
        else:
            return _unknown(f'time.strftime of %{c}')
    return out


_WRITTEN = {
    'a': lambda y, m, d, H, M, S, w, j, h: _DAYS[w][:3],
    'A': lambda y, m, d, H, M, S, w, j, h: _DAYS[w],
    'b': lambda y, m, d, H, M, S, w, j, h: _MONTHS[m - 1][:3],
    'h': lambda y, m, d, H, M, S, w, j, h: _MONTHS[m - 1][:3],
    'B': lambda y, m, d, H, M, S, w, j, h: _MONTHS[m - 1],
    'C': lambda y, m, d, H, M, S, w, j, h: f'{y // 100:02}',
    'd': lambda y, m, d, H, M, S, w, j, h: f'{d:02}',
    'D': lambda y, m, d, H, M, S, w, j, h: f'{m:02}/{d:02}/{y % 100:02}',
    'x': lambda y, m, d, H, M, S, w, j, h: f'{m:02}/{d:02}/{y % 100:02}',
    'e': lambda y, m, d, H, M, S, w, j, h: f'{d:2}',
    'F': lambda y, m, d, H, M, S, w, j, h: f'{y}-{m:02}-{d:02}',
    'H': lambda y, m, d, H, M, S, w, j, h: f'{H:02}',
    'I': lambda y, m, d, H, M, S, w, j, h: f'{h:02}',
    'j': lambda y, m, d, H, M, S, w, j, h: f'{j:03}',
    'm': lambda y, m, d, H, M, S, w, j, h: f'{m:02}',
    'M': lambda y, m, d, H, M, S, w, j, h: f'{M:02}',
    'n': lambda y, m, d, H, M, S, w, j, h: '\n',
    'p': lambda y, m, d, H, M, S, w, j, h: 'AM' if H < 12 else 'PM',
    'r': lambda y, m, d, H, M, S, w, j, h: f'{h:02}:{M:02}:{S:02} {"AM" if H < 12 else "PM"}',
    'R': lambda y, m, d, H, M, S, w, j, h: f'{H:02}:{M:02}',
    'S': lambda y, m, d, H, M, S, w, j, h: f'{S:02}',
    't': lambda y, m, d, H, M, S, w, j, h: '\t',
    'T': lambda y, m, d, H, M, S, w, j, h: f'{H:02}:{M:02}:{S:02}',
    'X': lambda y, m, d, H, M, S, w, j, h: f'{H:02}:{M:02}:{S:02}',
    'u': lambda y, m, d, H, M, S, w, j, h: str(w + 1),
    'w': lambda y, m, d, H, M, S, w, j, h: str((w + 1) % 7),
    'U': lambda y, m, d, H, M, S, w, j, h: f'{(j + 6 - (w + 1) % 7) // 7:02}',
    'W': lambda y, m, d, H, M, S, w, j, h: f'{(j + 6 - w) // 7:02}',
    'y': lambda y, m, d, H, M, S, w, j, h: f'{y % 100:02}',
    'Y': lambda y, m, d, H, M, S, w, j, h: str(y),
    '%': lambda y, m, d, H, M, S, w, j, h: '%',
}


def asctime(t=None, /):
    if t is None:
        return _unknown('what time it is')
    return f'{_DAYS[t[6] % 7][:3]} {_MONTHS[t[1] - 1][:3]} {t[2]:2} {t[3]:02}:{t[4]:02}:{t[5]:02} {t[0]}'


def strptime(text, format='%a %b %d %H:%M:%S %Y', /):
    import _strptime
    return _strptime._strptime_time(text, format)


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return _unknown(f'time.{name}')
