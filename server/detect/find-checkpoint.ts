/** Where the weights of a config are, when nobody says: where mmengine saves them, beside the config, where `load_from` points. */
import type { Host } from '../project/host.ts';
import { at, type Data, textOf } from './data.ts';

/** Absolute; null where there is none. `config`: the config's file; `data`: its resolved values; `roots`: folders that a training may have been started in. */
export function findCheckpoint(host: Host, config: string, data: Data, roots: readonly string[]): string | null {
  const folder = folderOf(config);
  const stem = stemOf(config);
  const starts = [folder, ...roots, ...ancestors(folder).slice(0, 3)];
  const own = textOf(at(data, 'work_dir'));
  const works = starts.flatMap(start => [...(own === undefined ? [] : [joined(start, own)]), joined(start, `work_dirs/${stem}`)]);
  for (const work of new Set(works)) {
    const found = newestIn(host, work);
    if (found) return found;
  }
  const beside = besideConfig(host, folder, stem);
  if (beside) return beside;
  const from = textOf(at(data, 'load_from'));
  if (from === undefined || /^[a-z][a-z0-9+.-]+:\/\//i.test(from)) return null;
  return starts.map(start => joined(start, from)).find(path => host.kind(path) === 'file') ?? null;
}

/** A model that was exported beside the config, or null. */
export function findExported(host: Host, config: string): string | null {
  const path = `${folderOf(config)}/${stemOf(config)}.onnx`;
  return host.kind(path) === 'file' ? path : null;
}

/** The best of a training before its last; `last_checkpoint` names a path of the machine that trained, so only its file name counts. */
function newestIn(host: Host, folder: string): string | null {
  const names = host.list(folder).flatMap(entry => (entry.kind === 'file' && entry.name.endsWith('.pth') ? [entry.name] : []));
  const best = byNumber(names.filter(name => name.startsWith('best_')));
  if (best) return `${folder}/${best}`;
  const last = host.read(`${folder}/last_checkpoint`)?.trim().split(/[\\/]/).at(-1);
  if (last !== undefined && names.includes(last)) return `${folder}/${last}`;
  const newest = byNumber(names.filter(name => /^(epoch|iter)_\d+\.pth$/.test(name)));
  return newest && `${folder}/${newest}`;
}

/** `epoch_9` before `epoch_10`: the one with the highest last number. */
function byNumber(names: readonly string[]): string | null {
  const number = (name: string): number => Number(/(\d+)\.pth$/.exec(name)?.[1] ?? -1);
  return names.toSorted((a, b) => number(a) - number(b)).at(-1) ?? null;
}

/** The config's own name first; then the names that OpenMMLab publishes under: `NAME_20220918_084700-86e02187.pth`. */
function besideConfig(host: Host, folder: string, stem: string): string | null {
  const names = host.list(folder).flatMap(entry => (entry.kind === 'file' && /\.(pth|safetensors)$/.test(entry.name) ? [entry.name] : []));
  const exact = names.find(name => name === `${stem}.pth` || name === `${stem}.safetensors`);
  const published = names.filter(name => name.startsWith(`${stem}_`) && /_\d{8}_\d{6}-[0-9a-f]{8}\.pth$/.test(name)).at(-1);
  const found = exact ?? published;
  return found === undefined ? null : `${folder}/${found}`;
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
const stemOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
const ancestors = (folder: string): string[] =>
  folder.includes('/') ? [folderOf(folder), ...ancestors(folderOf(folder))].filter(Boolean) : [];

function joined(folder: string, path: string): string {
  if (path.startsWith('/') || /^[a-z]:[\\/]/i.test(path)) return path.replaceAll('\\', '/');
  const steps = folder.split('/');
  for (const step of path.split(/[\\/]/)) {
    if (step === '..') steps.pop();
    else if (step && step !== '.') steps.push(step);
  }
  return steps.join('/');
}
