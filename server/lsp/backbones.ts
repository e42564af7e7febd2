/** The requests of Replace Backbone: models are run for a person who waits. */
import { type CancellationToken, type CodeAction, CodeActionKind, type Connection, ResponseError } from 'vscode-languageserver/node';
import {
  BACKBONES,
  type BackbonesParams,
  type BackbonesResult,
  MEASURE_BACKBONE,
  type MeasureBackboneResult,
  REPLACE_BACKBONE,
  type ReplaceBackboneParams,
  type ReplaceBackboneResult,
} from '../protocol.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Uris } from './uris.ts';
import { NoAnswer, type WorkerClient } from './worker-client.ts';

interface Backbones {
  readonly connection: Connection;
  readonly uris: Uris;
  readonly deep: WorkerClient;
  readonly diagnosis: Diagnosis;
}

/** LSP's code for a request that the client cancelled. */
const REQUEST_CANCELLED = -32800;
/** So often is asked again what an edit ended. */
const MOST_TIMES = 5;
const NO_FILE = { kind: 'refused', reason: 'Only configs that are files can be looked at' } as const;

export function answerBackbones({ connection, uris, deep, diagnosis }: Backbones): void {
  /** An edit ends it, and it is asked again; the person's own cancelling ends it for good, and what was ended with it is asked again. */
  async function patiently<T>(uri: string, ask: (path: string) => Promise<T>, token: CancellationToken): Promise<T | typeof NO_FILE> {
    const path = uris.path(uri);
    if (path === null) return NO_FILE;
    const listening = token.onCancellationRequested(() => {
      deep.cancelAll();
      diagnosis.again();
    });
    try {
      for (let times = 0; ; times++) {
        if (token.isCancellationRequested) throw new ResponseError(REQUEST_CANCELLED, 'cancelled');
        try {
          return await ask(path);
        } catch (e) {
          if (!(e instanceof NoAnswer && e.cancelled) || times === MOST_TIMES) throw e;
        }
      }
    } finally {
      listening.dispose();
    }
  }
  connection.onRequest<BackbonesResult, void>(
    BACKBONES,
    ({ uri }: BackbonesParams, token: CancellationToken): Promise<BackbonesResult> =>
      patiently(uri, path => deep.request('backbones', { path }), token),
  );
  connection.onRequest<MeasureBackboneResult, void>(
    MEASURE_BACKBONE,
    ({ uri, type, set }: ReplaceBackboneParams, token: CancellationToken): Promise<MeasureBackboneResult> =>
      patiently(uri, path => deep.request('measureBackbone', { path, type, set }), token),
  );
  connection.onRequest<ReplaceBackboneResult, void>(
    REPLACE_BACKBONE,
    ({ uri, type, set }: ReplaceBackboneParams, token: CancellationToken): Promise<ReplaceBackboneResult> =>
      patiently(uri, path => deep.request('replaceBackbone', { path, type, set }), token),
  );
}

/** The editor's own command: it lets the user choose. */
export const replaceBackboneAction = (uri: string): CodeAction => ({
  title: 'Replace Backbone…',
  kind: CodeActionKind.RefactorRewrite,
  command: { title: 'Replace Backbone…', command: 'necktie.replaceBackbone', arguments: [uri] },
});
