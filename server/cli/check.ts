/** `necktie check`: what is wrong with configs. */
import { resolve } from 'node:path';
import { Project } from '../project/project.ts';
import { Room } from '../project/room.ts';
import { DEFAULT_SETTINGS, type Settings, severityOf } from '../project/settings.ts';
import { Stop } from '../python/stop.ts';
import { RULES } from '../rules/catalogue.ts';
import type { Diagnostic } from '../rules/diagnostic.ts';
import { Lines } from '../text/lines.ts';
import { Arguments } from './arguments.ts';
import { frame } from './check/frame.ts';
import { jsonRecord } from './check/json.ts';
import { Repeats } from './check/repeats.ts';
import { sarifLog } from './check/sarif.ts';
import { type NotChecked, summary } from './check/summary.ts';
import type { Told } from './check/told.ts';
import { type Command, EXIT, Misuse } from './command.ts';
import { painter } from './paint.ts';
import { PLACE_USAGE, placeOf, withPlace } from './place.ts';

export const checkCommand: Command = {
  name: 'check',
  usage: `necktie check [PATH…] [--format text|json|sarif] [--severity rule=level …]

  PATH                   a config, or a folder: every config in it (default: here)
  --format FORMAT        text (code frames), json (one array) or sarif
  --severity RULE=LEVEL  error, warning, information, hint or off
  --size W H             runs models at this size in place of the config's own
${PLACE_USAGE}`,
  async run(args, io) {
    const given = new Arguments(args, withPlace({ values: ['format'], assignments: ['severity'], pairs: ['size'] }));
    const format = given.choice('format', ['text', 'json', 'sarif']);
    const place = placeOf(given, io);
    const { python, sitePackages, environment } = place;
    const settings: Settings = {
      ...DEFAULT_SETTINGS,
      python,
      sitePackages,
      environment,
      severities: severitiesOf(given),
      size: given.pair('size') ?? null,
    };
    const open = (): Promise<Project> =>
      Project.open(null, { roots: [place.root], settings, env: io.env, cancel: io.cancel, models: true });
    let project = await open();
    const room = new Room();
    const files = filesOf(project, given.rest, io.cwd, place.root);
    const told: Told = { lines: file => new Lines(project.host.read(file) ?? ''), name: file => nameFrom(place.root, file) };

    const found: Diagnostic[] = [];
    const repeats = new Repeats();
    const notChecked: NotChecked[] = [];
    const paint = painter(io.colours);
    for (const [i, file] of files.entries()) {
      if (io.signal.aborted) return EXIT.interrupted;
      if (io.showsProgress && format !== 'text') io.err(`\r\u001b[K${i + 1}/${files.length} ${told.name(file)}`);
      const { diagnostics, unknown, facts } = checked(project, file);
      // A program is given all that there is of each config.
      const fresh = format === 'text' ? diagnostics.filter(diagnostic => repeats.isNew(file, diagnostic)) : diagnostics;
      found.push(...fresh);
      if (unknown !== null) notChecked.push({ file, reason: unknown, facts });
      if (format === 'text') for (const diagnostic of fresh) io.out(`${frame(diagnostic, told, paint)}\n`);
      // Lets Ctrl+C arrive.
      await new Promise(setImmediate);
      if (room.isFull()) {
        project.writeCaches();
        project = await open();
        await new Promise(setImmediate);
        room.emptied();
      }
    }
    if (io.showsProgress && format !== 'text') io.err('\r\u001b[K');
    if (format === 'json')
      io.out(
        `${JSON.stringify(
          found.map(d => jsonRecord(d, told)),
          null,
          2,
        )}\n`,
      );
    if (format === 'sarif') io.out(`${JSON.stringify(sarifLog(found, RULES, told), null, 2)}\n`);
    if (format === 'text') {
      for (const line of repeats.lines(told, paint)) io.out(`${line}\n`);
      io.out(summary(files.length, found, notChecked, told, paint));
    }
    return found.some(d => d.severity === 'error') ? EXIT.errors : EXIT.fine;
  },
};

/** A fault of ours in one file is told there, and never stops the others. */
function checked(project: Project, file: string): ReturnType<Project['check']> {
  try {
    return project.check(file);
  } catch (e) {
    if (e instanceof Stop) throw e;
    return {
      diagnostics: [],
      unknown: `a fault of Necktie itself: ${e instanceof Error ? (e.stack ?? e.message) : String(e)}`,
      facts: null,
    };
  }
}

function severitiesOf(given: Arguments): Settings['severities'] {
  const known = new Set(RULES.map(rule => rule.code));
  return Object.fromEntries(
    given.assignments('severity').map(([rule, level]) => {
      const severity = severityOf(level);
      if (!known.has(rule)) throw new Misuse(`there is no rule ${rule}`);
      if (!severity) throw new Misuse(`${level} is none of error, warning, information, hint, off`);
      return [rule, severity];
    }),
  );
}

function filesOf(project: Project, paths: readonly string[], cwd: string, root: string): readonly string[] {
  const files = new Set<string>();
  for (const path of paths.length ? paths.map(p => resolve(cwd, p)) : [root]) {
    const kind = project.host.kind(path);
    if (kind === null) throw new Misuse(`there is no ${path}`);
    for (const file of kind === 'file' ? [path] : project.configsIn(path)) files.add(file);
  }
  return [...files];
}

const nameFrom = (root: string, file: string): string => (file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file);
