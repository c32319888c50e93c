import type { Alert } from '../contract/alert.ts';
import type { Translate } from '../shared/problem.ts';
import { render } from '../shared/template.ts';
import type { Mail } from '../shared/mail/send-mail.ts';
import type { CheckedSettings } from './config.ts';
import * as templates from './default-templates.ts';
import type { Omitted } from './mailer-state.ts';
import { oneLine } from '../shared/text.ts';
import { view } from './view.ts';

/** Characters; phones show about 40, and what follows is in the mail as well. */
const subjectLimit = 150;

/** What makes a mail one mail, and part of a conversation. */
export interface Thread {
  messageId: string;
  /** the mails of the same alerts before this one, oldest first */
  references: string[];
}

/**
 * The mail that tells of some alerts: data reach the subject and the two bodies only.
 * @param t the catalogue of the mail's language
 * @param omitted how many alerts there are besides these
 */
export function compose(
  settings: CheckedSettings,
  alerts: readonly Alert[],
  thread: Thread,
  t: Translate,
  omitted: readonly Omitted[] = [],
): Mail {
  const { from, to, cc, bcc } = settings;
  const known = view(alerts, t, omitted);
  const plain = (template: string) => render(template, known, { escapeHtml: false });
  const subject = shorten(oneLine(plain(settings.subject || templates.subject)));
  return {
    from,
    to,
    cc,
    bcc,
    subject,
    text: plain(settings.text || templates.text),
    html: render(settings.html || templates.html, { ...known, subject }, { escapeHtml: true }),
    ...thread,
    urgent: alerts.some((alert) => alert.state === 'firing' && alert.severity === 'critical'),
  };
}

function shorten(text: string): string {
  const characters = Array.from(text);
  if (characters.length <= subjectLimit) return text;
  return `${characters.slice(0, subjectLimit - 1).join('')}…`;
}
