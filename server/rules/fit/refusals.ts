/** What constructors refuse, of the model and of the parts around it, with what is wrong about it: its type, a choice that there is not, an index past the end. */
import { originAt, valueAt } from '../../config/origins.ts';
import { formatPath, parsePath } from '../../config/path.ts';
import type { ConfigPath } from '../../config/resolved.ts';
import { statementAt } from '../../model/build-place.ts';
import type { PartRefusal } from '../../model/parts.ts';
import type { Mismatch, ModelError } from '../../model/verdict.ts';
import { plain } from '../../python/origin.ts';
import { textIfKnown } from '../../python/text-if-known.ts';
import { Dict } from '../../python/types/dict.ts';
import { List } from '../../python/types/list.ts';
import { Tuple } from '../../python/types/tuple.ts';
import type { Value } from '../../python/value.ts';
import { lookupPart } from '../../recipe/part-types.ts';
import type { TypedPart } from '../../recipe/typed-parts.ts';
import { mayBeCompleted } from '../may-be-completed.ts';
import type { Finding, ModelContext } from '../rule.ts';
import { inModel, placeOf } from './blame.ts';
import { buildRequest, partsBuiltAlone } from './built-alone.ts';
import { calledSteps } from './called-steps.ts';
import { OF_THE_CALL } from './progress.ts';

/** `told`: a rule of the config has it already, at the same place. */
export type RefusalKind = 'type' | 'choice' | 'index' | 'other' | 'told';

export interface Refusal {
  readonly kind: RefusalKind;
  readonly error: ModelError;
  /** In the config, most likely first. */
  readonly blame: readonly ConfigPath[];
  /** The part that was built; null: the model as a whole. */
  readonly part: TypedPart | null;
  /** Whether it was built, and refuses once it is called: at the first picture, or at some. */
  readonly isCalled?: 'always' | 'at some';
  /** Of the model's, as the verdict has it. */
  readonly mismatch: Mismatch | null;
}

const known = new WeakMap<ModelContext, readonly Refusal[]>();

/** Those of the registries themselves (no such type, no such argument) are the registries' rules' to tell. */
export function refusals(context: ModelContext): readonly Refusal[] {
  const before = known.get(context);
  if (before) return before;
  const found = [...ofModel(context), ...ofParts(context), ...ofSteps(context)].map(refusal =>
    isTold(context, refusal) ? { ...refusal, kind: 'told' as const } : refusal,
  );
  known.set(context, found);
  return found;
}

function isTold(context: ModelContext, refusal: Refusal): boolean {
  const { site } = placeOf(context.config, refusal.blame, aroundOf(refusal));
  // A rule of the config marks the value where it is used, which may be a variable.
  const [path] = refusal.blame,
    origin = path && originAt(context.config, path);
  const sites = [site, ...(origin ? [origin.value, origin.key] : [])];
  return context
    .found()
    .some(
      d =>
        d.severity === 'error' &&
        (TELLING.has(d.code) || (refusal.isCalled && OF_KEYS.has(d.code))) &&
        sites.some(s => d.site.file === s.file && d.site.start === s.start),
    );
}
const TELLING = new Set(['argument-type', 'invalid-choice', 'schedule-refused']);
/** Of a step that is called: an assertion that a key is there. */
const OF_KEYS = new Set(['pipeline-missing-key', 'pipeline-order']);

const aroundOf = ({ part, error }: Refusal): readonly ConfigPath[] =>
  part ? [part.path] : error.where ? [['model', ...(parsePath(error.where) ?? [])]] : [['model']];

function ofModel(context: ModelContext): readonly Refusal[] {
  return context.verdict.mismatches.flatMap(mismatch => {
    const { kind, error, traceback } = mismatch;
    const blame = mismatch.blame.map(inModel);
    return kind === 'build' ? [{ kind: kindOf(context, error, traceback, blame), error, blame, part: null, mismatch }] : [];
  });
}

function ofParts(context: ModelContext): readonly Refusal[] {
  const parts = partsBuiltAlone(context).filter(part => lookupPart(context, part).kind !== 'unknown');
  const answers = context.built?.(parts.map(buildRequest)) ?? [];
  return parts.flatMap((part, i): readonly Refusal[] => {
    const answer = answers[i];
    if (answer === undefined || typeof answer === 'string') return [];
    // What a base lacks, others give.
    if (/missing \d+ required/.test(answer.error.message) && mayBeCompleted(context)) return [];
    return refusalOf(context, part, answer);
  });
}

function ofSteps(context: ModelContext): readonly Refusal[] {
  return calledSteps(context).flatMap(({ part, refusal, isSome }) =>
    refusalOf(context, part, refusal)
      .filter(one => !isSome || isOfKind(one))
      .map(one => ({ ...one, isCalled: isSome ? ('at some' as const) : ('always' as const) })),
  );
}

/** Which pictures come nobody knows, but a value of the config's is asked for what its kind has not: wrong for those that lead there, and of no use for the others. */
const isOfKind = ({ error, blame: [first] }: Refusal): boolean =>
  error.type === 'AttributeError' && first !== undefined && first.at(-1) !== 'type';

