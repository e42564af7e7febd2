import { expect, test } from 'vitest';
import { pageHtml } from '../../../client/page-html.ts';

const parts = { title: 'Detection: <a&b>', script: 'https://x/preview.js', style: 'https://x/preview.css', source: 'https://x' };

test('the policy allows one script, by a nonce that no two pages share', () => {
  const nonces = [1, 2].map(() => /<script nonce="([\w-]{22})"/.exec(pageHtml(parts))?.[1]);
  expect(nonces[0]).toBeDefined();
  expect(nonces[0]).not.toBe(nonces[1]);
  const html = pageHtml(parts);
  const [, nonce] = /<script nonce="([\w-]+)"/.exec(html) ?? [];
  expect(html).toContain(`script-src 'nonce-${nonce}';`);
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/unsafe|\sstyle=|\son\w+=/);
});

test('a name cannot become markup', () => expect(pageHtml(parts)).toContain('<title>Detection: &#60;a&#38;b&#62;</title>'));
