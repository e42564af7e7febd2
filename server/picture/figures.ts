/** How figures are written: one unit a column, two decimals, `×` between sizes, `/32` for a stride. */

/** 23.51 M; below a hundred thousand the number itself: 9,408. */
export function parameterText(count: number): string {
  return count >= 1e5 ? `${(count / 1e6).toFixed(2)} M` : grouped(count);
}
/** 33.36 G. */
export function macText(count: number): string {
  if (count === 0) return '0';
  return count < 5e6 ? '< 0.01 G' : `${(count / 1e9).toFixed(2)} G`;
}
/** 512 × 80 × 80. */
export const shapeText = (shape: readonly number[]): string => shape.join(' × ');
export const strideText = (stride: number | null): string => (stride === null ? '' : `/${stride}`);
/** What one is of the other: × 5.6; `=` where they are the same. */
export function ratioText(before: number, after: number): string {
  if (before === after) return '=';
  return before === 0 ? '' : `× ${(after / before).toFixed(after / before < 0.1 ? 2 : 1)}`;
}

/** 1,000. Not by Intl: five megabytes of its tables would be held from the first number on. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