/** None where the base has it as it is. */
function refusalOf(context: ModelContext, part: TypedPart, answer: PartRefusal): readonly Refusal[] {
  const blame = answer.blame.flatMap(text => {
    const within = parsePath(text);
    const path = within && [...part.path, ...within];
    // What the runner adds is written nowhere.
    return path && valueAt(context.config, path) !== undefined ? [path] : [];
  });
  if (!blame.length) blame.push([...part.path, 'type']);
  // A sentence that names no argument: what the lines before it ask for.
  if (blame[0]?.at(-1) === 'type' || blame[0]?.length === part.path.length) {
    const keysIn = (text: string): readonly string[] => {
      const asked = new Set(text.match(/[A-Za-z_]\w*/g));
      return [...part.dict.entries.keys()].map(String).filter(key => key !== 'type' && asked.has(key));
    };
    const last = answer.traceback.at(-1);
    const keys = [keysIn(askedAt(context, last)), keysIn(askedAt(context, last, ABOVE))].find(found => found.length === 1);
    // A dict may be the base's, to which another type was given here.
    blame.unshift([...part.path, ...(keys ?? ['type'])]);
  }
  // What a base has wrong is told there.
  const isOwn = [[...part.path, 'type'], ...blame].some(path => originAt(context.config, path)?.value.file === context.config.file);
  const kind = kindOf(context, answer.error, answer.traceback, blame);
  const isInitial = part.place.registry === 'weight initializer';
  const error = isInitial ? { ...answer.error, class: part.type } : answer.error;
  const refusal = { kind, error, blame, part, mismatch: null };
  return isOwn ? [refusal] : [];
}

/** By what the line that refused asks for, or the lines that led to a bare `raise`. */
function kindOf(context: ModelContext, error: ModelError, traceback: Mismatch['traceback'], [first]: readonly ConfigPath[]): RefusalKind {
  const value = first && valueAt(context.config, first);
  if (!first || value === undefined || value instanceof Dict || first.at(-1) === 'type' || OF_THE_CALL.test(error.message)) return 'other';
  const key = String(first.findLast(step => typeof step === 'string') ?? '');
  if (/(?:^|_)(?:indices|index|stages|level)$/.test(key) && isIndices(value)) return 'index';
  const asked = askedAt(context, traceback.at(-1));
  if (error.type === 'TypeError' || ASKS_TYPE.test(asked)) return 'type';
  return error.type === 'KeyError' || ASKS_CHOICE.test(withoutTexts(asked)) ? 'choice' : 'other';
}
const ASKS_TYPE = /\bisinstance\(|\bis_(?:list|tuple|seq)_of\(|\bis_str\(|\btype\(/;
const ASKS_CHOICE = /\bin\b|\bissubset\(|==\s*['"]/;

/** The statement that failed; of a bare `raise`, what stands above it too. */
function askedAt(context: ModelContext, last: Mismatch['traceback'][number] | undefined, more = 2): string {
  const text = last ? (context.text(last.file) ?? '') : '';
  if (!last) return '';
  const lines = text.split('\n');
  const statement = statementAt(text, last.line);
  let end = last.line;
  while (end < last.line + LONGEST && isOpen(`${statement} ${lines.slice(last.line, end).join(' ')}`)) end++;
  const above = /^raise\b/.test(statement) ? lines.slice(Math.max(0, last.line - 1 - more), last.line - 1) : [];
  return [...above, statement, ...lines.slice(last.line, end)].join(' ');
}
/** In lines. */
const LONGEST = 6;
const ABOVE = 8;
const isOpen = (statement: string): boolean => (statement.match(/[([{]/g)?.length ?? 0) > (statement.match(/[)\]}]/g)?.length ?? 0);
const withoutTexts = (source: string): string => source.replace(/f?(['"]).*?\1/g, "''").replace(/\bfor\s+[\w, ()]+?\s+in\b/g, '');

const isIndices = (value: Value | undefined): boolean => {
  const v = value === undefined ? undefined : plain(value);
  return typeof v === 'number' || ((v instanceof List || v instanceof Tuple) && v.items.every(item => typeof plain(item) === 'number'));
};

/** As a finding: the value that is to blame, the constructor's own sentence below. */
export function refusalFinding(context: ModelContext, refusal: Refusal, told: (name: string, value: string) => string): Finding {
  const { error, blame, part } = refusal;
  const place = placeOf(context.config, blame, aroundOf(refusal));
  const [path = []] = blame;
  const value = valueAt(context.config, path);
  const type = part?.type ?? error.class;
  const sentence = told(`\`${formatPath(path.slice(part?.path.length ?? 1)) || 'it'}\``, value === undefined ? '' : shown(value));
  const says = `${error.type}: ${error.message || [error.source, error.compared].filter(Boolean).join('; ')}`;
  return {
    site: place.site,
    ...(refusal.isCalled === 'at some' && { severity: 'warning' }),
    message: `${type ? `\`${type}\`: ` : ''}${sentence}\n${says}${error.at ? `  (${error.at})` : ''}`,
    related: place.exact ? [] : place.related,
  };
}

function shown(value: Value): string {
  const text = textIfKnown(plain(value)) ?? 'this';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
