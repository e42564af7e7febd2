/** What a docstring tells of a class: its first paragraph, and a sentence for each argument, in Google's style, numpy's or Sphinx's. */
export interface Docstring {
  readonly summary: string | null;
  readonly arguments: ReadonlyMap<string, string>;
}

export const NOTHING_TOLD: Docstring = { summary: null, arguments: new Map() };

/** `text`: between the quotes. */
export function readDocstring(text: string): Docstring {
  const lines = text.replace(/\t/g, '    ').split(/\r?\n/);
  const indent = Math.min(
    ...lines
      .slice(1)
      .filter(line => line.trim())
      .map(indentOf),
    1000,
  );
  const plain = lines.map((line, i) => (i === 0 ? line.trim() : line.slice(indent)).trimEnd());
  const begin = plain.findIndex(line => line.trim() !== '');
  const end = plain.findIndex(
    (line, i) => i > begin && (line.trim() === '' || SECTION.test(line) || FIELD.test(line) || isUnderlined(plain, i)),
  );
  const summary = begin < 0 || isUnderlined(plain, begin) ? '' : joined(plain.slice(begin, end < 0 ? undefined : end));
  const found = [argumentsIn(plain), numpyArguments(plain), fields(plain)].find(({ size }) => size > 0);
  return { summary: summary === '' || SECTION.test(summary) || FIELD.test(summary) ? null : summary, arguments: found ?? new Map() };
}

const SECTION = /^(?:Args|Arguments|Parameters|Returns?|Raises|Examples?|Notes?|Attributes|Yields|References?)\s*:/;
const ARGUMENT = /^(\s+)`{0,2}\*{0,2}(\w+)`{0,2}\s*(\([\s\S]*?\))?\s*:\s*(.*)$/;

/** A heading of numpy's. */
const isUnderlined = (lines: readonly string[], at: number): boolean =>
  /^\w/.test(lines[at] ?? '') && /^-{3,}\s*$/.test(lines[at + 1] ?? '');
/** `:param width: …` */
const FIELD = /^:(?:param|parameter|arg|argument|key|keyword|type|returns?|rtype|raises)\b([^:]*):\s*(.*)$/;

/** `Parameters`, underlined: a name in each line, what it is below. */
function numpyArguments(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let i = 0; i < lines.length; i++) {
    if (!isUnderlined(lines, i) || !/^(?:Other )?Parameters\s*$/.test(lines[i]!)) continue;
    for (let at = i + 2; at < lines.length && !isUnderlined(lines, at); at++) {
      const head = /^([\w*][\w*, ]*?)\s*(?::.*)?$/.exec(lines[at]!);
      if (!head) continue;
      let end = at + 1;
      while (end < lines.length && (lines[end]!.trim() === '' || indentOf(lines[end]!) > 0)) end++;
      const told = joined(lines.slice(at + 1, end));
      for (const name of head[1]!.split(',')) found.set(name.replace(/\*/g, '').trim(), told);
      at = end - 1;
    }
  }
  return found;
}

function fields(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [i, line] of lines.entries()) {
    const field = /^:(?:param|parameter|arg|argument|key|keyword)\b/.test(line) ? FIELD.exec(line) : null;
    const name = field?.[1]?.trim().split(/\s+/).at(-1)?.replace(/\*/g, '');
    if (!field || !name) continue;
    let end = i + 1;
    while (end < lines.length && lines[end]!.trim() !== '' && indentOf(lines[end]!) > 0) end++;
    found.set(name, joined([field[2]!, ...lines.slice(i + 1, end)]));
  }
  return found;
}

const OPEN_TYPE = /^\s+[`*\w]+\s*\([^)]*$/;

function argumentsIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const start = lines.findIndex(line => /^(?:Args|Arguments|Parameters)\s*:\s*$/.test(line));
  if (start < 0) return found;
  let depth: number | null = null;
  let name: string | null = null;
  let told: string[] = [];
  const finish = (): void => {
    if (name !== null) found.set(name, joined(told));
    told = [];
  };
  for (let i = start + 1; i < lines.length; i++) {
    const line = lines[i]!;
    if (line.trim() === '') continue;
    const indent = indentOf(line);
    if (indent === 0) break;
    depth ??= indent;
    let whole = line;
    let last = i;
    // A type may go on in the next lines: `x (int or\n        str): …`
    while (indent === depth && last < i + 3 && OPEN_TYPE.test(whole)) whole += ` ${(lines[++last] ?? '').trim()}`;
    const argument = indent === depth ? ARGUMENT.exec(whole) : null;
    if (argument) {
      finish();
      name = argument[2]!;
      told = [argument[4]!];
      i = last;
    } else if (indent > depth) told.push(line);
  }
  finish();
  return found;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
const joined = (lines: readonly string[]): string =>
  lines
    .map(line => line.trim())
    .join(' ')
    // Sphinx's roles: :obj:`dict` is `dict`
    .replace(/:\w+:`~?\.?([^`]*)`/g, '`$1`')
    .replace(/\s+/g, ' ')
    .trim();
