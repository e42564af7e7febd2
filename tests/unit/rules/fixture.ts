/** Reads fixtures of rules: files parted by `--- path`, and under a line what is expected on it. The last file is the one that is checked. */
export interface Fixture {
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
  readonly checked: string;
  readonly expected: readonly string[];
}

/** `=== name` begins a fixture. Expectations: `    ^^^ error[code]: message`, and below it `    = fix: title` or `    = related: path:line: message`. */
export function fixturesFrom(text: string): readonly Fixture[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map(chunk => {
      const end = chunk.indexOf('\n');
      return fixtureFrom(chunk.slice(0, end).trim(), chunk.slice(end + 1));
    });
}

function fixtureFrom(name: string, body: string): Fixture {
  const files = new Map<string, string>();
  const expected: string[] = [];
  let checked = '';
  let lines: string[] = [];
  for (const line of body.split('\n')) {
    const path = /^--- (\S+)$/.exec(line)?.[1];
    const mark = /^( *)(\^+) (.*)$/.exec(line);
    const more = /^ *= (fix|related): (.*)$/.exec(line);
    if (path) {
      checked = path;
      lines = [];
    } else if (mark) {
      expected.push(`${lines.length}:${mark[1]!.length + 1}-${mark[1]!.length + mark[2]!.length + 1} ${mark[3]}`);
    } else if (more) {
      expected.push(`${expected.pop()}\n  ${more[1]}: ${more[2]}`);
    } else {
      lines.push(line);
    }
    if (!mark && !more) files.set(checked, lines.length ? `${lines.join('\n').trimEnd()}\n` : '');
  }
  files.delete('');
  return { name, files, checked, expected };
}
