import type { Ancestry } from './ancestry.ts';
import type { Candidate, Place } from './candidates.ts';
import type { HandedOn } from './handed-on.ts';
import type { ImportSearch } from './import-search.ts';
import type { PlaceKind } from './place.ts';
import type { Viewer } from './sight.ts';
import type { Uses } from './uses.ts';

/** A registered type: `mmdet.ResNet`, what it takes and where it is defined. Facts only, so that a snapshot can be bundled. */
export interface Parameter {
  readonly name: string;
  readonly required: boolean;
  /** Python's text of the default; null where there is none or it is not known. */
  readonly default: string | null;
  readonly annotation: string | null;
  /** From the docstring, where the source is at hand. */
  readonly description?: string | undefined;
  /** Where `**kwargs` are handed to a base class: the class that takes it. Absent for the constructor's own. */
  readonly from?: string;
  /** Where the source proves that others are refused. */
  readonly choices?: Choices;
}

/** The literals that a constructor takes for an argument: it raises, asserts, or looks up in a table of these. */
export interface Choices {
  /** In the source's order; null is Python's None. */
  readonly values: readonly (string | number | null)[];
  /** `str`: texts must be among them, other values go another way (`arch` as a dict). Null: all else is refused. */
  readonly of: 'str' | null;
  /** Capitals are as good: the constructor makes the text lower case first. */
  readonly caseless: boolean;
}

export interface Entry {
  /** Library that registered it: `mmdet`; the top folder of a module of the workspace. */
  readonly scope: string;
  /** Scope of the registry that holds it: `mmengine` for mmcv's layers. What it is looked up under. Null: the registry was not found out, any may hold it. */
  readonly under: string | null;
  /** The registry's root name: `model`, `dataset`, `transform`, `hook`, … */
  readonly registry: string;
  /** As it is written after the scope: `ResNet`. */
  readonly name: string;
  /** `mmdet.models.backbones.resnet.ResNet`. */
  readonly target: string;
  readonly kind: 'class' | 'function' | 'partial';
  readonly parameters: readonly Parameter[];
  /** Names of `*args` and `**kwargs`, as written. */
  readonly variadic: { readonly args: string | null; readonly kwargs: string | null };
  /** Takes any keyword: an unknown one is no error. */
  readonly open: boolean;
  /** First paragraph of its docstring, where the source is at hand. */
  readonly summary?: string | null;
  /** `backbone`, `neck`, `head`, `detector`, `loss`, `transform` … from where it is defined; null where nothing tells. */
  readonly role: string | null;
  /** Where its source is: absolute, line from 1; null for the bundled snapshot. */
  readonly source: { readonly file: string; readonly line: number } | null;
}

export type Lookup =
  /** `others`: registered there under the same name by other modules; which of them counts depends on what is imported. */
  | {
      readonly kind: 'found';
      readonly entry: Entry;
      readonly others: readonly Entry[];
      /** A module of the workspace that the asking config does not import: of its own project, or of the one beside it. Absent: it does, or nobody asked for one. */
      readonly sight?: 'own' | 'neighbour';
    }
  /** The registry is known to the end and has no such name. `near`: names that were perhaps meant, best first, as they must be written here. */
  | { readonly kind: 'missing'; readonly near: readonly string[]; readonly message: string }
  /** Nothing can be said: a library that is not at hand, a registry that code fills. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** The registries as one environment and workspace have them. */
export interface RegistryIndex {
  /** What `type=name` means under a default scope, with mmengine's rules; `registry` null: any. `viewer`: the config that asks, which sees what its own project reaches. */
  lookup(name: string, scope: string, registry: string | null, viewer?: Viewer): Lookup;
  /** Every entry that may stand at a place, best first: those of the role first, own scope before others. `viewer`: who asks; a neighbour project's are left out. */
  candidates(place: Place, viewer?: Viewer): readonly Candidate[];
  /** Which registry builds what stands at a path of a config, and as what; null where nothing tells. For completion: a guess by what configs have there counts. */
  placeAt(path: readonly (string | number)[]): PlaceKind | null;
  /** What a type's class does with each parameter: which registry builds it, which keys are read of it. Empty without its source. */
  usesOf(entry: Entry): Uses;
  /** What a class of an installed package takes, by the module that defines it: `torch.utils.data.dataloader.DataLoader`; null where its source does not tell. */
  parametersOf?(dotted: string): readonly Parameter[] | null;
  /** Where the `**kwargs` go that its constructor keeps for later; null where that is not sure, and where it keeps none. */
  handedOn?(entry: Entry): HandedOn | null;
  /** A registered class with those that it inherits from; null where its source is not at hand. */
  ancestry?(entry: Entry): Ancestry | null;
  /** Module that a config of this scope must import for the type to be registered; null where its library comes along anyway. */
  importFor(entry: Entry, scope: string): string | null;
  /** Modules (dotted) of a library whose import may register this name: what the interpreter must import before it looks. Null: no sources of that library. */
  modulesThatRegister(scope: string, name: string, viewer?: Viewer, importedAlone?: boolean): readonly string[] | null;
  /** Whether a scope's registries are at hand: those of a library, by its sources or the bundled facts, or of a package of the workspace. */
  hasScope(scope: string): boolean;
  /** Whether a scope's own registries, of any kind, hold this name; nothing above them is asked. */
  has(scope: string, name: string): boolean;
  /** Everything that a library's code registers, in whichever registry. */
  entriesOf(library: string): readonly Entry[];
  /** Makes known what these dotted modules register (`custom_imports`); answers with those that cannot be found: with one of them,
   * nothing is surely missing. `file`: the config, whose own repository is looked in too. */
  include(modules: readonly string[], file: string): readonly string[];
  /** Files of the workspace that a config's run imports, before its parts are built. */
  reached(viewer: Viewer): ReadonlySet<string>;
  /** What Python's import would find of a dotted name. */
  readonly imports: ImportSearch;
  /** Library → version and where it was found; `snapshot` where only bundled facts are known. */
  readonly libraries: ReadonlyMap<string, { readonly version: string; readonly root: string | 'snapshot' }>;
}
