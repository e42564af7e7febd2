/** Verdicts of models as they were when they were run last: after an edit that changes nothing of the model nothing is run. */
import type { ResolvedConfig } from '../config/resolved.ts';
import { modelKey } from '../model/model-key.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Host } from './host.ts';
import { Recent } from './recent.ts';
import type { Versioned } from './versioned.ts';

interface Earlier {
  readonly key: string;
  /** Until a module that was read for it changes. */
  readonly verdict: Versioned<Verdict>;
}

export class EarlierRuns {
  readonly #host: Host;
  readonly #kept: Recent<string, Earlier>;
  constructor(host: Host, most: number) {
    this.#host = host;
    this.#kept = new Recent(most);
  }

  /** `asked`: how it was run. `verdict`: from the modules alone, whatever becomes of the config's own files. */
  keep(config: ResolvedConfig, asked: Asked, verdict: Versioned<Verdict>): void {
    const key = verdict.value.ok === null ? null : keyOf(config, asked);
    if (key === null) this.#kept.delete(config.file);
    else this.#kept.set(config.file, { key, verdict });
  }
  /** Another object than before: what it says is to be looked for at other places of the config. */
  of(config: ResolvedConfig, asked: Asked): Verdict | null {
    const earlier = this.#kept.get(config.file);
    if (!earlier?.verdict.holds(this.#host) || keyOf(config, asked) !== earlier.key) return null;
    return { ...earlier.verdict.value, read: [...config.chain, ...earlier.verdict.files] };
  }
}

interface Asked {
  readonly size: readonly [width: number, height: number] | null;
  readonly stateDict: boolean;
}
function keyOf(config: ResolvedConfig, { size, stateDict }: Asked): string | null {
  const key = modelKey(config, size ?? undefined);
  return key && `${stateDict} ${key}`;
}
