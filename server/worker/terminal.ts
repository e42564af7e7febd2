/** A command in the worker thread. What it writes goes to the main thread as messages, so that standard output and error keep their order. */
import type { MessagePort } from 'node:worker_threads';
import { EXIT, type Io } from '../cli/command.ts';
import { COMMANDS } from '../cli/commands.ts';
import { runCommand } from '../cli/help.ts';
import type { Role } from './start.ts';

export type TerminalMessage = { readonly kind: 'out' | 'err'; readonly text: string } | { readonly kind: 'exit'; readonly code: number };

export async function runInTerminal(role: Extract<Role, { kind: 'terminal' }>, cancel: Int32Array, port: MessagePort): Promise<void> {
  const stop = new AbortController();
  const send = (message: TerminalMessage): void => port.postMessage(message);
  // Whatever the main thread sends means: stop.
  port.on('message', () => stop.abort());
  const io: Io = {
    out: text => send({ kind: 'out', text }),
    err: text => send({ kind: 'err', text }),
    ...role.terminal,
    env: process.env,
    signal: stop.signal,
    cancel,
  };
  const command = await COMMANDS.find(c => c.name === role.command)?.load();
  const code = command ? await runCommand(command, role.args, io) : EXIT.internal;
  send({ kind: 'exit', code });
  port.close();
}
