import type { BelowThreshold } from './selection.ts';

/** How the page says figures. */
export const score = (value: number): string => value.toFixed(2);
/** A figure of COCO's; −1 says that there is nothing to find. */
export const figure = (value: number): string => (value < 0 ? '–' : value.toFixed(3));
/** With its sign, a true minus. */
export const change = (value: number): string => {
  const told = score(Math.abs(value));
  return told === '0.00' ? told : `${value < 0 ? '−' : '+'}${told}`;
};
export const milliseconds = (value: number): string => (value < 100 ? value.toFixed(1) : value.toFixed(0));
export const size = (width: number, height: number): string => `${Math.round(width)} × ${Math.round(height)}`;
export const boxCount = (count: number): string => (count === 1 ? '1 box' : `${count} boxes`);
export const seconds = (value: number): string => `${value.toFixed(value < 1 ? 2 : 1)} s`;

/** "77 hidden; the next has 0.09". A score that rounds to nothing is told by its first figure. */
export function hiddenSentence({ count, next }: BelowThreshold): string {
  if (next === null) return 'None hidden';
  return `${count} hidden; the next has ${next < 0.005 ? next.toPrecision(1) : score(next)}`;
}
