"""Names that the classes of real libraries have, for those modules that we stand in for: one that ours lacks tells nothing.

usage: classes.py > server/torch/facts/classes.json      with a Python that has these libraries

{"torch.nn.modules.conv.Conv2d": "_conv_forward forward", …}: own names of each class but those with two underscores.
"""
import importlib
import inspect
import json
import pathlib
import sys
import warnings

warnings.filterwarnings('ignore')
LIBRARIES = ('torch', 'torchvision', 'mmengine', 'einops')
STUBS = pathlib.Path(__file__).parents[2] / 'server/torch/stubs'


def modules():
    for path in sorted(STUBS.rglob('*.py')):
        name = '.'.join(path.relative_to(STUBS).with_suffix('').parts)
        if name.split('.')[0] in LIBRARIES:
            yield name.removesuffix('.__init__')


def own(cls):
    return sorted(n for n in vars(cls) if not (n.startswith('__') and n.endswith('__')))


def main():
    out = {}
    for name in modules():
        try:
            module = importlib.import_module(name)
        except Exception:
            continue
        for key, cls in sorted(vars(module).items()):
            if inspect.isclass(cls) and cls.__module__ == name and own(cls):
                out[f'{name}.{key}'] = ' '.join(own(cls))
    json.dump(out, sys.stdout, indent=2)
    print()


if __name__ == '__main__':
    main()
