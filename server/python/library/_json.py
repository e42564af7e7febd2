"""Of json's part in C, what reads a text: its complaints are other ones than those of the part in Python."""
__all__ = ['scanstring']

_ESCAPES = {'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}


def _four(text, at, begin):
    from json.decoder import JSONDecodeError
    digits = text[at:at + 4]
    if len(digits) == 4 and all(c in '0123456789abcdefABCDEF' for c in digits):
        return int(digits, 16)
    raise JSONDecodeError('Invalid \\uXXXX escape', text, at - 1)


def scanstring(string, end, strict=True, /):
    from json.decoder import JSONDecodeError
    text, at, begin, out = string, end, end - 1, []
    while True:
        start = at
        while at < len(text) and text[at] not in '"\\' and (not strict or text[at] > '\x1f'):
            at += 1
        out.append(text[start:at])
        if at >= len(text):
            raise JSONDecodeError('Unterminated string starting at', text, begin)
        c = text[at]
        if c == '"':
            return ''.join(out), at + 1
        if c != '\\':
            raise JSONDecodeError('Invalid control character at', text, at)
        at += 1
        if at >= len(text):
            raise JSONDecodeError('Unterminated string starting at', text, begin)
        c = text[at]
        at += 1
        if c != 'u':
            if c not in _ESCAPES:
                raise JSONDecodeError('Invalid \\escape', text, at - 2)
            out.append(_ESCAPES[c])
            continue
        code = _four(text, at, begin)
        at += 4
        if 0xd800 <= code <= 0xdbff and text[at:at + 2] == '\\u':
            low = _four(text, at + 2, begin)
            if 0xdc00 <= low <= 0xdfff:
                code = 0x10000 + ((code - 0xd800) << 10 | low - 0xdc00)
                at += 6
        out.append(chr(code))
