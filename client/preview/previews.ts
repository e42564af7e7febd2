import type { ExtensionContext, Uri } from 'vscode';
import type { DetectResult } from '../../server/protocol.ts';
import { configOf } from '../config-document.ts';
import { createConfigPanels } from '../config-panels.ts';
import type { Server } from '../language-server.ts';
import { type Subject, subjectFrom } from '../preview-subject.ts';
import { firstPicture } from './picture-folder.ts';
import { createPreview, type Preview } from './preview.ts';
import { remembered } from './remembered.ts';

/** The previews that are open: one a config. */
export interface Previews {
  /** Opens or reveals the config's preview and runs it. */
  detect(config: Uri): Promise<void>;
  stop(): void;
  active(): Preview | undefined;
  /** The config's, opened where it is not. */
  of(config: Uri): Preview;
  /** The one that was opened last. */
  latest(): Preview | undefined;
  /** The one that a command of the palette means: the active preview, else that of the active config, opened for it. */
  forCommand(): Preview | undefined;
  dispose(): void;
}

export function createPreviews(context: ExtensionContext, server: Server, detected: (result: DetectResult) => void): Previews {
  const { workspaceState: memory } = context;
  const panels = createConfigPanels<Subject, Preview>(context, {
    viewType: 'necktie.preview',
    title: 'Detection',
    icon: 'detect',
    page: 'preview',
    fresh: config => ({ config, image: null, checkpoint: null, validation: false, iouThreshold: null, other: null }),
    kept: state => {
      const subject = subjectFrom(state);
      return subject && (remembered(memory, subject.config) ?? subject);
    },
    create: (panel, subject) => createPreview(panel, subject, { memory, server, detected }),
    restored: preview => preview.restore(),
  });
  return {
    async detect(config) {
      const preview = panels.of(config.fsPath);
      if (preview.subject().image === null) preview.setImage(await firstPicture(config, memory));
      await preview.run();
    },
    stop: () => {
      for (const preview of panels.all()) preview.stop();
    },
    active: panels.active,
    of: config => panels.of(config.fsPath),
    latest: () => panels.all().at(-1),
    forCommand() {
      const config = configOf(undefined);
      return panels.active() ?? (config === undefined ? undefined : panels.of(config.fsPath));
    },
    dispose: panels.dispose,
  };
}
