/** A registered type: `mmdet.ResNet`, what it takes and where it is defined. Facts only, so that a snapshot can be bundled. */
export interface Parameter {
  readonly name: string;
  readonly required: boolean;
  /** Python's text of the default; null where there is none or it is not known. */
  readonly default: string | null;
  readonly annotation: string | null;
  /** From the docstring, where the source is at hand. */
  readonly description?: string;
}

export interface Entry {
  /** Library that registered it: `mmdet`. */
  readonly scope: string;
  /** The registry's root name: `model`, `dataset`, `transform`, `hook`, … */
  readonly registry: string;
  /** As it is written after the scope: `ResNet`. */
  readonly name: string;
  /** `mmdet.models.backbones.resnet.ResNet`. */
  readonly target: string;
  readonly parameters: readonly Parameter[];
  /** Takes any keyword: an unknown one is no error. */
  readonly open: boolean;
  /** `backbone`, `neck`, `head`, `detector`, `loss`, `transform` … from where it is defined; null where nothing tells. */
  readonly role: string | null;
  /** Where its source is: absolute, line from 1; null for the bundled snapshot. */
  readonly source: { readonly file: string; readonly line: number } | null;
}

export type Lookup =
  | { readonly kind: 'found'; readonly entry: Entry }
  /** The registry is known to the end and has no such name. `near`: names that were perhaps meant, best first, as they must be written here. */
  | { readonly kind: 'missing'; readonly near: readonly string[]; readonly message: string }
  /** Nothing can be said: a library that is not at hand, a registry that code fills. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** The registries as one environment and workspace have them. */
export interface RegistryIndex {
  /** What `type=name` means under a default scope, with mmengine's rules; `registry` null: any. */
  lookup(name: string, scope: string, registry: string | null): Lookup;
  /** Every entry that may stand at a place, best first: those of the role first, own scope before others. `written`: text for `type='…'`. */
  candidates(place: { readonly scope: string; readonly registry: string | null; readonly role: string | null }): readonly { readonly entry: Entry; readonly written: string }[];
  /** Modules (dotted) of a library whose import may register this name: what the interpreter must import before it looks. Null: no sources of that library. */
  modulesThatRegister(scope: string, name: string): readonly string[] | null;
  /** Library → version and where it was found; `snapshot` where only bundled facts are known. */
  readonly libraries: ReadonlyMap<string, { readonly version: string; readonly root: string | 'snapshot' }>;
}
