import type { NetworkResult } from '../../../server/protocol.ts';
import type { ShownNetwork } from '../../network-messages.ts';
import { button, element, icon } from '../page/element.ts';
import { type ProblemActions, placeText } from './problem-list.ts';

type Without = Exclude<NetworkResult, { kind: 'network' }> | null;

/** In place of a network: what is missing, and what to do. */
export function networkPage(
  { name, result }: ShownNetwork,
  isStalled: boolean,
  { go, act }: Pick<ProblemActions, 'go' | 'act'>,
): HTMLElement {
  const missing = isNetwork(result) ? null : result;
  return element('section', { class: 'page' }, ...(missing === null && isStalled ? unanswered(act) : contents(name, missing, go)));
}

const unanswered = (act: ProblemActions['act']): readonly HTMLElement[] => [
  element('h2', {}, 'The server does not answer'),
  element('p', {}, 'It may have ended, or never started. The log says why; the network appears as soon as there is an answer.'),
  element(
    'div',
    { class: 'buttons' },
    button('Restart Server', () => act('restart'), { class: 'button' }),
    button('Show Log', () => act('show-log'), { class: 'button second' }),
  ),
];

const isNetwork = (result: NetworkResult | null): result is Extract<NetworkResult, { kind: 'network' }> => result?.kind === 'network';

function contents(name: string, result: Without, go: ProblemActions['go']): readonly HTMLElement[] {
  if (result === null || result.kind === 'later')
    return [element('p', { class: 'loading', role: 'status' }, icon('turning', 'spin'), `Building the model of ${name}`)];
  if (result.kind === 'unread') {
    const { place } = result;
    return [
      element('h2', {}, 'The config cannot be read'),
      element('p', {}, result.message),
      ...(place === null
        ? []
        : [
            element(
              'div',
              { class: 'buttons' },
              button(`Go to ${placeText(place)}`, () => go(place), { class: 'button' }),
            ),
          ]),
    ];
  }
  if (result.kind === 'no-model')
    return [
      element('h2', {}, 'No model'),
      element(
        'p',
        {},
        `${name} has no \`model\`, of its own or from a base: there is no network to draw. It appears here as soon as there is one.`,
      ),
    ];
  return [element('h2', {}, 'No config'), element('p', {}, `${name} is no config that Necktie can read, or it is not there any more.`)];
}
