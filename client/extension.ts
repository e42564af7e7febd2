/** Entry point of the extension: wires the parts together, computes nothing. */
import { commands, type ExtensionContext, window } from 'vscode';
import { createCheckpointDocuments } from './checkpoint-documents.ts';
import { chooseDevice } from './choose-device.ts';
import { watchActiveConfig } from './config-document.ts';
import { fetchLibraries } from './fetch-libraries.ts';
import { startServer } from './language-server.ts';
import { createNetworks } from './network/networks.ts';
import { createNotChecked } from './not-checked.ts';
import { detectOnFolder, runDetection } from './preview/detect-command.ts';
import { createPreviews } from './preview/previews.ts';
import { createReplaceBackbone } from './replace/replace-backbone.ts';
import { createResolvedDocuments } from './resolved-documents.ts';
import { setUpCuda } from './set-up-cuda.ts';
import { createStatusItem } from './status-item.ts';

export function activate(context: ExtensionContext): void {
  // Menus of the explorer are for whoever works with configs.
  void commands.executeCommand('setContext', 'necktie.active', true);
  const log = window.createOutputChannel('Necktie', { log: true });
  const server = startServer(context, log);
  const status = createStatusItem(server);
  const previews = createPreviews(context, server, status.detected);

  context.subscriptions.push(
    log,
    server,
    status,
    previews,
    watchActiveConfig(),
    createResolvedDocuments(server),
    createCheckpointDocuments(server),
    createNotChecked(server),
    createNetworks(context, server),
    createReplaceBackbone(server),
    commands.registerCommand('necktie.detect', (target?: unknown, selected?: unknown) => runDetection(previews, target, selected)),
    commands.registerCommand('necktie.detectOnFolder', () => detectOnFolder(previews)),
    commands.registerCommand('necktie.stopDetection', () => previews.stop()),
    commands.registerCommand('necktie.chooseImage', () => previews.forCommand()?.chooseImage()),
    commands.registerCommand('necktie.chooseCheckpoint', () => previews.forCommand()?.chooseCheckpoint()),
    commands.registerCommand('necktie.showValidation', () => {
      const preview = previews.forCommand();
      return preview?.showTruth(!preview.subject().validation);
    }),
    commands.registerCommand('necktie.evaluate', () => previews.forCommand()?.evaluate()),
    commands.registerCommand('necktie.comparePictures', () => previews.forCommand()?.compare()),
    commands.registerCommand('necktie.nextImage', () => previews.active()?.step(1)),
    commands.registerCommand('necktie.previousImage', () => previews.active()?.step(-1)),
    commands.registerCommand('necktie.savePicture', () => previews.active()?.save()),
    commands.registerCommand('necktie.saveBoxes', () => previews.active()?.saveBoxes()),
    commands.registerCommand('necktie.chooseDevice', async () => {
      if (await chooseDevice()) await previews.active()?.run();
    }),
    commands.registerCommand('necktie.setUpCuda', () => setUpCuda(context, server)),
    commands.registerCommand('necktie.fetch', () => fetchLibraries(context, server)),
    commands.registerCommand('necktie.restart', () => server.restart()),
    commands.registerCommand('necktie.showLog', () => log.show()),
  );
}
