/** What mmengine takes for a module of the standard library, and so really imports; all else makes a config lazy style. */

/** Of CPython 3.11. */
const NAMES = `
  __future__ aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect builtins bz2 cProfile calendar cgi
  cgitb chunk cmath cmd code codeop collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses
  dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch
  fractions ftplib functools gc getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect
  ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt
  multiprocessing netrc nis nntplib nt nturl2path numbers opcode operator optparse ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform
  plistlib poplib posix pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource
  rlcompleter sched secrets select selectors shelve shlex shutil signal smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants
  sre_parse ssl statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap
  this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib
  uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zlib zoneinfo
`;

/**
 * These are frozen into the interpreter since CPython 3.11: they have no file, so mmengine 0.10.7 does not see that they are of the standard library, and a config
 * that imports `os` is lazy style to it.
 */
const FROZEN = `abc codecs genericpath io ntpath os posixpath runpy site stat zipimport`;

const standard = new Set(NAMES.trim().split(/\s+/));
const frozen = new Set(FROZEN.split(' '));

/** `name` with its leading dots, as `import` has it. `pythonMinor`: 11 for Python 3.11. */
export function isStandardModule(name: string, pythonMinor: number): boolean {
  if (name.startsWith('.')) return false;
  const top = name.split('.')[0] ?? '';
  return name.startsWith('mmengine.config') || standard.has(top) || (pythonMinor < 11 && frozen.has(top));
}
