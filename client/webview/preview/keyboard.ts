export interface KeyActions {
  readonly nextPicture: () => void;
  readonly previousPicture: () => void;
  readonly moveBox: (by: 1 | -1) => void;
  readonly zoomToBox: () => void;
  readonly leave: () => void;
  readonly threshold: (by: number) => void;
  readonly overlap: (by: number) => void;
  readonly toggleClass: (at: number) => void;
  readonly fit: () => void;
  readonly zoom: (factor: number) => void;
  readonly truth: () => void;
  readonly compare: () => void;
  readonly swap: () => void;
}

const ZOOM_STEP = 1.25;

/** The page's single keys. What has the focus keeps its own: text its letters, a slider its arrows, a button Enter. */
export function listenToKeys(actions: KeyActions): void {
  const byKey: Readonly<Record<string, () => void>> = {
    ArrowRight: actions.nextPicture,
    ArrowLeft: actions.previousPicture,
    ArrowDown: () => actions.moveBox(1),
    ArrowUp: () => actions.moveBox(-1),
    Enter: actions.zoomToBox,
    Escape: actions.leave,
    '[': () => actions.threshold(-0.01),
    ']': () => actions.threshold(0.01),
    '{': () => actions.overlap(-0.01),
    '}': () => actions.overlap(0.01),
    '0': actions.fit,
    g: actions.truth,
    c: actions.compare,
    ' ': actions.swap,
    '+': () => actions.zoom(ZOOM_STEP),
    '=': () => actions.zoom(ZOOM_STEP),
    '-': () => actions.zoom(1 / ZOOM_STEP),
  };
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || keepsKey(event.target, event.key)) return;
    const action =
      byKey[event.key.length === 1 ? event.key.toLowerCase() : event.key] ??
      (/^[1-9]$/.test(event.key) ? () => actions.toggleClass(Number(event.key) - 1) : undefined);
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}

function keepsKey(target: EventTarget | null, key: string): boolean {
  if (target instanceof HTMLInputElement && target.type === 'range') return key.startsWith('Arrow') || key === 'Home' || key === 'End';
  if (target instanceof HTMLInputElement) return target.type === 'checkbox' ? key === ' ' : key !== 'Escape';
  return target instanceof HTMLButtonElement && (key === 'Enter' || key === ' ');
}
