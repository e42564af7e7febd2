/** Sums of products by letters: `bchw,bkc->bkhw`. */
import { type DType, isIntegral } from '../dtype.ts';
import { fail, unknown } from '../fault.ts';
import { operator } from '../operator.ts';
import { type Dim, dim, type Tensor } from '../tensor.ts';

/** Each letter is a dimension, three points are those that have no letter. */
export const einsum = operator('einsum(str equation, Tensor[] tensors, *, int[]? path=None)', {
  names: ['torch._einsum'],
  infer({ equation, tensors }) {
    const { inputs, output, sizes: of } = letters(equation, tensors);
    const [first] = tensors;
    if (!first || tensors.some(t => t.dtype !== first.dtype)) return unknown('einsum of several types');
    return { shape: output.map(l => of.get(l) ?? dim(1)), dtype: summedType(first.dtype, inputs, output), strides: null };
  },
  onnx({ equation, tensors }, [out], to) {
    to.node('Einsum', [...tensors], { equation: written(letters(equation, tensors)) }, out);
  },
});
/** What of one operand is summed is counted; a product of several keeps its type where it is a product of matrices. */
function summedType(dtype: DType, inputs: readonly (readonly string[])[], output: readonly string[]): DType {
  if (!isIntegral(dtype) || dtype === 'int64') return dtype;
  const [only] = inputs;
  if (inputs.length !== 1 || !only) return unknown(`einsum of several of ${dtype}`);
  return only.every(l => output.includes(l)) ? dtype : 'int64';
}

interface Letters {
  /** A letter a dimension; `.0`, `.1` … those that three points stand for. */
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
  readonly sizes: ReadonlyMap<string, Dim>;
}
const written = ({ inputs, output }: Letters): string => `${inputs.map(one).join(',')}->${one(output)}`;
const one = (names: readonly string[]): string => {
  const at = names.findIndex(l => l.startsWith('.')),
    own = names.filter(l => !l.startsWith('.'));
  return at < 0 ? own.join('') : `${own.slice(0, at).join('')}...${own.slice(at).join('')}`;
};

function letters(equation: string, tensors: readonly Tensor[]): Letters {
  const text = equation.replace(/\s/g, ''),
    [left = '', right, more] = text.split('->');
  if (more !== undefined || [...left.split(','), right ?? ''].some(part => !/^[a-zA-Z]*(\.\.\.)?[a-zA-Z]*$/.test(part)))
    return unknown('such an einsum');
  const given = left.split(',');
  if (given.length !== tensors.length)
    fail(
      'RuntimeError',
      given.length > tensors.length
        ? 'einsum(): more operands were provided in the equation than there are arguments'
        : `einsum(): more operands were provided than specified in the equation`,
    );
  const hidden = given.map((names, i) => (names.includes('...') ? (tensors[i]?.shape.length ?? 0) - (names.length - 3) : 0)),
    widest = Math.max(0, ...hidden);
  const spread = (names: string, count: number): readonly string[] => {
    const [before = '', after] = names.split('...');
    return after === undefined ? [...before] : [...before, ...Array.from({ length: count }, (_, i) => `.${widest - count + i}`), ...after];
  };
  const of = new Map<string, Dim>();
  const inputs = given.map((names, i) => {
    const shape = tensors[i]?.shape ?? [],
      own = hidden[i] ?? 0,
      length = names.replace('...', '').length,
      open = names.includes('...');
    if (own < 0 || (!open && length !== shape.length))
      fail(
        'RuntimeError',
        `einsum(): the number of subscripts in the equation (${length}) ${open ? 'is more than' : 'does not match'} the number of dimensions (${shape.length}) for operand ${i}${open ? '' : ' and no ellipsis was given'}`,
        ...shape,
      );
    const all = spread(names, own);
    const mine = new Map<string, Dim>();
    all.forEach((l, k) => {
      const size = shape[k] ?? dim(1),
        twice = mine.get(l);
      if (twice && twice.size !== size.size)
        fail(
          'RuntimeError',
          `einsum(): subscript ${l} is repeated for operand ${i} but the sizes don't match, ${size.size} != ${twice.size}`,
          twice,
          size,
        );
      mine.set(l, size);
    });
    for (const [l, size] of mine) join(of, l, size, i);
    return all;
  });
  return { inputs, output: outputOf(right, inputs, spread, widest, of), sizes: of };
}

/** A dimension as several operands have it. */
function join(of: Map<string, Dim>, letter: string, own: Dim, operand: number): void {
  const known = of.get(letter);
  if (known && known.size !== own.size && known.size !== 1 && own.size !== 1) {
    if (letter.startsWith('.')) unknown('an einsum whose sizes without letters differ');
    fail(
      'RuntimeError',
      `einsum(): subscript ${letter} has size ${own.size} for operand ${operand} which does not broadcast with previously seen size ${known.size}`,
      known,
      own,
    );
  }
  of.set(letter, !known || known.size === 1 ? own : own.size === known.size ? dim(own.size, known, own) : known);
}

/** What is written behind the arrow; without one, what has no letter, and the letters that are there once. */
function outputOf(
  right: string | undefined,
  inputs: readonly (readonly string[])[],
  spread: (names: string, count: number) => readonly string[],
  widest: number,
  of: ReadonlyMap<string, Dim>,
): readonly string[] {
  const all = inputs.flat();
  const output =
    right === undefined
      ? [...spread('...', widest), ...[...new Set(all)].filter(l => !l.startsWith('.') && all.indexOf(l) === all.lastIndexOf(l)).sort()]
      : spread(right, widest);
  for (const l of output)
    if (!of.has(l)) fail('RuntimeError', `einsum(): output subscript ${l} does not appear in the equation for any input operand`);
  if (new Set(output).size !== output.length)
    fail(
      'RuntimeError',
      `einsum(): output subscript ${output.find((l, i) => output.indexOf(l) !== i)} appears more than once in the output`,
    );
  return output;
}
