/**
 * What classes take of packages that no registry is read from, above all PyTorch's, as the installed version has them: mmengine registers its optimizers in a loop, and
 * hands a loader's keys to its `DataLoader`. The bundled facts are of one version.
 */
import type { Entry, Parameter } from './entry.ts';
import { type Signature, signatureOf } from './scan/signature.ts';
import type { Tables } from './tables.ts';

export interface InstalledSignatures {
  /** Of the class, by the module that defines it: `torch.utils.data.dataloader.DataLoader`. Null: its source is not at hand, or does not tell all of it. */
  parametersOf(dotted: string): readonly Parameter[] | null;
  /** An entry that bundled facts tell, with what the installed class takes. */
  asInstalled(entry: Entry): Entry;
}

export function installedSignatures(tables: Pick<Tables, 'packages' | 'modules' | 'snapshot'>): InstalledSignatures {
  const known = new Map<string, Signature | null>();
  const signature = (dotted: string): Signature | null => {
    let found = known.get(dotted);
    if (found === undefined) known.set(dotted, (found = read(tables, dotted)));
    return found;
  };
  const entries = new WeakMap<Entry, Entry>();
  return {
    parametersOf: dotted => signature(dotted)?.parameters ?? null,
    asInstalled(entry) {
      if (entry.source || entry.kind !== 'class' || !entry.target.startsWith('torch.')) return entry;
      let installed = entries.get(entry);
      if (!installed) {
        const own = signature(entry.target);
        installed = own ? { ...entry, parameters: own.parameters, variadic: own.variadic } : entry;
        entries.set(entry, installed);
      }
      return installed;
    },
  };
}

function read({ packages, modules, snapshot }: Pick<Tables, 'packages' | 'modules' | 'snapshot'>, dotted: string): Signature | null {
  const dot = dotted.lastIndexOf('.');
  const module = dotted.slice(0, dot);
  const definition = packages.find(module) ? modules.resolve(module, dotted.slice(dot + 1)) : null;
  const found = definition?.kind === 'class' ? signatureOf(modules, snapshot, definition) : null;
  return found && !found.open && found.lacks === null ? found : null;
}
