import { randomUUID } from 'node:crypto';
import type { CancellationToken } from 'vscode';
import {
  DETECT,
  type DetectParams,
  type DetectProblem,
  type DetectProgress,
  type DetectResult,
  EVALUATE,
  type EvaluateParams,
  type EvaluateResult,
  INSPECT,
  type InspectParams,
  type InspectResult,
  PROGRESS,
  SUPPRESS,
  type SuppressParams,
  type SuppressResult,
  VALIDATION,
  type ValidationParams,
  type ValidationResult,
} from '../server/protocol.ts';
import type { Server } from './language-server.ts';

/** What is asked of the server here, and what it answers where nothing is wrong. */
interface Questions {
  [DETECT]: { params: DetectParams; result: DetectResult };
  [EVALUATE]: { params: EvaluateParams; result: EvaluateResult };
  [INSPECT]: { params: InspectParams & { readonly token: string }; result: InspectResult };
  [SUPPRESS]: { params: SuppressParams & { readonly token: string }; result: SuppressResult };
  [VALIDATION]: { params: ValidationParams & { readonly token: string }; result: ValidationResult };
}

/** Never rejects: a server that is gone or a request that was cancelled is a problem to show like any other. */
export async function askServer<Q extends keyof Questions>(
  server: Server,
  question: Q,
  what: Omit<Questions[Q]['params'], 'token'>,
  cancel: CancellationToken,
  onProgress: (progress: DetectProgress) => void = () => undefined,
): Promise<Questions[Q]['result'] | DetectProblem> {
  const token = randomUUID();
  await server.started;
  const listening = server.client.onNotification(PROGRESS, (progress: DetectProgress) => {
    if (progress.token === token) onProgress(progress);
  });
  try {
    return await server.client.sendRequest<Questions[Q]['result'] | DetectProblem>(question, { ...what, token }, cancel);
  } catch (error) {
    if (cancel.isCancellationRequested) return problem('cancelled', 'Stopped', 'Detection was stopped before it was done.');
    const reason = error instanceof Error ? error.message : String(error);
    return problem('child-died', 'The server did not answer', `${reason}. Restart it and run again; the log has the details.`);
  } finally {
    listening.dispose();
  }
}

function problem(code: DetectProblem['code'], title: string, text: string): DetectProblem {
  return { kind: 'problem', code, title, text, details: [] };
}
