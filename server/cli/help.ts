/** `necktie --help`, and how a command's end is told. */

import { type Command, EXIT, type Io, Misuse } from './command.ts';
import { COMMANDS } from './commands.ts';

export function help(): string {
  const width = Math.max(...COMMANDS.map(c => c.name.length));
  const lines = COMMANDS.map(c => `  necktie ${c.name.padEnd(width)}  ${c.summary}`);
  return `Usage: necktie COMMAND [OPTION…]\n\n${lines.join('\n')}\n\nnecktie COMMAND --help tells of one.\n`;
}

/** Runs a command and answers with its exit code; throws nothing. */
export async function runCommand(command: Command, args: readonly string[], io: Io): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    io.out(`Usage: ${command.usage}\n`);
    return EXIT.fine;
  }
  try {
    return await command.run(args, io);
  } catch (e) {
    if (e instanceof Misuse) {
      io.err(`necktie ${command.name}: ${e.message}\n\nUsage: ${command.usage}\n`);
      return EXIT.misuse;
    }
    if (io.signal.aborted) return EXIT.interrupted;
    io.err(`necktie ${command.name}: a fault of Necktie itself: ${e instanceof Error ? (e.stack ?? e.message) : String(e)}\n`);
    return EXIT.internal;
  }
}
