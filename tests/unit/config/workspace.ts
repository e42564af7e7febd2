/** A small workspace in memory: files, and configs of them resolved. */
import { type ConfigContext, configContext, type ResolvedConfig, resolveConfig } from '../../../server/config/index.ts';
import { assets } from '../../../server/project/assets.ts';
import { openParser } from '../../../server/syntax/parse.ts';
import { MemoryHost } from './memory-host.ts';

/** Folder that all files are in. */
export const ROOT = '/workspace';

const parse = await openParser(assets.parserWasm, assets.grammarWasm);

export interface Workspace {
  readonly host: MemoryHost;
  readonly context: ConfigContext;
  resolve(file: string): ResolvedConfig;
}

/** `files`: names relative to `ROOT`; packages are in its folder `site`. */
export function workspace(files: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>> = {}): Workspace {
  const host = new MemoryHost(Object.fromEntries(Object.entries(files).map(([name, text]) => [`${ROOT}/${name}`, text])));
  const context = configContext({ host, parse, roots: [`${ROOT}/site`], environment: new Map(Object.entries(environment)) });
  return { host, context, resolve: file => resolveConfig(context, `${ROOT}/${file}`) };
}
