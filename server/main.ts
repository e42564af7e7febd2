/** The language server's program, for editors that start it themselves: over IPC (VS Code) or `--stdio`. */
import { serve } from './lsp/serve.ts';

serve();
