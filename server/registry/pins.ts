/** Which version of a package a workspace asks for: its requirement files, then its project files, its own and those of conda. */
import type { Host } from '../project/host.ts';

const FILES =
  /^(?:(?:requirements|constraints)[\w.-]*\.(?:txt|in)|mminstall\.txt|setup\.(?:cfg|py)|pyproject\.toml|Pipfile|environment[\w.-]*\.ya?ml|conda[\w.-]*\.ya?ml)$/;
/** Folders that hold further ones. */
const FOLDERS = ['requirements', 'docker', '.github'];

/** pip's own words after the name: `==3.3.0`, `>=3.0.0,<3.4.0`; null where nothing names the package with a version. */
export function pinOf(host: Host, root: string, name: string): string | null {
  const files = [
    ...filesIn(host, root).filter(file => FILES.test(file.slice(root.length + 1))),
    ...FOLDERS.flatMap(folder => filesIn(host, `${root}/${folder}`).filter(file => /\.(?:txt|in)$/.test(file))),
  ];
  const plain = name.replace(/[-_.]+/g, '[-_.]+');
  for (const file of files) {
    const text = withoutComments(host.read(file) ?? '', file);
    const found = ofFile(text, plain, /\.ya?ml$/.test(file), /(?:pyproject\.toml|Pipfile)$/.test(file));
    if (found !== null) return found;
  }
  return null;
}

function ofFile(text: string, name: string, isConda: boolean, isToml: boolean): string | null {
  const before = String.raw`(?:^|['"\s,(\[])`;
  const pinned = new RegExp(
    String.raw`${before}${name}(?:\[[^\]]*\])?\s*\(?\s*((?:(?:===?|[<>!~]=|[<>])\s*[\w.*+!-]+\s*,?\s*)+)`,
    'im',
  ).exec(text)?.[1];
  if (pinned) return pinned.replace(/\s+/g, '').replace(/,$/, '');
  // mmdet @ git+https://host/owner/mmdetection@v3.1.0
  const tagged = new RegExp(String.raw`${before}${name}\s*@\s*git\+\S+?@v?(\d[\w.]*)`, 'im').exec(text)?.[1];
  if (tagged) return `==${tagged}`;
  if (isConda) {
    const build = new RegExp(String.raw`^\s*-\s*(?:[\w-]+::)?${name}=(\d[\w.]*)`, 'im').exec(text)?.[1];
    if (build) return `==${build}`;
  }
  const table = isToml
    ? new RegExp(String.raw`^\s*['"]?${name}['"]?\s*=\s*(?:\{[^}]*?version\s*=\s*)?['"]([^'"]+)['"]`, 'im').exec(text)?.[1]
    : undefined;
  return table === undefined ? null : ofPoetry(table.trim());
}

/** Poetry's carets and tildes in pip's words: `^3.1` is `>=3.1,<4`. */
function ofPoetry(text: string): string | null {
  if (text === '*') return null;
  if (/^\d/.test(text)) return `==${text}`;
  const found = /^([\^~])\s*(\d+(?:\.\d+)*)([\w.-]*)$/.exec(text);
  if (!found) return /^(?:[=<>!~]=?=?\s*[\w.*+!-]+\s*,?\s*)+$/.test(text) ? text.replace(/\s+/g, '') : null;
  const numbers = found[2]!.split('.').map(Number);
  const first = numbers.findIndex(number => number > 0);
  const at = found[1] === '~' ? Math.min(1, numbers.length - 1) : first < 0 ? numbers.length - 1 : first;
  const next = numbers.slice(0, at + 1).map((number, i) => (i === at ? number + 1 : number));
  return `>=${found[2]}${found[3]},<${next.join('.')}`;
}

const filesIn = (host: Host, folder: string): readonly string[] =>
  host.list(folder).flatMap(entry => (entry.kind === 'file' ? [`${folder}/${entry.name}`] : []));

/** A requirement that is commented out is none. In code and tables a `#` may stand within quotes, but no requirement has one. */
const withoutComments = (text: string, file: string): string =>
  text.replace(file.endsWith('.txt') || file.endsWith('.in') ? /(?:^|\s)#.*$/gm : /#.*$/gm, '');
