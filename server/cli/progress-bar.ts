/** A line on a terminal that says how far it is; nothing elsewhere. */
import type { Io } from './command.ts';

export interface ProgressBar {
  /** What goes on before anything can be counted. */
  phase(text: string): void;
  update(done: number, total: number, what: string): void;
  /** Takes the line away. */
  clear(): void;
}

const WIDTH = 24;
/** Milliseconds between two drawings. */
const PAUSE = 80;

export function progressBar(io: Io): ProgressBar {
  if (!io.showsProgress) return { phase: () => undefined, update: () => undefined, clear: () => undefined };
  const line = (text: string): void => io.err(`\r\u001b[K${[...text].slice(0, io.columns - 1).join('')}`);
  let [began, drawn] = [0, 0];
  return {
    phase: text => {
      // While pictures are counted their own phases are of no interest.
      if (began === 0) line(`${text}…`);
    },
    update(done, total, what) {
      const now = performance.now();
      if (began === 0) began = now;
      if (now - drawn < PAUSE && done < total) return;
      drawn = now;
      const filled = Math.round((WIDTH * done) / Math.max(1, total));
      const left = done > 1 && done < total ? `, ${duration(((now - began) / (done - 1)) * (total - done))} left` : '';
      line(`${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${done}/${total}${left}  ${what}`);
    },
    clear: () => io.err('\r\u001b[K'),
  };
}

/** "8 s", "3:05 min". */
function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
}
