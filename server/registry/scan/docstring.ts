/** What a docstring in Google's style tells of a class: its first paragraph, and a sentence for each argument. */
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
  const end = plain.findIndex((line, i) => line.trim() === '' && plain.slice(0, i).some(before => before.trim() !== ''));
  const summary = joined(plain.slice(0, end < 0 ? undefined : end));
  return { summary: summary === '' || SECTION.test(summary) ? null : summary, arguments: argumentsIn(plain) };
}

const SECTION = /^(?:Args|Arguments|Parameters|Returns?|Raises|Examples?|Notes?|Attributes|Yields|References?)\s*:/;
const ARGUMENT = /^(\s+)`{0,2}\*{0,2}(\w+)`{0,2}\s*(\([\s\S]*?\))?\s*:\s*(.*)$/;

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
  for (const [i, line] of lines.entries()) {
    if (i <= start || line.trim() === '') continue;
    const indent = indentOf(line);
    if (indent === 0) break;
    depth ??= indent;
    // A type may go on in the next line: `x (int or\n        str): …`
    const whole = indent === depth && /\([^)]*$/.test(line) ? `${line} ${(lines[i + 1] ?? '').trim()}` : line;
    const argument = indent === depth ? ARGUMENT.exec(whole) : null;
    if (argument) {
      finish();
      name = argument[2]!;
      told = [argument[4]!];
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
