import type { Connection } from 'vscode-languageserver/node';
import { NoAnswer } from './worker-client.ts';

/** What was asked of a worker, else `otherwise`: a failed request is logged, and nothing is shown. */
export async function answered<T, E>(connection: Connection, asked: Promise<T>, otherwise: E): Promise<T | E> {
  try {
    return await asked;
  } catch (e) {
    if (!(e instanceof NoAnswer && e.cancelled)) connection.console.error(e instanceof Error ? (e.stack ?? e.message) : String(e));
    return otherwise;
  }
}
