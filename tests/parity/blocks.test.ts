/** Blocks as plugins and papers' repositories have them, some of them used wrongly: what PyTorch made of each (`tests/data/torch/record.py`), or unknown. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Graph } from '../../runtime/network/graph.ts';
import { sizes } from '../../runtime/network/tensor.ts';
import { reasonText } from '../../server/model/run.ts';
import { Session } from '../../server/model/session.ts';
import { assets } from '../../server/project/assets.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { call } from '../../server/python/call.ts';
import { Raised } from '../../server/python/exception.ts';
import { running } from '../../server/python/frame.ts';
import { native } from '../../server/python/native.ts';
import { repr, str } from '../../server/python/operate.ts';
import { Stop } from '../../server/python/stop.ts';
import { Dict } from '../../server/python/types/dict.ts';
import { List } from '../../server/python/types/list.ts';
import { Tuple } from '../../server/python/types/tuple.ts';
import type { Value } from '../../server/python/value.ts';
import { environmentOf } from '../../server/registry/environment.ts';
import { createRegistry } from '../../server/registry/registry.ts';
import { loadSnapshot } from '../../server/registry/snapshot.ts';
import { openParser } from '../../server/syntax/parse.ts';
import { context, startTorch } from '../../server/torch/context.ts';
import { TensorObject } from '../../server/torch/tensor-object.ts';
import { zoo } from '../zoo.ts';
import { isModule } from './torch-record.ts';

const folder = new URL('../data/torch', import.meta.url).pathname;
const programs = readdirSync(folder).filter(name => name.endsWith('.py') && name !== 'record.py');
const host = new NodeHost(),
  parse = await openParser(assets.parserWasm, assets.grammarWasm);
const environment = environmentOf(host, { workspace: [], python: null, sitePackages: [zoo], environment: true }, {}),
  registry = createRegistry(host, environment, loadSnapshot(assets.facts));

function shown(v: Value): string {
  if (v instanceof TensorObject) return `T[${sizes(v.tensor.shape).join(', ')}]:torch.${v.tensor.dtype}`;
  if (v instanceof List || v instanceof Tuple) return `(${v.items.map(shown).join(', ')})`;
  if (v instanceof Dict) return `{${[...v.entries.values()].map(e => `${str(e.key)}: ${shown(e.value)}`).join(', ')}}`;
  return isModule(v) ? v.type.name : repr(v);
}
/** What a call gives, in the record's words; `?` where it is not known. */
function said(fn: Value): string {
  const { frame } = running;
  try {
    return `= ${shown(call(fn, []))}`;
  } catch (e) {
    if (e instanceof Stop) return `? ${reasonText(e.reason)}`;
    if (!(e instanceof Raised)) throw e;
    const [line = ''] = str(e.exception).split('\n');
    return `! ${e.exception.type.name} ${line.replace(/^(add)?mm: (?=mat1)/, '')}`.trimEnd();
  } finally {
    running.frame = frame;
  }
}
/** A program line by line: what one call does not know the next may. */
function run(file: string): readonly string[] {
  const { interpreter } = new Session({ host, environment, registry, parse }),
    lines: string[] = [];
  startTorch(new Graph(), { raiseNoted: true });
  context.gradEnabled = false;
  const t = native('t(name, function)', (name = null, fn = null) => {
    lines.push(`${str(name)} ${said(fn)}`);
    return null;
  });
  const ended = interpreter.run(readFileSync(`${folder}/${file}`, 'utf8'), { file, globals: new Map([['t', t]]) });
  expect(ended.kind === 'stopped' ? reasonText(ended.reason) : ended.kind).toBe('done');
  return lines;
}

describe('blocks', () => {
  it.each(programs)('%s', file => {
    const ours = run(file),
      theirs = readFileSync(`${folder}/${file.replace('.py', '.txt')}`, 'utf8')
        .trim()
        .split('\n');
    const wrong = theirs.flatMap((line, i) => (ours[i] === line || ours[i]?.includes(' ? ') ? [] : [`${line}\n  here: ${ours[i]}`])),
      unknown = ours.filter(line => line.includes(' ? '));
    expect(wrong).toEqual([]);
    expect(unknown.length / theirs.length, unknown.join('\n')).toBeLessThan(0.05);
  });
});
