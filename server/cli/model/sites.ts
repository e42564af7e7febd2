/** Where the values stand that a failure is blamed on, in whichever file of the chain; for `model --json`. */
import { posix } from 'node:path';
import { originAt } from '../../config/origins.ts';
import type { ResolvedConfig } from '../../config/resolved.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { Project } from '../../project/project.ts';
import { inModel } from '../../rules/fit/blame.ts';
import { Lines } from '../../text/lines.ts';

/** `line` and `column` count from 1. */
interface BlamedSite {
  readonly path: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Of the first mismatch, in the order of its blame: the literal where there is one, else the value. */
export function blamedSites({ host }: Project, root: string, config: ResolvedConfig, { mismatches }: Verdict): readonly BlamedSite[] {
  return (mismatches[0]?.blame ?? []).flatMap(path => {
    const origin = originAt(config, inModel(path));
    const site = origin && (origin.literals.length === 1 ? origin.literals[0] : origin.value);
    if (!site) return [];
    const { line, character } = new Lines(host.read(site.file) ?? '').position(site.start);
    const file = site.file.startsWith(`${root}/`) ? posix.relative(root, site.file) : site.file;
    return [{ path, file, line: line + 1, column: character + 1 }];
  });
}
