import { type ExtensionContext, window } from 'vscode';
import { runCommandLine } from './command-line.ts';
import type { Server } from './language-server.ts';

const SET_UP = 'Set Up';

/** Fetches onnxruntime's library for CUDA into Necktie's cache; afterwards the next detection finds it. */
export async function setUpCuda(context: ExtensionContext, server: Server): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const other = { win32: 'DirectML', darwin: 'Core ML' }[String(process.platform)] ?? 'WebGPU';
    return void window.showInformationMessage(
      `CUDA is set up on Linux on x64 alone. Here a GPU is used through ${other}, which needs nothing more.`,
    );
  }
  const answer = await window.showInformationMessage(
    'Set up CUDA for detection?',
    {
      modal: true,
      detail:
        'Your pip fetches onnxruntime-gpu (about 250 MB) into Necktie’s cache; nothing is installed into your environment. CUDA 13 and cuDNN 9 are taken from the PyTorch of the selected Python environment, or from the system.',
    },
    SET_UP,
  );
  if (answer !== SET_UP) return;
  const python = server.python();
  runCommandLine(context, {
    name: 'set up CUDA',
    args: ['devices', '--set-up-cuda', ...(python === undefined ? [] : ['--python', python])],
    message: 'Fetching onnxruntime’s library for CUDA',
    // The process that runs models was started without it.
    done: () => void server.restart(),
  });
}
