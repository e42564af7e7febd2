/** A program of its own: reads every config of a folder once, in a process that has read none before, and prints how long that took. `bench.ts` starts it, as the command line starts its own thread. */
import { configContext } from '../../server/config/context.ts';
import { resolveConfigs } from '../../server/config/index.ts';
import { assets } from '../../server/project/assets.ts';
import { walkConfigs } from '../../server/project/configs.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { openParser } from '../../server/syntax/parse.ts';

export interface ColdReading {
  readonly files: number;
  readonly ok: number;
  /** Milliseconds: loading the grammar; all configs. */
  readonly parser: number;
  readonly reading: number;
}

const [folder = '', ...roots] = process.argv.slice(2);
const host = new NodeHost();
const files = [...walkConfigs(host, folder)].filter(file => file.endsWith('.py'));
const began = performance.now();
const parse = await openParser(assets.parserWasm, assets.grammarWasm);
const loaded = performance.now();
const context = configContext({ host, parse, roots });
let ok = 0;
for (const config of resolveConfigs(context, files)) if (config.ok) ok++;
const reading: ColdReading = { files: files.length, ok, parser: loaded - began, reading: performance.now() - loaded };
console.log(JSON.stringify(reading));
