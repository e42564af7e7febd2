/** The sample configs: read, evaluated, resolved; and what is offered while someone types. */
import { configContext } from '../../server/config/context.ts';
import { resolveConfig } from '../../server/config/index.ts';
import { completionAt } from '../../server/features/completion-at.ts';
import { assets } from '../../server/project/assets.ts';
import type { Project } from '../../server/project/project.ts';
import { openParser, type Parsed } from '../../server/syntax/parse.ts';
import { median, type Row } from './timing.ts';

export async function configRows(project: Project, files: readonly string[], reference: Row['of']): Promise<readonly Row[]> {
  const { host, environment } = project;
  const parse = await openParser(assets.parserWasm, assets.grammarWasm);
  const texts = [...new Set(files.flatMap(file => project.config(file).chain))].map(file => host.read(file) ?? '');
  const parsed = new Map<string, Parsed>(texts.map(text => [text, parse(text)]));
  const fresh = (withTrees: boolean) =>
    configContext({ host, parse: text => (withTrees ? parsed.get(text) : undefined) ?? parse(text), roots: environment.roots });
  const all = (context: ReturnType<typeof fresh>): void => {
    for (const file of files) resolveConfig(context, file);
  };
  // Before it is measured, all of it has run once.
  all(fresh(true));
  const parsing = await median(
    9,
    () => null,
    () => texts.map(text => parse(text)),
  );
  const of = { name: 'parsing', milliseconds: parsing };
  const warm = fresh(false);
  all(warm);
  const edited = files.at(-1) ?? '';
  let edits = 0;
  return [
    { what: `parsing the ${texts.length} files of ${files.length} configs`, milliseconds: parsing, of: reference },
    { what: 'evaluating and merging them', milliseconds: await median(9, () => fresh(true), all), of },
    { what: 'resolving them, from their texts', milliseconds: await median(9, () => fresh(false), all), of },
    {
      what: 'resolving one after an edit',
      milliseconds: await median(
        15,
        () => host.overlay(edited, `${host.read(edited)}# ${++edits}\n`),
        () => resolveConfig(warm, edited),
      ),
      of,
    },
    { what: 'resolving them, nothing changed', milliseconds: await median(15, () => warm, all), of },
    {
      what: 'rules of the config, one after an edit',
      milliseconds: await median(
        15,
        () => host.overlay(edited, `${host.read(edited)}# ${++edits}\n`),
        () => project.configDiagnostics(edited),
      ),
      of,
    },
  ];
}

export async function completionRows(project: Project, file: string, of: Row['of']): Promise<readonly Row[]> {
  const text = project.host.read(file) ?? '';
  const ask = (offset: number) => () => completionAt(project, file, offset);
  const type = text.indexOf("type='mmdet.ResNet'") + "type='mmdet.Res".length;
  const argument = text.indexOf('depth=50');
  const count = ask(type)().length;
  return [
    { what: `completing type='mmdet.Res (${count} offered)`, milliseconds: await median(15, () => null, ask(type)), of },
    {
      what: `completing an argument of it (${ask(argument)().length} offered)`,
      milliseconds: await median(15, () => null, ask(argument)),
      of,
    },
  ];
}
