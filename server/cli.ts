#!/usr/bin/env node
/** The command line: finds the command, and runs it in the worker thread. */
import { readFileSync } from 'node:fs';
import { EXIT, type Io } from './cli/command.ts';
import { COMMANDS, type Listed } from './cli/commands.ts';
import { help, runCommand } from './cli/help.ts';
import { startWorker, type TerminalFacts } from './worker/start.ts';
import type { TerminalMessage } from './worker/terminal.ts';

const { stdout, stderr, env } = process;
const coloured = env.NO_COLOR ? false : env.FORCE_COLOR && env.FORCE_COLOR !== '0' ? true : stdout.isTTY === true && env.TERM !== 'dumb';
const terminal: TerminalFacts = {
  colours: coloured,
  showsProgress: stderr.isTTY === true,
  columns: stdout.columns ?? 100,
  cwd: process.cwd(),
};
// `necktie … | head` ends when head does.
for (const stream of [stdout, stderr]) stream.on('error', e => process.exit('code' in e && e.code === 'EPIPE' ? EXIT.fine : EXIT.internal));

const [name, ...args] = process.argv.slice(2);
const listed = COMMANDS.find(c => c.name === name);
if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
  (name === undefined ? stderr : stdout).write(help());
  process.exitCode = name === undefined ? EXIT.misuse : EXIT.fine;
} else if (name === '--version') {
  stdout.write(`${version()}\n`);
} else if (!listed) {
  stderr.write(`necktie: there is no command ${name}\n\n${help()}`);
  process.exitCode = EXIT.misuse;
} else if (listed.thread === 'main') {
  process.exitCode = await runHere(listed, args);
} else {
  process.exitCode = await runInWorker(listed, args);
}

function version(): string {
  const { version: text }: { version: string } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return text;
}

async function runHere(command: Listed, given: readonly string[]): Promise<number> {
  const io: Io = {
    out: text => stdout.write(text),
    err: text => stderr.write(text),
    ...terminal,
    env,
    signal: new AbortController().signal,
    cancel: new Int32Array(1),
  };
  return runCommand(await command.load(), given, io);
}

function runInWorker(command: Listed, given: readonly string[]): Promise<number> {
  const { worker, cancel } = startWorker({ kind: 'terminal', command: command.name, args: given, terminal });
  let interrupted = false;
  process.on('SIGINT', () => {
    if (interrupted) process.exit(EXIT.interrupted);
    interrupted = true;
    Atomics.store(cancel, 0, 1);
    worker.postMessage('stop');
  });
  return new Promise(done => {
    let code: number | null = null;
    worker.on('message', (message: TerminalMessage) => {
      if (message.kind === 'exit') code = message.code;
      else (message.kind === 'out' ? stdout : stderr).write(message.text);
    });
    worker.on('error', e => {
      stderr.write(`necktie ${command.name}: a fault of Necktie itself: ${e.stack ?? e.message}\n`);
      code = EXIT.internal;
    });
    worker.on('exit', () => {
      if (code === null) stderr.write(`necktie ${command.name}: the worker ended without an answer\n`);
      done(code ?? EXIT.internal);
    });
  });
}
