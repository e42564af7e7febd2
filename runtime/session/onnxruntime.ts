/** onnxruntime, loaded when it is first needed: what only measures or prepares pictures does without. */
export const onnxruntime = (): Promise<typeof import('onnxruntime-node')> => import('onnxruntime-node');
