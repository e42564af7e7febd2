import type { Action, Heading } from '../../preview-messages.ts';
import { button, element, icon } from '../page/element.ts';
import type { Zoom } from './zoom.ts';

export interface HeadingBar {
  readonly element: HTMLElement;
  update(heading: Heading, pixels: string | null, zoom: Zoom | null, busy: boolean): void;
}

/** The bar at the top: checkpoint, device, which picture, zoom. */
export function createHeadingBar(act: (action: Action) => void, fitPicture: () => void): HeadingBar {
  const drop = (label: string, onClick: () => void, className = 'drop'): { button: HTMLButtonElement; text: HTMLElement } => {
    const text = element('span');
    return { text, button: button(label, onClick, { class: className, title: label }, text, icon('down')) };
  };
  const checkpoint = drop('Choose checkpoint', () => act('choose-checkpoint'));
  const device = drop('Choose device', () => act('choose-device'), 'drop short');
  const picture = drop('Open picture', () => act('choose-image'));
  const previous = button(
    '',
    () => act('previous'),
    { class: 'act', title: 'Previous picture (←)', 'aria-label': 'Previous picture' },
    icon('left'),
  );
  const next = button('', () => act('next'), { class: 'act', title: 'Next picture (→)', 'aria-label': 'Next picture' }, icon('right'));
  const zoomText = element('span');
  const zoomButton = button('', fitPicture, { class: 'drop short', title: 'Whole picture (0); + and − zoom' }, zoomText);
  const meter = element('div', { class: 'meter', 'aria-hidden': 'true' });
  const turning = element('div', { class: 'turning' }, previous, next);
  const bar = element(
    'header',
    { class: 'bar' },
    checkpoint.button,
    device.button,
    element('span', { class: 'grow' }),
    picture.button,
    turning,
    zoomButton,
    meter,
  );

  return {
    element: bar,
    update(heading, pixels, zoom, busy) {
      name(checkpoint, heading.checkpoint, 'checkpoint');
      name(device, heading.device, 'device');
      const { picture: shown } = heading;
      name(picture, shown === null ? 'Open picture…' : [shown.name, pixels].filter(part => part !== null).join(', '), 'picture');
      turning.hidden = shown === null || shown.count < 2;
      if (shown !== null) turning.title = `Picture ${shown.position} of ${shown.count}`;
      zoomButton.hidden = shown === null;
      zoomText.textContent = zoom === null ? 'Fit' : `${Math.round(zoom.scale * 100)}%`;
      meter.hidden = !busy;
    },
  };
}

function name(drop: { button: HTMLButtonElement; text: HTMLElement }, text: string, what: string): void {
  drop.text.textContent = text;
  drop.button.setAttribute('aria-label', `${text}, choose ${what}`);
}
