/** `F.multi_head_attention_forward`: what `nn.MultiheadAttention` computes, over operators that are all known and written. */
import { raise } from '../../python/exception.ts';
import { binary, equal, getItem, str, toArray, truth } from '../../python/operate.ts';
import { unknown } from '../../python/stop.ts';
import { Float } from '../../python/types/float.ts';
import { List } from '../../python/types/list.ts';
import { Tuple } from '../../python/types/tuple.ts';
import type { Value } from '../../python/value.ts';
import { invoke, tell } from '../calls.ts';
import { SIZE } from '../objects.ts';
import { type Given, python } from '../python-signature.ts';
import { isTensor, numberOf } from '../values.ts';
import { method, rank } from './method.ts';

const SIGNATURE =
  'multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn, ' +
  'dropout_p, out_proj_weight, out_proj_bias, training=True, key_padding_mask=None, need_weights=True, attn_mask=None, use_separate_proj_weight=False, ' +
  'q_proj_weight=None, k_proj_weight=None, v_proj_weight=None, static_k=None, static_v=None, average_attn_weights=True, is_causal=False)';

tell({ 'F.multi_head_attention_forward': python(SIGNATURE, attend) });

const sizeOf = (x: Value): Value => method(x, 'size');
const assert = (truth: boolean, message: string): void => {
  if (!truth) throw raise('AssertionError', message);
};

function attend(a: Given): Value {
  const batched = checkedRanks(a),
    outside = (x: Value): Value => (batched ? x : method(x, 'unsqueeze', 1));
  const [query = null, key = null, value = null] = widened(['query', 'key', 'value'].map(a), outside);
  let padding = batched || a('key_padding_mask') === null ? a('key_padding_mask') : method(a('key_padding_mask'), 'unsqueeze', 0);
  let mask = a('attn_mask');
  const [length = null, batch = null, width = null] = toArray(sizeOf(query)),
    heads = a('num_heads'),
    each = binary('//', width, heads);
  assert(
    equal(width, a('embed_dim_to_check')),
    `was expecting embedding dimension of ${str(a('embed_dim_to_check'))}, but got ${str(width)}`,
  );
  assert(equal(binary('*', each, heads), width), `embed_dim ${str(width)} not divisible by num_heads ${str(heads)}`);
  const [keySize, valueSize] = [sizeOf(key), sizeOf(value)];
  if (truth(a('use_separate_proj_weight'))) {
    const [k, v] = [keySize, valueSize].map(size => new Tuple(toArray(size).slice(0, 2), null, SIZE));
    assert(equal(k ?? null, v ?? null), `key's sequence and batch dims ${str(k ?? null)} do not match value's ${str(v ?? null)}`);
  } else assert(equal(keySize, valueSize), `key shape ${str(keySize)} does not match value shape ${str(valueSize)}`);

  let [q, k, v] = projected(a, query, key, value);
  if (mask !== null) mask = checkedMask(mask, length, toArray(keySize)[0] ?? null, binary('*', batch, heads));
  if (a('static_k') !== null || a('static_v') !== null) return unknown('attention with keys given');
  assert(a('bias_k') === null || a('bias_v') !== null, 'bias_k is set but bias_v is None');
  assert(a('bias_v') === null || a('bias_k') !== null, 'bias_v is set but bias_k is None');
  if (a('bias_k') !== null) {
    [k, v] = [k, v].map((x, i) => invoke('torch.cat', [new List([x, method(a(i ? 'bias_v' : 'bias_k'), 'repeat', 1, batch, 1)])])) as [
      Value,
      Value,
    ];
    [mask, padding] = [mask, padding].map(oneMore) as [Value, Value];
  }
  const split = (x: Value): Value => method(method(x, 'view', getItem(sizeOf(x), 0), binary('*', batch, heads), each), 'transpose', 0, 1);
  [q, k, v] = [split(q), split(k), split(v)];
  if (truth(a('add_zero_attn'))) {
    [k, v] = [k, v].map(x => {
      const nothing = method(x, 'new_zeros', new Tuple([binary('*', batch, heads), 1, each]));
      return invoke('torch.cat', [new List([x, nothing]), 1]);
    }) as [Value, Value];
    [mask, padding] = [mask, padding].map(oneMore) as [Value, Value];
  }
  const keys = getItem(sizeOf(k), 1);
  if (padding !== null) {
    const [n = null, m = null] = toArray(sizeOf(padding));
    assert(equal(n, batch), `Expected key_padded_mask.shape[0] to be ${str(batch)}, but got ${str(n)}`);
    assert(equal(m, keys), `Expected key_padded_mask.shape[1] to be ${str(keys)}, but got ${str(m)}`);
  }
  const scaled = invoke('torch.mul', [q, new Float(1 / Math.sqrt(numberOf(each) ?? 1))]);
  let scores = invoke('torch.bmm', [scaled, method(k, 'transpose', 1, 2)]);
  scores = masked(scores, mask, x => x);
  scores = masked(scores, padding, x =>
    method(
      method(method(x, 'view', batch, 1, 1, keys), 'expand', -1, heads, length, -1),
      'reshape',
      binary('*', batch, heads),
      length,
      keys,
    ),
  );
  const dropped = invoke('torch.dropout', [method(scores, 'softmax', -1), a('dropout_p'), a('training')]);
  const joined = method(method(invoke('torch.bmm', [dropped, v]), 'transpose', 0, 1), 'reshape', binary('*', length, batch), width);
  const flat = invoke('F.linear', [joined, a('out_proj_weight'), a('out_proj_bias')]),
    out = method(flat, 'view', length, batch, getItem(sizeOf(flat), 1)),
    inside = (x: Value, at: number): Value => (batched ? x : method(x, 'squeeze', at));
  if (!truth(a('need_weights'))) return new Tuple([inside(out, 1), null]);
  const weights = method(dropped, 'view', batch, heads, length, keys);
  return new Tuple([inside(out, 1), inside(truth(a('average_attn_weights')) ? method(weights, 'mean', 1) : weights, 0)]);
}

