/** The language server's program, for editors that start it themselves: over IPC (VS Code) or `--stdio`. */
import { serve } from './lsp/serve.ts';

// For this process alone, and read when it began: whoever runs a model would allocate each picture anew by it.
delete process.env['MALLOC_TRIM_THRESHOLD_'];
serve();
