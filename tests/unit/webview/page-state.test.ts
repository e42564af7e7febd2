import { expect, test } from 'vitest';
import { FRESH, pageStateFrom } from '../../../client/webview/preview/page-state.ts';

test('what was kept comes back', () => {
  const kept = {
    subject: {
      config: '/a.py',
      image: '/b.jpg',
      checkpoint: null,
      validation: true,
      iouThreshold: 0.5,
      other: { config: '/c.py', checkpoint: '/d.pth', raw: true },
    },
    threshold: 0.5,
    hidden: ['circle'],
    selected: 3,
    zoom: { scale: 2, x: 1, y: -4 },
    without: ['missed'],
    divider: 0.25,
    swapped: true,
  };
  expect(pageStateFrom(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
});

test.each([
  undefined,
  null,
  7,
  'text',
  {},
  {
    subject: { image: '/b.jpg' },
    threshold: '0.5',
    hidden: 'circle',
    selected: {},
    zoom: { scale: 2 },
    without: 'missed',
    divider: 'middle',
    swapped: 1,
  },
])('what is not as it should be is as if it were not there: %j', kept => expect(pageStateFrom(kept)).toEqual(FRESH));

test('what an earlier version kept comes back, with what it did not know as it was then', () => {
  const { subject } = pageStateFrom({ subject: { config: '/a.py', image: '/b.jpg', checkpoint: null } });
  expect(subject).toEqual({ config: '/a.py', image: '/b.jpg', checkpoint: null, validation: false, iouThreshold: null, other: null });
});
