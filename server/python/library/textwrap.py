from _necktie import unknown as _unknown


def dedent(text):
    lines = text.split('\n')
    margin = None
    for line in lines:
        if line.strip():
            indent = line[:len(line) - len(line.lstrip())]
            if margin is None:
                margin = indent
            else:
                n = 0
                while n < len(margin) and n < len(indent) and margin[n] == indent[n]:
                    n += 1
                margin = margin[:n]
    return '\n'.join('' if not line.strip() else line[len(margin or ''):] for line in lines)


def indent(text, prefix, predicate=None):
    keep = predicate or (lambda line: line.strip())
    return ''.join((prefix + line if keep(line) else line) for line in text.splitlines(True))


def wrap(text, width=70, **kwargs):
    return _unknown('textwrap.wrap')


def fill(text, width=70, **kwargs):
    return _unknown('textwrap.fill')
