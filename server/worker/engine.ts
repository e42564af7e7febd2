/**
 * How V8 is set for a command of the command line, which is over in seconds. They count for all threads of a process: not for an editor's server, where a key would wait
 * some milliseconds for the larger collections.
 *
 * - The heap may grow by half of what is alive before it is collected. V8's own choice is three to four times as much, which of a hundred megabytes makes six hundred
 *   of the process after as many models.
 * - Up to 64 MB nothing is marked, and what is new has 8 MB from the start: most commands need no more.
 * - A function is compiled for speed once it has run four times as long as V8 waits. Sooner, that is more work than reading all of a workspace's configs, done beside
 *   it on a core that is seldom idle.
 */
export const COMMAND_FLAGS: readonly string[] = [
  '--heap-growing-percent=50',
  '--initial-heap-size=64',
  '--min-semi-space-size=8',
  '--interrupt-budget=300000',
];

/** For an editor's server, which is open all day: the heap may grow by a fifth of what is alive. What a model's run leaves behind is mostly young, and collected as such. */
export const SERVER_FLAGS: readonly string[] = ['--heap-growing-percent=20'];
