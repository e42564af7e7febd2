/** The program of the worker thread: a command of the command line, or one of the language server's. */
import { parentPort, workerData } from 'node:worker_threads';
import { answer } from './worker/answer.ts';
import type { WorkerStart } from './worker/start.ts';
import { runInTerminal } from './worker/terminal.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts is the program of a worker thread');
const { role, cancel }: WorkerStart = workerData;
if (role.kind === 'terminal') await runInTerminal(role, new Int32Array(cancel), port);
else answer(role.kind, new Int32Array(cancel), port);