/** Whether there is a batch. All must have as many dimensions. */
function checkedRanks(a: Given): boolean {
  const dims = rank(a('query')),
    batched = dims === 3,
    kind = batched ? 'batched (3-D)' : 'unbatched (2-D)';
  assert(batched || dims === 2, `query should be unbatched 2D or batched 3D tensor but received ${dims}-D query tensor`);
  const [k, v] = [rank(a('key')), rank(a('value'))];
  assert(
    k === dims && v === dims,
    `For ${kind} \`query\`, expected \`key\` and \`value\` to be ${dims}-D but found ${k}-D and ${v}-D tensors respectively`,
  );
  if (a('key_padding_mask') !== null) {
    const n = rank(a('key_padding_mask'));
    assert(
      n === dims - 1,
      `For ${kind} \`query\`, expected \`key_padding_mask\` to be \`None\` or ${dims - 1}-D but found ${n}-D tensor instead`,
    );
  }
  if (a('attn_mask') !== null) {
    const n = rank(a('attn_mask'));
    assert(n === 2 || n === 3, `For ${kind} \`query\`, expected \`attn_mask\` to be \`None\`, 2-D or 3-D but found ${n}-D tensor instead`);
  }
  return batched;
}

/** What is one object stays one: the projections are fewer then. */
function widened(given: readonly Value[], wide: (x: Value) => Value): readonly Value[] {
  const made = new Map<Value, Value>();
  for (const x of given) if (!made.has(x)) made.set(x, wide(x));
  return given.map(x => made.get(x) ?? null);
}

function checkedMask(mask: Value, length: Value, keys: Value, heads: Value): Value {
  const flat = rank(mask) === 2,
    right = new Tuple(flat ? [length, keys] : [heads, length, keys]);
  if (!equal(sizeOf(mask), right))
    throw raise('RuntimeError', `The shape of the ${flat ? 2 : 3}D attn_mask is ${str(sizeOf(mask))}, but should be ${str(right)}.`);
  return flat ? method(mask, 'unsqueeze', 0) : mask;
}
const oneMore = (mask: Value): Value => (mask === null ? null : invoke('F.pad', [mask, new Tuple([0, 1])]));

/** One weight for all three, or one each. */
function projected(a: Given, query: Value, key: Value, value: Value): [Value, Value, Value] {
  const bias = a('in_proj_bias'),
    width = getItem(sizeOf(query), -1);
  const cut = (x: Value, sizes: readonly Value[]): readonly Value[] => {
    const parts = x === null ? null : method(x, 'split', new List([...sizes]));
    return parts instanceof Tuple ? parts.items : [null, null, null];
  };
  const thirds = (x: Value, n: number): readonly Value[] =>
    toArray(invoke('torch.chunk', [x, n, -1])).map(part => method(part, 'contiguous'));
  if (truth(a('use_separate_proj_weight'))) {
    const weights = ['q_proj_weight', 'k_proj_weight', 'v_proj_weight'].map(a),
      biases = bias === null ? [null, null, null] : toArray(invoke('torch.chunk', [bias, 3]));
    const [q = null, k = null, v = null] = [query, key, value].map((x, i) =>
      invoke('F.linear', [x, weights[i] ?? null, biases[i] ?? null]),
    );
    return [q, k, v];
  }
  if (key === value && query === key) {
    const [q = null, k = null, v = null] = thirds(invoke('F.linear', [query, a('in_proj_weight'), bias]), 3);
    return [q, k, v];
  }
  if (key === value) {
    const parts = [width, binary('*', width, 2)],
      weights = cut(a('in_proj_weight'), parts),
      biases = cut(bias, parts);
    const q = invoke('F.linear', [query, weights[0] ?? null, biases[0] ?? null]),
      [k = null, v = null] = thirds(invoke('F.linear', [key, weights[1] ?? null, biases[1] ?? null]), 2);
    return [q, k, v];
  }
  const weights = toArray(invoke('torch.chunk', [a('in_proj_weight'), 3])),
    biases = bias === null ? [null, null, null] : toArray(invoke('torch.chunk', [bias, 3]));
  const [q = null, k = null, v = null] = [query, key, value].map((x, i) => invoke('F.linear', [x, weights[i] ?? null, biases[i] ?? null]));
  return [q, k, v];
}

/** Truths say what is left out; numbers are added. */
function masked(scores: Value, mask: Value, wide: (mask: Value) => Value): Value {
  if (mask === null) return scores;
  if (!isTensor(mask)) return unknown('a mask that is no tensor');
  const fitted = wide(mask);
  return mask.tensor.dtype === 'bool' ? method(scores, 'masked_fill', fitted, new Float(-Infinity)) : invoke('torch.add', [scores, fitted]);
}
