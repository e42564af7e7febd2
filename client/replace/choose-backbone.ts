import { CancellationTokenSource, type Disposable, type QuickPickItem, type Uri, window } from 'vscode';
import { type BackboneRecord, type BackbonesResult, MEASURE_BACKBONE, type MeasureBackboneResult } from '../../server/protocol.ts';
import type { Server } from '../language-server.ts';
import { backboneWords, inOrder, placeholderOf } from './backbone-words.ts';

interface Item extends QuickPickItem {
  readonly backbone: BackboneRecord;
}

/** Looked at for so long, one is run alone to see what it gives. */
const PAUSE_MS = 300;

/** A list to search by type, library, channels or strides. What is not known of the one that is looked at is measured meanwhile. Undefined: none was chosen. */
export function chooseBackbone(
  server: Server,
  config: Uri,
  list: Extract<BackbonesResult, { kind: 'list' }>,
): Promise<BackboneRecord | undefined> {
  return new Promise(resolve => {
    const pick = window.createQuickPick<Item>();
    const measured = new Map<BackboneRecord, MeasureBackboneResult>();
    const backbones = inOrder(list.backbones);
    let timer: NodeJS.Timeout | undefined;
    let running: CancellationTokenSource | undefined;
    /** What was typed when nothing of the list was looked at any more. */
    let lost = '';

    const itemOf = (backbone: BackboneRecord): Item => {
      const found = measured.get(backbone);
      return { backbone, ...backboneWords(backbone, found) };
    };
    const show = (): void => {
      const at = pick.activeItems[0]?.backbone;
      pick.keepScrollPosition = true;
      pick.items = backbones.map(itemOf);
      pick.activeItems = pick.items.filter(item => item.backbone === at);
    };
    const measure = async (backbone: BackboneRecord): Promise<void> => {
      running?.cancel();
      const mine = (running = new CancellationTokenSource());
      pick.busy = true;
      try {
        const params = { uri: config.toString(), type: backbone.type, set: backbone.set };
        measured.set(backbone, await server.client.sendRequest<MeasureBackboneResult>(MEASURE_BACKBONE, params, mine.token));
        show();
      } catch {
        // Left for another, or the server is gone: it is asked again when it is chosen.
      } finally {
        if (running === mine) pick.busy = false;
      }
    };
    const settle = (chosen: BackboneRecord | undefined): void => {
      clearTimeout(timer);
      running?.cancel();
      listening.forEach(one => void one.dispose());
      pick.dispose();
      resolve(chosen);
    };

    pick.title = 'Replace Backbone';
    pick.placeholder = placeholderOf(list);
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.items = backbones.map(itemOf);
    const listening: readonly Disposable[] = [
      pick.onDidChangeActive(([active]) => {
        clearTimeout(timer);
        // What was measured arrived while something was typed, and the one it is of is not in the list now: the first that is takes its place.
        if (!active && pick.value !== lost) {
          lost = pick.value;
          pick.items = backbones.map(itemOf);
          return;
        }
        const backbone = active?.backbone;
        if (backbone && !measured.has(backbone) && !backbone.misses && !backbone.needs.length)
          timer = setTimeout(() => void measure(backbone), PAUSE_MS);
      }),
      pick.onDidAccept(() => settle(pick.activeItems[0]?.backbone)),
      pick.onDidHide(() => settle(undefined)),
    ];
    pick.show();
  });
}

/** Asks for what a type cannot be built without. Undefined: given up. */
export async function askNeeds({ type, set, needs }: BackboneRecord): Promise<Readonly<Record<string, string>> | undefined> {
  const asked: Record<string, string> = { ...set };
  for (const { name, choices } of needs) {
    const options = { title: `${type}: ${name}`, placeHolder: 'as Python: 50, "base", [1, 2, 3]' };
    const value = choices.length ? await window.showQuickPick([...choices], options) : await window.showInputBox(options);
    if (!value) return undefined;
    asked[name] = value;
  }
  return asked;
}
