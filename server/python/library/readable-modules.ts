/** What of the selected Python's own library is read where we have no module of ours: what is written in Python and touches nothing but values. */

export const READABLE: ReadonlySet<string> = new Set(
  (
    '__future__ json datetime _strptime fractions decimal _pydecimal statistics random pprint reprlib calendar copyreg graphlib colorsys difflib fnmatch shlex queue html hmac ' +
    'configparser argparse getopt optparse linecache tokenize token sched bisect heapq textwrap string base64 cmd code codeop locale gettext ' +
    'genericpath glob stat timeit this rlcompleter types_ sre_compile sre_constants sre_parse symtable unittest doctest pdb bdb numbers ast opcode ' +
    'uuid quopri hashlib secrets'
  ).split(' '),
);
/** Modules in C that do what one in Python does as well: those go on without, where an import fails. */
export const ACCELERATORS: ReadonlySet<string> = new Set(
  '_bisect _heapq _datetime _decimal _statistics _pickle _elementtree _queue _asyncio _opcode _zoneinfo _hashlib _blake2 _uuid _locale _stat'.split(
    ' ',
  ),
);
/** Read where a library is at hand, though we have modules of these names: ours are shorter. */
export const PREFERRED: ReadonlySet<string> = new Set(['contextlib', 'enum', 'dataclasses', 'string', 'textwrap', 'numbers']);
/** What these refuse, the modules in C refuse in other words. */
export const OTHER_WORDS: ReadonlySet<string> = new Set(['datetime', '_pydecimal', 'decimal', 'bisect', 'heapq', 'queue']);
