import type { NetworkDescription, NetworkProblem, SourcePlace } from '../../../server/picture/description.ts';
import type { NetworkAction } from '../../network-messages.ts';
import { button, element, icon } from '../page/element.ts';
import { withCode } from '../page/with-code.ts';

export interface ProblemActions {
  readonly go: (place: SourcePlace) => void;
  readonly fix: (problem: number, fix: number) => void;
  readonly act: (action: NetworkAction) => void;
}

/** What is wrong, each with its places and what helps; or why nothing is claimed. Null: there is nothing to say. */
export function problemList(network: NetworkDescription, problems: readonly NetworkProblem[], actions: ProblemActions): HTMLElement | null {
  const items = [...problems.map((problem, at) => problemItem(problem, at, actions)), ...notChecked(network, actions)];
  return items.length === 0 ? null : element('ul', { class: 'problems' }, ...items);
}

function problemItem({ severity, message, place, related, fixes }: NetworkProblem, at: number, { go, fix }: ProblemActions): HTMLElement {
  const [sentence = '', ...more] = message.split('\n').filter(line => line !== '');
  const kind = severity === 'error' ? 'error' : severity === 'warning' ? 'warning' : 'info';
  const links = [{ message: '', place }, ...related];
  return element(
    'li',
    {},
    icon(kind, kind),
    element(
      'div',
      { class: 'told' },
      element('p', {}, ...withCode(sentence)),
      element(
        'p',
        { class: 'where' },
        ...links.map(link =>
          element(
            'span',
            {},
            link.message === '' ? null : element('span', { class: 'dim' }, ...withCode(`${withoutStop(link.message)}: `)),
            button(placeText(link.place), () => go(link.place), {
              class: 'link',
              title: decodeURIComponent(link.place.uri.replace(/^file:\/\//, '')),
            }),
          ),
        ),
      ),
      ...fixes.map(({ title }, n) => {
        const [doing = title, proven] = split(title);
        return element(
          'p',
          { class: 'fix' },
          button(doing, () => fix(at, n), { class: n === 0 ? 'button' : 'button second' }),
          proven === undefined ? null : element('span', { class: 'dim' }, `tried: ${proven}`),
        );
      }),
      more.length === 0
        ? null
        : element('details', {}, element('summary', {}, 'PyTorch’s own words'), element('p', { class: 'mono' }, more.join('\n'))),
    ),
  );
}

/** "Change 512 to 2048: every level fits". */
function split(title: string): readonly string[] {
  const at = title.lastIndexOf(': ');
  return at < 0 ? [title] : [title.slice(0, at), title.slice(at + 2)];
}

function notChecked({ ok, unknown, facts, missing, parts }: NetworkDescription, { act, go }: ProblemActions): readonly HTMLElement[] {
  if (ok !== null || unknown === null) return [];
  const stopped = parts.find(part => part.note === unknown);
  const what =
    missing !== null
      ? `${facts === null ? 'Nothing' : 'The rest'} was not checked: ${unknown}. They are read, never run; your Python need not have PyTorch.`
      : `${stopped === undefined ? 'The model' : `The ${stopped.name}`} was not checked: ${reason(unknown)}. Nothing is claimed about what comes after it.`;
  const source = stopped?.source ?? null;
  return [
    element(
      'li',
      {},
      icon('info', 'info'),
      element(
        'div',
        { class: 'told' },
        element('p', {}, ...withCode(what)),
        missing === null
          ? element('p', { class: 'where' }, source === null ? null : button(placeText(source), () => go(source), { class: 'link' }))
          : element(
              'p',
              { class: 'fix' },
              button('Fetch Library Sources…', () => act('fetch'), { class: 'button' }),
            ),
      ),
    ),
  ];
}

/** A name alone is that of something that is not known. */
const reason = (unknown: string): string => (/^[\w.]+$/.test(unknown) ? `it uses \`${unknown}\`, which Necktie does not know` : unknown);

/** `pafpn.py:41`. */
export function placeText({ uri, range }: SourcePlace): string {
  return `${decodeURIComponent(uri).split('/').at(-1)}:${range.start.line + 1}`;
}

const withoutStop = (sentence: string): string => sentence.trim().replace(/[.:]$/, '');
