import type { Action, View } from '../../preview-messages.ts';
import { button, element } from '../page/element.ts';
import { withCode } from '../page/with-code.ts';

type Of<Kind extends View['kind']> = Extract<View, { kind: Kind }>;
type Act = (action: Action) => void;

/** No picture yet: what is missing, what to do, what was already found. */
export function emptyPage(view: Of<'empty'>, act: Act): HTMLElement {
  return element(
    'section',
    { class: 'page' },
    element(
      'div',
      { class: 'well' },
      element('h2', {}, 'No picture yet'),
      element('p', { class: 'dim' }, 'Open one to see what the detector finds in it. It is read where it lies; nothing is uploaded.'),
      element(
        'div',
        { class: 'buttons' },
        button('Open Picture…', () => act('choose-image'), { class: 'button' }),
        button('Show Validation Set', () => act('truth'), { class: 'button second' }),
      ),
    ),
    element(
      'dl',
      { class: 'found' },
      ...view.facts.flatMap(([label, value]) => [element('dt', { class: 'dim' }, label), element('dd', {}, value)]),
    ),
  );
}

/** What disagrees, why and what to do, the doing, the details. */
export function problemPage(view: Of<'problem'>, act: Act): HTMLElement {
  const { problem, actions } = view;
  return element(
    'section',
    { class: 'page' },
    element('h2', {}, problem.title),
    element('p', {}, ...withCode(problem.text)),
    element(
      'div',
      { class: 'buttons' },
      ...actions.map(({ action, title }, at) => button(title, () => act(action), { class: at === 0 ? 'button' : 'button second' })),
    ),
    ...problem.details.map(({ label, values }) =>
      element(
        'section',
        { class: 'detail' },
        element('h3', { class: 'head' }, label),
        element('ul', { class: 'mono' }, ...values.map(value => element('li', {}, value))),
      ),
    ),
  );
}
