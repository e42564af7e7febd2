/** Paths in a config, as texts: `model.neck.in_channels[2]`. A key that is no name is written as Python writes it: `model['a b']`. */
import type { ConfigPath } from './resolved.ts';

export function formatPath(path: ConfigPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(step)) return `${text}['${step.replace(/[\\']/g, '\\$&')}']`;
    return text ? `${text}.${step}` : step;
  }, '');
}

/** The inverse; null where the text is no path. */
export function parsePath(text: string): ConfigPath | null {
  const step = /(?:^|\.)([\p{L}_][\p{L}\p{N}_]*)|\[(-?\d+)\]|\['((?:[^'\\]|\\.)*)'\]/uy;
  const path: (string | number)[] = [];
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    if (!found) return null;
    const [, name, index, key] = found;
    path.push(name ?? (index !== undefined ? Number(index) : (key ?? '').replace(/\\(.)/g, '$1')));
  }
  return path;
}
