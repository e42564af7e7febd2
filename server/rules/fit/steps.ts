/** Edits that may make a model come farther, each a guess until it was run: changes of values, arguments that are refused or missing, and what was lost with a base's dict. */
import { originAt } from '../../config/origins.ts';
import type { ConfigPath, ResolvedConfig } from '../../config/resolved.ts';
import type { Block } from '../../syntax/nodes.ts';
import { addType } from '../add-type.ts';
import type { Edit } from '../diagnostic.ts';
import { lostType } from '../lost-type.ts';
import type { Proof } from '../rule.ts';
import { lacksType, typelessAt } from '../typeless.ts';
import { buildCandidates } from './build-candidates.ts';
import { type Candidate, candidates, lastCandidates } from './candidates.ts';
import { editsFor, editsInBase } from './edits.ts';
import { otherForms } from './other-forms.ts';
import { OF_THE_CALL } from './progress.ts';
import { refusedArguments } from './refused-arguments.ts';
import { deletingBack, scopeBack, takenBack } from './take-back.ts';

export interface Step {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** What it changes, or takes out. */
  readonly paths: readonly ConfigPath[];
  /** Of those that have the same, one is offered: the first that does. */
  readonly one?: string;
  /** Of changes of values, what they are. */
  readonly candidate?: Candidate;
}

/** In the open file; and first in a base of the user's own, where this file says nothing of the model: what it changes is its own affair. */
export function written({ config, text: textOf, isOwn }: Proof, text: string, body: Block, candidate: Candidate): readonly Step[] {
  const { changes, more = [], title, one } = candidate;
  const here = editsFor(config, text, body, changes, more),
    there = isOwn && !more.length && !saysOf(config, 'model') ? editsInBase(config, changes, isOwn, textOf) : null;
  const paths = [...changes, ...more].map(({ path }) => path),
    rest = { paths, candidate, ...(one !== undefined && { one }) };
  return [
    ...(there?.length ? [{ ...rest, edits: there, title: `${title} in ${there[0]?.file.split('/').at(-1) ?? 'the base'}` }] : []),
    ...(here?.length ? [{ ...rest, edits: here, title }] : []),
  ];
}

/** Whether anything that is written under a key is this file's. */
function saysOf(config: ResolvedConfig, key: string): boolean {
  const origin = originAt(config, [key]);
  return origin?.key.file === config.file || origin?.value.file === config.file;
}

/** Changes of values. */
export function likelySteps(at: Proof): readonly Step[] {
  const text = at.text(at.config.file),
    body = at.body(at.config.file);
  const forms = text === null || !body || at.verdict.stage !== 'build' ? [] : otherForms(at, text, body);
  // What a call is not given, or given too much, is no matter of numbers.
  const [failed] = at.verdict.mismatches,
    isCall = at.verdict.stage === 'build' && OF_THE_CALL.test(failed?.error.message ?? '');
  return [...forms, ...writtenAll(at, (isCall ? buildCandidates : candidates)(at.config, at.verdict))];
}
/** Where all lists say other strides than the maps have, the levels that come are likelier to be wrong: tried when nothing else does. */
export const strideSteps = (at: Proof): readonly Step[] => writtenAll(at, lastCandidates(at.config, at.verdict));

function writtenAll(at: Proof, all: readonly Candidate[]): readonly Step[] {
  const text = at.text(at.config.file),
    body = at.body(at.config.file);
  return text === null || !body ? [] : all.flatMap(candidate => written(at, text, body, candidate));
}

/** Arguments that are refused, or lost. */
export function laterSteps(at: Proof): readonly Step[] {
  const text = at.text(at.config.file),
    body = at.body(at.config.file);
  if (text === null || !body || at.verdict.stage !== 'build') return [];
  return [
    ...ofRules(at),
    ...refusedArguments(at, text),
    ...typeless(at),
    ...deletingBack(at, text, body),
    ...scopeBack(at, text, body),
    ...takenBack(at, text),
  ];
}

/** The fixes of what the rules of the config tell of the model. */
function ofRules(at: Proof): readonly Step[] {
  return at
    .found()
    .filter(({ code, severity }) => severity === 'error' && OF_REGISTRIES.has(code))
    .flatMap(({ fixes }) => fixes.map(({ title, edits }) => ({ title, edits, paths: [] })));
}
/** What the registries' rules tell is what ends a build. */
export const OF_REGISTRIES: ReadonlySet<string> = new Set([
  'unknown-type',
  'type-needs-import',
  'type-wrong-place',
  'unknown-argument',
  'missing-argument',
  'missing-type',
  'invalid-choice',
]);

/** The type that a base's dict had before this file's took its place. */
function typeless(at: Proof): readonly Step[] {
  const [failed] = at.verdict.mismatches,
    path = failed && lacksType(failed.error) ? typelessAt(at, failed.error) : null;
  const lost = path && lostType(at, path);
  return path && lost ? addType(at, path, lost.text).map(({ title, edits }) => ({ title, edits, paths: [path] })) : [];
}
