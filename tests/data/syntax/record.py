"""Writes behind each wrong text of `wrong.cases` what CPython says of it, and where. Run with Python 3.11: `python record.py`."""
import pathlib
import warnings

warnings.simplefilter('ignore')
cases = pathlib.Path(__file__).parent / 'wrong.cases'
written = []
for case in cases.read_text(encoding='utf-8').split('\n===\n'):
    source = case.split('\n==> ')[0]
    try:
        compile(source + '\n', 'config.py', 'exec')
        raise SystemExit(f'nothing is wrong with {source!r}')
    except SyntaxError as error:
        written.append(f'{source}\n==> {error.lineno}:{error.offset} {type(error).__name__}: {error.msg}')
cases.write_text('\n===\n'.join(written) + '\n', encoding='utf-8')
