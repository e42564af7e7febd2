import { randomUUID } from 'node:crypto';
import type { CancellationToken } from 'vscode';
import { DETECT, type DetectParams, type DetectProblem, type DetectProgress, type DetectResult, PROGRESS } from '../../server/protocol.ts';
import type { Server } from '../language-server.ts';

type Answer = DetectResult | DetectProblem;

/** Asks the server. Never rejects: a server that is gone or a request that was cancelled is a problem to show like any other. */
export async function runDetection(
  server: Server,
  what: Omit<DetectParams, 'token'>,
  onProgress: (progress: DetectProgress) => void,
  cancel: CancellationToken,
): Promise<Answer> {
  const token = randomUUID();
  await server.started;
  const listening = server.client.onNotification(PROGRESS, (progress: DetectProgress) => {
    if (progress.token === token) onProgress(progress);
  });
  try {
    return await server.client.sendRequest<Answer>(DETECT, { ...what, token } satisfies DetectParams, cancel);
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
