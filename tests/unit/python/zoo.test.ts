/** The libraries' own modules: all that networks are made of can be imported where torch is a name and no more. None fails by a fault of ours. */
import { expect, test } from 'vitest';
import { NodeHost } from '../../../server/project/node-host.ts';
import type { ModuleFinder } from '../../../server/python/import/finder.ts';
import { folderFinder } from '../../../server/python/import/folder-finder.ts';
import { ParsedSources } from '../../../server/python/import/parsed-sources.ts';
import { Interpreter } from '../../../server/python/interpreter.ts';
import { STANDARD_MODULES } from '../../../server/python/library/standard-modules.ts';
import { traceback } from '../../../server/python/run.ts';
import { zoo } from '../../zoo.ts';
import { ending, parse } from './parser.ts';

const host = new NodeHost();
const libraries = folderFinder(host, zoo);
const opaque: ModuleFinder = {
  find(name) {
    const [top = ''] = name.split('.');
    return STANDARD_MODULES.has(top) || top.startsWith('_') || libraries.find(top) ? null : { kind: 'opaque', reason: name };
  },
};
const sources = new ParsedSources(parse);

function modulesOf(name: string): string[] {
  const folder = `${zoo}/${name.replace(/\./g, '/')}`;
  return host
    .list(folder)
    .flatMap(e =>
      e.kind === 'folder'
        ? host.kind(`${folder}/${e.name}/__init__.py`) === 'file'
          ? modulesOf(`${name}.${e.name}`)
          : []
        : e.name.endsWith('.py') && e.name !== '__init__.py'
          ? [`${name}.${e.name.slice(0, -3)}`]
          : [],
    );
}

test
  .skipIf(!host.kind(`${zoo}/mmyolo`))
  .each([
    'mmyolo.models',
    'mmdet.models.backbones',
    'mmdet.models.necks',
    'mmcls.models.backbones',
    'mmselfsup.models.backbones',
    'timm.layers',
    'mmcv.cnn',
    'mmengine.model',
  ])(
  '%s',
  name => {
    const faults: string[] = [];
    const modules = modulesOf(name);
    let unknown = 0;
    const interpreter = new Interpreter({
      parse,
      sources,
      finders: [libraries, opaque],
      lazy: () => true,
      complete: wanted => wanted.includes('.') && host.kind(zoo) !== null,
      version: () => '2.0.0',
    });
    for (const module of modules) {
      const ended = interpreter.importModule(module);
      if (ended.kind === 'raised') faults.push(`${module}: ${traceback(ended.exception)}`);
      if (ended.kind !== 'stopped') continue;
      const why = ending(ended.reason);
      if (/internal|syntax|^limit/.test(why)) faults.push(`${module}: ${why}`);
      unknown++;
    }
    expect(faults).toEqual([]);
    expect(modules.length).toBeGreaterThan(3);
    // What a module does with torch while it is imported is not known here.
    expect(unknown).toBeLessThan(modules.length);
  },
  120_000,
);
