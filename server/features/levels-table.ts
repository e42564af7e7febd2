/** What a part of the model puts out, as a markdown table: a row a level. */
import type { Part, Shapes } from '../model/verdict.ts';

export function levelsTable(part: Part): string | null {
  const levels = mapsOf(part.outputs);
  if (!levels.length) return null;
  const rows = levels.map((shape, i) => {
    const [channels, ...sizes] = shape;
    const stride = part.strides[i];
    return `| ${stride === undefined ? '' : `/${stride}`} | ${channels ?? ''} | ${sizes.join(' × ')} |`;
  });
  const size = part.parameters ? `\n\n${(part.parameters / 1e6).toFixed(2)} M parameters, ${(part.macs / 1e9).toFixed(2)} G MACs` : '';
  return `| stride | channels | size |\n|---:|---:|---:|\n${rows.join('\n')}${size}`;
}

/** Shapes of the single tensors, in order. */
export function mapsOf(shapes: Shapes): readonly (readonly number[])[] {
  if (shapes === null) return [];
  if (!Array.isArray(shapes)) return Object.values(shapes).flatMap(s => mapsOf(s));
  const items: readonly (number | Shapes)[] = shapes;
  const numbers = items.filter(n => typeof n === 'number');
  if (numbers.length && numbers.length === items.length) return [numbers];
  return items.flatMap(s => (typeof s === 'number' ? [] : mapsOf(s)));
}
