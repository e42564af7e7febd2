import type { DetectResult } from '../server/protocol.ts';

/** What detection answers of a picture on which nothing is found, but for what a test says. */
export const detectResult = (told: Partial<DetectResult>): DetectResult => ({
  kind: 'detections',
  image: '',
  width: 1,
  height: 1,
  detections: [],
  classes: [],
  palette: null,
  timings: { prepare: 0, network: 0, decode: 0 },
  provider: 'cpu',
  half: false,
  refused: [],
  weights: { kind: 'random', path: null, note: null },
  scoreThreshold: 0,
  suppression: { own: 0.65, threshold: 0.65, fixed: null, candidates: null },
  ...told,
});
