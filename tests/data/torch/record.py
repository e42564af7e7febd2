"""What the real libraries make of the programs beside this file: one line for each `t(name, function)`.

usage: record.py [NAME…]      with a Python that has torch and einops; writes NAME.txt
"""
import pathlib
import re
import sys
import warnings

import torch

HERE = pathlib.Path(__file__).parent


def show(value):
    if isinstance(value, torch.Tensor):
        return f'T{list(value.shape)}:{value.dtype}'
    if isinstance(value, (tuple, list)):
        return '(' + ', '.join(map(show, value)) + ')'
    if isinstance(value, dict):
        return '{' + ', '.join(f'{k}: {show(v)}' for k, v in value.items()) + '}'
    return type(value).__name__ if isinstance(value, torch.nn.Module) else repr(value)


def main(names):
    warnings.simplefilter('ignore')
    torch.set_grad_enabled(False)
    for path in sorted(HERE.glob('*.py')):
        if path.name == 'record.py' or (names and path.stem not in names):
            continue
        lines = []

        def t(name, function):
            try:
                lines.append(f'{name} = {show(function())}')
            except Exception as e:
                # Which kernel multiplies, and so says this, differs from machine to machine.
                said = re.sub(r'^(add)?mm: (?=mat1)', '', str(e).split('\n')[0])
                lines.append(f'{name} ! {type(e).__name__} {said}'.rstrip())

        exec(compile(path.read_text(), str(path), 'exec'), {'t': t, '__name__': '__main__'})
        path.with_suffix('.txt').write_text('\n'.join(lines) + '\n')


if __name__ == '__main__':
    main(sys.argv[1:])
