/** Long work in steps, so that what is asked meanwhile is answered in between. */

/** All of it now. */
export function finished<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Milliseconds that work may go on before others have their turn. */
const SLICE_MS = 5;

/** In slices, with a pause after each. `pause` answers whether to go on; undefined: it said no. */
export async function paced<T>(steps: Generator<undefined, T>, pause: () => Promise<boolean>): Promise<T | undefined> {
  for (let began = performance.now(); ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - began < SLICE_MS) continue;
    if (!(await pause())) return undefined;
    began = performance.now();
  }
}
