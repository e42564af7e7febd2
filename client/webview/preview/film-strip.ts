import type { EncodedPicture } from '../../preview-messages.ts';
import { element } from '../page/element.ts';

export interface FilmStrip {
  readonly element: HTMLElement;
  /** Frames anew: another folder. */
  show(names: readonly string[]): void;
  thumbnail(at: number, picture: EncodedPicture): void;
  mark(at: number | null): void;
}

/** The folder's pictures in a row. */
export function createFilmStrip(onOpen: (at: number) => void): FilmStrip {
  const list = element('ul', { class: 'film', role: 'listbox', 'aria-label': 'Pictures', 'aria-orientation': 'horizontal', tabindex: 0 });
  let frames: HTMLElement[] = [];
  let addresses: string[] = [];
  let marked: number | null = null;

  list.addEventListener('click', event => {
    const frame = event.target instanceof Element ? event.target.closest('li') : null;
    if (frame !== null) onOpen(frames.indexOf(frame));
  });
  const mark = (at: number | null): void => {
    marked = at;
    list.removeAttribute('aria-activedescendant');
    for (const [n, frame] of frames.entries()) frame.setAttribute('aria-selected', String(n === at));
    const frame = at === null ? undefined : frames[at];
    if (frame === undefined) return;
    list.setAttribute('aria-activedescendant', frame.id);
    // Not `scrollIntoView`: that may scroll the page too.
    const { offsetLeft, offsetWidth } = frame;
    if (offsetLeft < list.scrollLeft || offsetLeft + offsetWidth > list.scrollLeft + list.clientWidth)
      list.scrollLeft = offsetLeft - (list.clientWidth - offsetWidth) / 2;
  };
  return {
    element: list,
    show(names) {
      for (const address of addresses) URL.revokeObjectURL(address);
      addresses = [];
      frames = names.map((name, at) =>
        element(
          'li',
          { role: 'option', id: `frame-${at}`, title: name, 'aria-label': name },
          element('div', { class: 'thumbnail' }),
          element('span', { class: 'name' }, name.replace(/\.\w+$/, '')),
        ),
      );
      list.replaceChildren(...frames);
      list.hidden = names.length < 2;
      mark(marked);
    },
    thumbnail(at, { bytes, type }) {
      const address = URL.createObjectURL(new Blob([bytes], { type }));
      addresses.push(address);
      frames[at]?.querySelector('.thumbnail')?.replaceChildren(element('img', { src: address, alt: '' }));
    },
    mark,
  };
}
