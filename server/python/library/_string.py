"""What `string.Formatter` reads a format by."""


def formatter_parser(text):
    if not isinstance(text, str):
        raise TypeError(f'expected str, got {type(text).__name__}')
    return _parts(text)


def _parts(text):
    at, end = 0, len(text)
    while at < end:
        literal = ''
        while at < end:
            c = text[at]
            if c not in '{}':
                literal += c
                at += 1
            elif text[at:at + 2] == c * 2:
                literal += c
                at += 2
                # A doubled brace ends a piece of text.
                yield literal, None, None, None
                literal = ''
            elif c == '}':
                raise ValueError("Single '}' encountered in format string")
            else:
                break
        if at >= end:
            if literal:
                yield literal, None, None, None
            return
        at += 1
        if at >= end:
            raise ValueError("Single '{' encountered in format string")
        start, depth = at, 1
        while at < end:
            if text[at] == '{':
                depth += 1
            elif text[at] == '}':
                depth -= 1
                if not depth:
                    break
            at += 1
        if depth:
            raise ValueError("expected '}' before end of string")
        field = text[start:at]
        at += 1
        place, brackets = 0, 0
        while place < len(field) and not (field[place] in '!:' and not brackets):
            brackets += (field[place] == '[') - (field[place] == ']')
            place += 1
        name, rest, conversion = field[:place], field[place:], None
        if rest.startswith('!'):
            conversion = rest[1:2]
            if not conversion:
                raise ValueError("end of string while looking for conversion specifier")
            rest = rest[2:]
            if rest and not rest.startswith(':'):
                raise ValueError("expected ':' after conversion specifier")
        yield literal, name, rest[1:], conversion


def formatter_field_name_split(name):
    at = 0
    while at < len(name) and name[at] not in '.[':
        at += 1
    first = name[:at]
    return int(first) if first.isdigit() else first, iter(_accessors(name[at:]))


def _accessors(rest):
    out = []
    while rest:
        if rest[0] == '.':
            at = 1
            while at < len(rest) and rest[at] not in '.[':
                at += 1
            if at == 1:
                raise ValueError('Empty attribute in format string')
            out.append((True, rest[1:at]))
            rest = rest[at:]
        elif rest[0] == '[':
            at = rest.find(']')
            if at < 0:
                raise ValueError("Missing ']' in format string")
            key = rest[1:at]
            if not key:
                raise ValueError('Empty attribute in format string')
            out.append((False, int(key) if key.isdigit() else key))
            rest = rest[at + 1:]
        else:
            raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
    return out
