import { createHash } from 'node:crypto';
import type { Page } from '../contract/pages.ts';
import type { HttpApi } from '../shared/http-api.ts';

/** The page for others to see, and its data: nothing that they send is looked at. */
export class StatusSite implements HttpApi {
  readonly paths: readonly string[];
  readonly #path: string;
  readonly #page: () => Promise<Page>;
  readonly #title: string;

  /** @param path with a slash at its front and none at its end */
  constructor(path: string, title: string, page: () => Promise<Page>) {
    this.paths = [path, `${path}/data`];
    this.#path = path;
    this.#title = title;
    this.#page = page;
  }

  answer: HttpApi['answer'] = async (path) => {
    const headers = { 'X-Content-Type-Options': 'nosniff' };
    if (path === this.#path) {
      return {
        ...{ status: 200, type: 'text/html; charset=utf-8', body: [html(this.#path, this.#title)] },
        headers: { ...headers, 'Content-Security-Policy': policy },
      };
    }
    try {
      const body = [JSON.stringify(await this.#page())];
      return { status: 200, type: 'application/json', body, headers };
    } catch {
      // The node is closing.
      return { status: 503, type: 'application/json', body: ['{}'], headers };
    }
  };
}

// The element puts its style into the page; nothing else is loaded, and nothing from elsewhere.
const script = `
const element = document.querySelector('netmon-dashboard');
const update = async () => {
  try {
    const answer = await fetch(element.dataset.from, { cache: 'no-store' });
    if (answer.ok) element.data = await answer.json();
  } catch {}
};
update();
setInterval(() => { if (!document.hidden) update(); }, 15000);
document.addEventListener('visibilitychange', () => { if (!document.hidden) update(); });
`;
const policy = [
  ...["default-src 'none'", "connect-src 'self'", "img-src 'self' data:"],
  ...[
    "style-src 'self' 'unsafe-inline'",
    `script-src 'self' 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  ],
  ...["base-uri 'none'", "form-action 'none'"],
].join('; ');

// Addresses are relative: a proxy may show the page under another path.
function html(path: string, title: string): string {
  const names = path.slice(1).split('/');
  const up = names.length === 1 ? './' : '../'.repeat(names.length - 1);
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>
html, body { background: #f3f5f7; }
body { margin: 0 auto; max-width: 1100px; padding: 16px 0; }
html:has([data-theme='dark']), html:has([data-theme='dark']) body { background: #0e1318; }
</style>
<script src="${up}netmon/elements/netmon-dashboard.js" defer></script>
</head>
<body>
<netmon-dashboard view="status" data-from="${names.at(-1)!}/data"></netmon-dashboard>
<script>${script}</script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
