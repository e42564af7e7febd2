/** What a model's verdict rests on, of its config: an edit that leaves that as it is changes nothing of the verdict. */
import type { ResolvedConfig } from '../config/resolved.ts';
import { textIfKnown } from '../python/text-if-known.ts';
import { modelInput, type Size } from './input.ts';

/** Null where a value has no text that tells it from every other. */
export function modelKey(config: ResolvedConfig, size?: Size): string | null {
  if (!config.ok) return null;
  const { model, imports, ...others } = modelInput(config, size);
  const texts = [model, imports].map(textIfKnown);
  return texts.every(text => text !== null && !NAMELESS.test(text)) ? JSON.stringify([config.file, texts, others]) : null;
}

/** `<function <lambda> at 0x…>` */
const NAMELESS = / at 0x/;
