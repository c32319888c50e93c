import { createHash } from 'node:crypto';
import { duration } from '../contract/units.ts';
import type { Translate } from '../shared/problem.ts';
import { render } from '../shared/template.ts';
import type { ActionLink } from './action-link.ts';
import { isDone, type LinkedAlert, silenceDurations } from './linked-alert.ts';

/** What the page of a link shows: an alert and what may be done, or why nothing may. */
export interface ActionPage {
  link?: ActionLink;
  linked?: LinkedAlert;
  problem?: 'forged' | 'expired' | 'over' | 'tooMany';
}

// Calm in light and dark, and wide enough for a finger on a telephone.
const style = `
:root { color-scheme: light dark; --page: #f3f5f7; --card: #fff; --text: #17202a; --pale: #55606c; --line: #d9dfe5;
  --critical: #b3261e; --warning: #8a5a00; --info: #0b6bb5; --button: #0b6bb5; }
@media (prefers-color-scheme: dark) { :root { --page: #0e1318; --card: #171e25; --text: #e6ebf0; --pale: #9aa7b4;
  --line: #2b353f; --critical: #ff8a80; --warning: #ffc35c; --info: #7cc0ff; --button: #1a73c2; } }
body { margin: 0; padding: 24px 16px; background: var(--page); color: var(--text);
  font: 16px/1.45 system-ui, sans-serif; }
main { max-width: 480px; margin: 0 auto; padding: 20px; background: var(--card); border: 1px solid var(--line);
  border-radius: 10px; overflow-wrap: anywhere; }
h1 { margin: 0 0 4px; font-size: 20px; line-height: 1.3; }
p { margin: 0 0 12px; } .pale, dt { color: var(--pale); font-size: 14px; }
.critical { color: var(--critical); } .warning { color: var(--warning); } .info { color: var(--info); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin: 12px 0 16px; } dd { margin: 0; }
label { display: block; margin: 0 0 12px; } label.tick { display: flex; gap: 8px; align-items: center; }
input:not([type=checkbox]), select { display: block; box-sizing: border-box; width: 100%; min-height: 44px;
  margin-top: 2px; padding: 8px 10px; border: 1px solid var(--pale); border-radius: 6px; background: var(--card);
  color: inherit; font: inherit; }
input[type=checkbox] { width: 20px; height: 20px; flex: none; }
button { width: 100%; min-height: 48px; border: 0; border-radius: 6px; background: var(--button); color: #fff;
  font: inherit; font-weight: 600; cursor: pointer; }
:focus-visible { outline: 3px solid var(--info); outline-offset: 2px; }
`;

/** Nothing is loaded, the address with its token is told to nobody, and no other page can hold this one in a frame. */
export const pageHeaders = {
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    ...["form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"],
  ].join('; '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
};

const template = `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{title}}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>{{title}}</h1>
{{#detail}}<p class="pale">{{detail}}</p>{{/detail}}
{{#alert}}
<p class="pale"><strong class="{{severity}}">{{severityWord}}</strong> · {{since}}</p>
<dl>{{#labels}}<dt>{{name}}</dt><dd>{{value}}</dd>{{/labels}}</dl>
{{/alert}}
{{#done}}<p role="status"><strong>✓ {{done}}</strong></p>{{/done}}
{{#form}}
<form method="post">
<label>{{by}}<input name="by" maxlength="100" autocomplete="name"></label>
<label>{{comment}}<input name="comment" maxlength="500"></label>
{{#durations}}<label>{{label}}<select name="duration">{{#options}}<option value="{{seconds}}">{{words}}</option>{{/options}}</select></label>{{/durations}}
{{#others}}<label class="tick"><input type="checkbox" name="others">{{others}}</label>{{/others}}
<button>{{button}}</button>
</form>
{{/form}}
</main>
</body>
</html>
`;

/** The page as HTML, all that it shows as text. */
export function renderPage({ link, linked, problem }: ActionPage, translate: Translate): string {
  const t = (key: string, params?: Record<string, string>) =>
    translate(`alert-manager.link.${key}`, params);
  if (!link || !linked) {
    const key = problem ?? 'over';
    const view = { title: t(`${key}.title`), detail: t(`${key}.detail`) };
    return render(template, view, { escapeHtml: true });
  }
  const { alert, others } = linked;
  const view = {
    title: alert.summary,
    alert: {
      severity: alert.severity,
      severityWord: translate(`alert-manager.severity.${alert.severity}`),
      since: t('since', { time: timeOf(alert.startsAt) }),
      labels: Object.entries(alert.labels).map(([name, value]) => ({ name, value })),
    },
    ...(isDone(link, linked)
      ? { done: doneWords(link, linked, t) }
      : { form: formView(link, others, t) }),
  };
  return render(template, view, { escapeHtml: true });
}

type Words = (key: string, params?: Record<string, string>) => string;

function formView({ action }: ActionLink, others: number, t: Words) {
  const isSilence = action === 'silence';
  const options = silenceDurations.map((seconds) => ({ seconds, words: duration(seconds) }));
  return {
    by: t('by'),
    comment: t('comment'),
    button: t(action),
    ...(isSilence && { durations: { label: t('duration'), options } }),
    ...(!isSilence && others > 0 && { others: t('others', { count: String(others) }) }),
  };
}

function doneWords({ action }: ActionLink, linked: LinkedAlert, t: Words): string {
  const { acknowledged, silencedUntil } = linked;
  if (action === 'silence') return t('silenced', { time: timeOf(silencedUntil ?? 0) });
  const { by = '', at = 0 } = acknowledged ?? {};
  return t('acknowledged', { by, time: timeOf(at) });
}

// Sweden writes times as ISO 8601 has them: `2026-11-28 23:05`.
const times = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' });

/** A time in the time zone of this machine. */
function timeOf(time: number): string {
  return times.format(time);
}
