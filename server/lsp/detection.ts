/** Detection: pictures that are looked at, and evaluations, which go on for hours. */
import { type CancellationToken, type Connection, ResponseError } from 'vscode-languageserver/node';
import {
  DETECT,
  type DetectParams,
  EVALUATE,
  type EvaluateParams,
  INSPECT,
  type InspectParams,
  PROGRESS,
  SUPPRESS,
  type SuppressParams,
  VALIDATION,
  type ValidationParams,
} from '../protocol.ts';
import type { ParamsOf } from '../worker/messages.ts';
import { NoAnswer, type WorkerClient } from './worker-client.ts';

interface Detection {
  readonly connection: Connection;
  readonly detector: WorkerClient;
  /** Each evaluation has a worker to itself, for as long as it takes. */
  readonly startEvaluator: () => WorkerClient;
}

/** LSP's code for a request that the client cancelled. */
const REQUEST_CANCELLED = -32800;

/** What is answered ends the evaluations that run. */
export function answerDetection({ connection, detector, startEvaluator }: Detection): () => Promise<unknown> {
  const evaluations = new Set<WorkerClient>();
  async function ask<M extends 'detect' | 'suppress' | 'validation' | 'evaluate' | 'inspect'>(
    worker: WorkerClient,
    method: M,
    params: ParamsOf<M>,
    token: CancellationToken,
  ): Promise<unknown> {
    const listening = token.onCancellationRequested(() => worker.cancelAll());
    try {
      for (;;) {
        try {
          return await worker.request(method, params, progress => void connection.sendNotification(PROGRESS, progress));
        } catch (e) {
          if (token.isCancellationRequested) return new ResponseError(REQUEST_CANCELLED, 'cancelled');
          // Another panel was stopped, and with it all that its worker was asked: this one goes on.
          if (!(e instanceof NoAnswer && e.cancelled)) throw e;
        }
      }
    } finally {
      listening.dispose();
    }
  }

  connection.onRequest(DETECT, (params: DetectParams, token: CancellationToken) => ask(detector, 'detect', params, token));
  connection.onRequest(SUPPRESS, (params: SuppressParams, token: CancellationToken) => ask(detector, 'suppress', params, token));
  connection.onRequest(VALIDATION, (params: ValidationParams, token: CancellationToken) => ask(detector, 'validation', params, token));
  connection.onRequest(INSPECT, (params: InspectParams, token: CancellationToken) => ask(detector, 'inspect', params, token));
  connection.onRequest(EVALUATE, async (params: EvaluateParams, token: CancellationToken) => {
    const evaluator = startEvaluator();
    evaluations.add(evaluator);
    try {
      return await ask(evaluator, 'evaluate', params, token);
    } finally {
      evaluations.delete(evaluator);
      await evaluator.close();
    }
  });
  return () => Promise.all([...evaluations].map(evaluator => evaluator.close()));
}
