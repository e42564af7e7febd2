"""Writes what CPython prints for each program beside it. Run with Python 3.11: `python record.py`."""
import pathlib
import subprocess
import sys

for program in sorted((pathlib.Path(__file__).parent / 'programs').glob('*.py')):
    done = subprocess.run([sys.executable, '-W', 'ignore', program.name], cwd=program.parent, capture_output=True, text=True, check=True)
    program.with_suffix('.out').write_text(done.stdout)
