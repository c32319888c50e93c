import { type Alert, severities } from '../contract/alert.ts';
import type { Mail } from '../shared/mail/send-mail.ts';
import type { Translate } from '../shared/problem.ts';
import { render } from '../shared/template.ts';
import { oneLine } from '../shared/text.ts';
import type { CheckedSettings } from './config.ts';
import * as templates from './default-templates.ts';
import type { Shown } from './view.ts';
import { view } from './view.ts';
import { alertsOf, referencesOf, type WaitingMail } from './waiting-mail.ts';

/** Characters; phones show about 40, and what follows is in the mail as well. */
const subjectLimit = 150;

/** What is looked up for a mail. */
export type Found = Pick<Shown, 'pictures' | 'changes' | 'talkers'>;

/**
 * The mail that tells of some alerts: data reach the subject and the two bodies only.
 * @param t the catalogue of the mail's language
 * @param found what a history has of the alerts, by their fingerprints
 */
export function compose(
  settings: CheckedSettings,
  mail: WaitingMail,
  t: Translate,
  found: Found = {},
): Mail {
  const { from, to, cc, bcc } = settings;
  const { messageId, only } = mail;
  const alerts = inOrder(mail);
  const links = new Map(mail.topics.map(({ alert, links }) => [alert.fingerprint, links]));
  const known = view(alerts, t, { ...mail, ...found, links, link: settings.link });
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
    messageId,
    references: referencesOf(mail),
    urgent: alerts.some((alert) => alert.state === 'firing' && alert.severity === 'critical'),
    only,
    // Several alerts may be of one metric.
    pictures: [...new Set(found.pictures?.values())],
  };
}

/** The alerts of a mail as it tells of them. A group is told of as it stands: what fires before what is over. */
export function inOrder(mail: WaitingMail): Alert[] {
  return mail.group ? worstFirst(alertsOf(mail)) : alertsOf(mail);
}

function worstFirst(alerts: readonly Alert[]): Alert[] {
  const rank = ({ state, severity }: Alert) =>
    state === 'firing' ? severities.indexOf(severity) : -1;
  return [...alerts].sort((a, b) => rank(b) - rank(a));
}

function shorten(text: string): string {
  const characters = Array.from(text);
  if (characters.length <= subjectLimit) return text;
  return `${characters.slice(0, subjectLimit - 1).join('')}…`;
}
