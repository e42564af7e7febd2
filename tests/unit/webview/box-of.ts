import type { Box } from '../../../client/webview/preview/box.ts';

/** A box with what the test does not care about filled in. */
export function boxOf(given: Partial<Box>): Box {
  return { index: 0, label: 0, name: 'circle', score: 0.9, x: 0, y: 0, width: 10, height: 10, style: 'found', ...given };
}
