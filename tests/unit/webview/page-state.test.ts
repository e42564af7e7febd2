import { expect, test } from 'vitest';
import { FRESH, pageStateFrom } from '../../../client/webview/preview/page-state.ts';

test('what was kept comes back', () => {
  const kept = {
    subject: { config: '/a.py', image: '/b.jpg', checkpoint: null },
    threshold: 0.5,
    hidden: ['circle'],
    selected: 3,
    zoom: { scale: 2, x: 1, y: -4 },
  };
  expect(pageStateFrom(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
});

test.each([
  undefined,
  null,
  7,
  'text',
  {},
  { subject: { image: '/b.jpg' }, threshold: '0.5', hidden: 'circle', selected: {}, zoom: { scale: 2 } },
])('what is not as it should be is as if it were not there: %j', kept => expect(pageStateFrom(kept)).toEqual(FRESH));
