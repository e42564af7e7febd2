/** Times of a piece of work, and the table that they are told in. */

/** Milliseconds: the median of so many runs, each begun by `prepare`, which is not counted. */
export async function median<T>(runs: number, prepare: () => T | Promise<T>, work: (prepared: T) => unknown): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const prepared = await prepare();
    const began = performance.now();
    await work(prepared);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? NaN;
}

/** Of times, the one that so large a part of them does not exceed. */
export function quantile(times: readonly number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? NaN;
}

export interface Row {
  readonly what: string;
  readonly milliseconds: number;
  /** What it is told as a multiple of. */
  readonly of: { readonly name: string; readonly milliseconds: number };
}

export function table(title: string, rows: readonly Row[]): string {
  const wide = Math.max(...rows.map(r => r.what.length));
  const lines = rows.map(({ what, milliseconds, of }) => {
    const ratio = milliseconds / of.milliseconds;
    return `  ${what.padEnd(wide)}  ${milliseconds.toFixed(milliseconds < 10 ? 2 : 0).padStart(8)} ms  ${(ratio < 0.1 ? `1/${(1 / ratio).toFixed(0)}` : ratio.toFixed(ratio < 10 ? 2 : 1)).padStart(8)} × ${of.name}`;
  });
  return `${title}\n${lines.join('\n')}\n`;
}
