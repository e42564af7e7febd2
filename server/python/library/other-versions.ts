/** Public names that CPython 3.8 to 3.10, 3.12 or 3.13 has and 3.11, which we are like, lacks: whether they can be imported hangs on the Python that runs the config. */
const NAMES: Readonly<Record<string, string>> = {
  asyncio: 'EventLoop QueueShutDown coroutine create_eager_task_factory eager_task_factory',
  base64: 'decodestring encodestring z85decode z85encode',
  binascii: 'a2b_hqx b2a_hqx rlecode_hqx rledecode_hqx',
  calendar: 'APRIL AUGUST DECEMBER Day FEBRUARY JANUARY JULY JUNE MARCH MAY Month NOVEMBER OCTOBER SEPTEMBER',
  collections:
    'AsyncGenerator AsyncIterable AsyncIterator Awaitable ByteString Callable Collection Container Coroutine Generator Hashable ItemsView Iterable Iterator KeysView Mapping MappingView MutableMapping MutableSequence MutableSet Reversible Sequence Set Sized ValuesView',
  'collections.abc': 'Buffer',
  copy: 'replace',
  csv: 'QUOTE_NOTNULL QUOTE_STRINGS',
  enum: 'EnumDict',
  fractions: 'gcd',
  inspect:
    'AGEN_CLOSED AGEN_CREATED AGEN_RUNNING AGEN_SUSPENDED ArgSpec BufferFlags formatargspec getargspec getasyncgenlocals getasyncgenstate markcoroutinefunction',
  io: 'OpenWrapper',
  itertools: 'batched',
  logging: 'getHandlerByName getHandlerNames',
  math: 'fma sumprod',
  os: 'grantpt posix_openpt process_cpu_count ptsname setns unlockpt unshare',
  'os.path': 'isdevdrive isjunction splitroot',
  pathlib: 'UnsupportedOperation',
  platform: 'android_ver ios_ver',
  posixpath: 'isdevdrive isjunction splitroot',
  queue: 'ShutDown',
  random: 'binomialvariate',
  re: 'PatternError sre_compile sre_parse',
  statistics: 'kde kde_random',
  sys: 'activate_stack_trampoline callstats deactivate_stack_trampoline getcheckinterval getunicodeinternedsize is_stack_trampoline_active monitoring setcheckinterval',
  threading: 'setprofile_all_threads settrace_all_threads',
  types: 'CapsuleType get_original_bases',
  typing: 'NoDefault ReadOnly TypeAliasType TypeIs get_protocol_members is_protocol override',
  warnings: 'deprecated',
};

export const isOfOtherVersion = (module: string, name: string): boolean =>
  Object.hasOwn(NAMES, module) && (NAMES[module] ?? '').split(' ').includes(name);
