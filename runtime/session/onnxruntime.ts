import { pathToFileURL } from 'node:url';

/** In the environment of the process that runs models: onnxruntime's entry in another folder, where libraries of more providers lie beside it. */
export const ONNXRUNTIME_VARIABLE = 'NECKTIE_ONNXRUNTIME';

type Onnxruntime = typeof import('onnxruntime-node');

/** onnxruntime, loaded when it is first needed: what only measures or prepares pictures does without. */
export async function onnxruntime(): Promise<Onnxruntime> {
  const elsewhere = process.env[ONNXRUNTIME_VARIABLE];
  if (elsewhere === undefined) return import('onnxruntime-node');
  const other: Promise<Onnxruntime> = import(pathToFileURL(elsewhere).href);
  // A copy that will not load costs its providers, not detection.
  return other.catch(() => import('onnxruntime-node'));
}
