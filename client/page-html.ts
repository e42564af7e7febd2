import { randomBytes } from 'node:crypto';

export interface PageParts {
  readonly title: string;
  /** Addresses of the page's one script and one style sheet. */
  readonly script: string;
  readonly style: string;
  /** What a policy calls the place that they come from. */
  readonly source: string;
  /** Id of the element that the script fills. */
  readonly root?: string;
}

/** The page's frame. All that it may load is one script, by nonce, and the extension's style sheets; pictures arrive as messages. */
export function pageHtml({ title, script, style, source, root = 'preview' }: PageParts): string {
  const nonce = randomBytes(16).toString('base64url');
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${source}; font-src ${source}; img-src ${source} blob:`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeHtml(style)}">
<title>${escapeHtml(title)}</title>
</head>
<body>
<main id="${root}"></main>
<script nonce="${nonce}" src="${escapeHtml(script)}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}
