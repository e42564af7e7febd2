import type { NetworkDescription } from '../../../server/picture/description.ts';
import { button, element } from '../page/element.ts';

type Size = readonly [number, number];
export interface NetworkBar {
  readonly element: HTMLElement;
  update(network: NetworkDescription | null, asked: Size | null, config: string, busy: boolean): void;
}

/** Larger pictures than this take long and tell nothing more. */
const LARGEST = 4096;

/** The input's size, which can be changed, and whom the panel follows. */
export function createNetworkBar(onSize: (size: Size | null) => void): NetworkBar {
  const field = (id: string, label: string): HTMLInputElement =>
    element('input', { id, type: 'text', inputmode: 'numeric', maxlength: 4, size: 4, autocomplete: 'off', 'aria-label': label });
  const width = field('input-width', 'Input width'),
    height = field('input-height', 'Input height');
  const from = element('span', { class: 'dim long' });
  const own = button('Own size', () => onSize(null), { class: 'link', title: 'The size that the config says' });
  const follows = element('span', { class: 'dim follows' });
  const meter = element('div', { class: 'meter', 'aria-hidden': 'true' });
  let last: Size = [640, 640];

  const read = (): void => {
    const next = [Number(width.value), Number(height.value)] as const;
    const good = next.every(value => Number.isInteger(value) && value > 0 && value <= LARGEST);
    width.setAttribute('aria-invalid', String(!good));
    height.setAttribute('aria-invalid', String(!good));
    if (good && (next[0] !== last[0] || next[1] !== last[1])) onSize(next);
  };
  for (const input of [width, height]) {
    input.addEventListener('change', read);
    input.addEventListener('keydown', event => {
      if (event.key === 'Escape') {
        width.value = String(last[0]);
        height.value = String(last[1]);
        read();
      }
      const by = event.key === 'ArrowUp' ? 32 : event.key === 'ArrowDown' ? -32 : 0;
      if (by === 0) return;
      event.preventDefault();
      input.value = String(Math.max(32, Math.min(LARGEST, Math.round((Number(input.value) + by) / 32) * 32)));
      read();
    });
  }
  const size = element(
    'span',
    { class: 'size', role: 'group', 'aria-label': 'Input' },
    element('span', {}, 'Input'),
    width,
    element('span', {}, '×'),
    height,
  );
  return {
    element: element('header', { class: 'bar' }, size, from, own, element('span', { class: 'grow' }), follows, meter),
    update(network, asked, config, busy) {
      meter.hidden = !busy;
      follows.textContent = `follows ${config}`;
      follows.title = config;
      size.hidden = network === null;
      own.hidden = asked === null;
      from.replaceChildren(...(network?.sizeFrom && asked === null ? ['from ', element('code', {}, network.sizeFrom)] : []));
      if (network === null) return;
      // What was asked for stays until it is there: the other field may be typed into meanwhile.
      last = busy && asked !== null ? asked : network.size;
      if (document.activeElement !== width) width.value = String(last[0]);
      if (document.activeElement !== height) height.value = String(last[1]);
    },
  };
}
