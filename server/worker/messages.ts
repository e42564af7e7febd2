/** What the language server's main thread and its workers say to each other. Plain data. */
import type {
  CodeAction,
  CodeLens,
  CompletionList,
  DocumentLink,
  DocumentSymbol,
  Hover,
  InlayHint,
  Location,
  Position,
  Range,
  SignatureHelp,
  SymbolInformation,
} from 'vscode-languageserver';
import type { CompletionAbilities, CompletionPlace } from '../lsp/completion-items.ts';
import type { Published } from '../lsp/convert.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Settings } from '../project/settings.ts';
import type {
  BackbonesResult,
  DetectParams,
  DetectProblem,
  DetectProgress,
  DetectResult,
  EvaluateParams,
  EvaluateResult,
  InspectParams,
  InspectResult,
  MeasureBackboneResult,
  NetworkParams,
  NetworkResult,
  NotCheckedResult,
  ReplaceBackboneParams,
  ReplaceBackboneResult,
  ResolvedParams,
  ResolvedResult,
  StatusParams,
  SuppressParams,
  SuppressResult,
  ValidationParams,
  ValidationResult,
} from '../protocol.ts';
import type { RanSize } from '../recipe/sizes/ran-size.ts';

interface At {
  readonly path: string;
  readonly position: Position;
}
/** With what the model run said last, if it has. */
interface WithVerdict {
  readonly path: string;
  readonly verdict: Verdict | null;
}
interface WithRun extends WithVerdict {
  /** Of pictures behind the steps of its pipelines. */
  readonly sizes: readonly RanSize[];
}

type BackboneWish = Omit<ReplaceBackboneParams, 'uri'> & { readonly path: string };

/** `faulty`: bases in which something is wrong, which their own diagnostics tell. `hasModel`: whether there is one to be run. */
export interface Diagnosed {
  readonly hasModel: boolean;
  readonly published: readonly Published[];
  readonly faulty: readonly { readonly path: string; readonly uri: string }[];
}

/** As soon as the model was run: without fixes that take further runs to prove, and marked by what the run itself blames. `proven` null: that is to be asked for. */
export interface ModelTold {
  readonly verdict: Verdict;
  readonly sizes: readonly RanSize[];
  readonly diagnostics: readonly Published[];
  readonly proven: ModelProven | null;
}
/** The same with all their fixes. `config`: what the rules of the config tell, with those of their fixes that only a run shows to be right. */
export interface ModelProven {
  readonly diagnostics: readonly Published[];
  readonly config: readonly Published[];
}

/** Requests, by method: what is asked and what is answered. `diagnose` answers null where the file is no config. */
export interface Requests {
  diagnose: { params: { readonly path: string }; result: Diagnosed | null };
  complete: { params: At & { readonly abilities: CompletionAbilities }; result: CompletionList };
  /** Of one that was offered: markdown. */
  completionDocumentation: { params: CompletionPlace; result: string | null };
  hover: { params: At & WithRun; result: Hover | null };
  definition: { params: At; result: readonly Location[] };
  references: { params: At & { readonly declaration: boolean }; result: readonly Location[] };
  symbols: { params: { readonly path: string }; result: readonly DocumentSymbol[] };
  workspaceSymbols: { params: { readonly query: string }; result: readonly SymbolInformation[] };
  signature: { params: At; result: SignatureHelp | null };
  notChecked: { params: { readonly path: string }; result: NotCheckedResult };
  resolved: { params: ResolvedParams & { readonly path: string }; result: ResolvedResult };
  links: { params: { readonly path: string }; result: readonly DocumentLink[] };
  hints: { params: WithRun; result: readonly InlayHint[] };
  lenses: { params: WithVerdict; result: readonly CodeLens[] };
  /** The deep worker's: builds and runs the model. Null: no config, or one without a model. */
  model: { params: { readonly path: string }; result: ModelTold | null };
  /** The deep worker's: tries fixes by running the model with them, up to some forty times. */
  proven: { params: { readonly path: string }; result: ModelProven | null };
  /** Fixes that the rules of the config have for what is told at a range, each tried. */
  fixes: { params: { readonly path: string; readonly range: Range }; result: readonly CodeAction[] };
  /** Whether a range lies in what the config says of its backbone. */
  onBackbone: { params: { readonly path: string; readonly range: Range }; result: boolean };
  /** The deep worker's, too. */
  backbones: { params: { readonly path: string }; result: BackbonesResult };
  measureBackbone: { params: BackboneWish; result: MeasureBackboneResult };
  replaceBackbone: { params: BackboneWish; result: ReplaceBackboneResult };
  /** The deep worker's. */
  network: { params: Pick<NetworkParams, 'size'> & { readonly path: string }; result: NetworkResult };
  /** The detector's, as are those that follow. */
  detect: { params: DetectParams; result: DetectResult | DetectProblem };
  suppress: { params: SuppressParams; result: SuppressResult | DetectProblem };
  validation: { params: ValidationParams; result: ValidationResult | DetectProblem };
  evaluate: { params: EvaluateParams; result: EvaluateResult | DetectProblem };
  inspect: { params: InspectParams; result: InspectResult | DetectProblem };
}
export type Method = keyof Requests;
export type ParamsOf<M extends Method> = Requests[M]['params'];
export type ResultOf<M extends Method> = Requests[M]['result'];

export type Request<M extends Method = Method> = {
  [K in M]: { readonly kind: 'request'; readonly id: number; readonly method: K; readonly params: ParamsOf<K> };
}[M];

export type ToWorker =
  | { readonly kind: 'workspace'; readonly roots: readonly string[]; readonly settings: Settings }
  /** Text null: closed. `uri`: as the client spells it. */
  | { readonly kind: 'document'; readonly path: string; readonly uri: string; readonly text: string | null }
  /** Files on disk changed, came or went: what an environment or a folder holds must be looked at again. */
  | { readonly kind: 'disk'; readonly paths: readonly string[] }
  /** For what waits; what keeps the thread busy looks at the shared flag. */
  | { readonly kind: 'cancel'; readonly id: number }
  | Request;

export type FromWorker<Result> =
  | { readonly kind: 'result'; readonly id: number; readonly result: Result }
  | { readonly kind: 'cancelled'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: DetectProgress }
  | { readonly kind: 'status'; readonly status: StatusParams }
  /** Packages came or went outside of the workspace. */
  | { readonly kind: 'installed' }
  /** All configs of the workspace are known: so many files. */
  | { readonly kind: 'indexed'; readonly files: number };
