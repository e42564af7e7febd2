/** What does not fit in a network, in the words of the rules that would underline it: with the config's own numbers. */
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Verdict } from '../model/verdict.ts';
import type { RegistryIndex } from '../registry/entry.ts';
import { buildError } from '../rules/build-error.ts';
import { channelMismatch } from '../rules/channel-mismatch.ts';
import { levelCountMismatch } from '../rules/level-count-mismatch.ts';
import type { ModelContext } from '../rules/rule.ts';
import { strideMismatch } from '../rules/stride-mismatch.ts';

/** One sentence or two each; empty where no rule has words for it. */
export function inOwnWords(config: ResolvedConfig, verdict: Verdict, registry: RegistryIndex): readonly string[] {
  // Without texts no fixes are looked for, which would run the network again and again.
  const context: ModelContext = {
    config,
    verdict,
    registry,
    found: () => [],
    text: () => null,
    names: () => [],
    body: () => null,
    prove: () => null,
  };
  const rules = [channelMismatch, levelCountMismatch, strideMismatch, buildError];
  const found = rules.flatMap(rule => rule.check(context));
  return [...new Set(found.map(({ message }) => message.split('\n')[0] ?? ''))].filter(Boolean);
}
