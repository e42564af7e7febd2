/** Where modules come from. An interpreter asks its finders in turn; none of them runs anything. */
import type { Opaque } from '../types/opaque.ts';
import type { Value } from '../value.ts';
import type { NativeModule } from './native-module.ts';

export interface ModuleFinder {
  /** Null: not here, ask the next. `name` is absolute: `mmdet.models.backbones`. */
  find(name: string): FoundModule | null;
}

export type FoundModule =
  | {
      readonly kind: 'source';
      readonly file: string;
      /** A folder with an `__init__`, or without one. */
      readonly package: boolean;
      /** Read when the module runs: may be a getter. */
      readonly source: string;
      /** The same at any later time, for whoever outlives the finders: it holds on to none of what else they know. Absent: `source` does. */
      readonly again?: () => string;
      /** Differs whenever `source` does: trees are kept by file and version. */
      readonly version?: string | null;
      /** Of the standard library, in our words: what it refuses is unknown, for the real one may take more. */
      readonly ours?: boolean;
      /** See `ModuleOptions`. */
      readonly rephrase?: ((args: readonly Value[]) => readonly Value[] | null) | null;
      /** For a stand-in of ours: whether the real module has a name. What we lack is unknown unless the answer is false. */
      readonly has?: (name: string) => boolean | 'unsure';
      /** For a stand-in: the real package's `__version__`; null where that is not known. */
      readonly installedVersion?: () => string | null;
      /** The same of the classes that it defines. */
      readonly classHas?: (type: string, name: string) => boolean;
      /** For a stand-in: every name of the real module, for `dir()`; null where that is not known. */
      readonly names?: () => readonly string[] | null;
      /** Of a package that surely can be imported: what it refuses while it is imported, or does that is unknown here, is a gap of ours. May be a getter. */
      readonly sound?: boolean;
    }
  | { readonly kind: 'native'; readonly module: NativeModule }
  /** In the environment, but nothing that we can run. */
  | {
      readonly kind: 'opaque';
      readonly reason: string;
      /** What stands for it. Absent: an opaque module by that reason. */
      readonly stands?: Opaque;
    };

export type FoundSource = Extract<FoundModule, { kind: 'source' }>;

/** A found module of which more is said. What has getters is read as late as it was. */
export function saying(found: FoundSource, more: Partial<FoundSource>): FoundSource {
  const both: FoundSource = Object.create(Object.prototype, {
    ...Object.getOwnPropertyDescriptors(found),
    ...Object.getOwnPropertyDescriptors(more),
  });
  return both;
}
