import type { EditorNodeProperties, EditorRED } from 'node-red';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { inPalette } from '../shared/editor/in-palette.ts';
import { translator } from '../shared/editor/translate.ts';
import { tryOut } from '../shared/editor/try-out.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import type { Receipt } from '../shared/mail/send-mail.ts';
import {
  defaults as smtpDefaults,
  secretNames,
  type SmtpCredentials,
} from '../shared/mail/smtp-settings.ts';
import { checkSettings, type EmailAlertSettings, emailSettings } from './config.ts';
import * as templates from './default-templates.ts';
import type { TestMailRequest } from './test-mail.ts';

declare const RED: EditorRED;

type Properties = EditorNodeProperties & EmailAlertSettings & { server: string; history: string };

const t = translator('netmon-email-alert');
const input = (name: string) => $(`#node-input-${name}`);
const typed = (name: string) => String(input(name).val());
const templateNames = ['subject', 'text', 'html'] as const;

RED.nodes.registerType<Properties>('netmon-email-alert', {
  ...withVersions<Properties>(emailSettings, {
    category: 'netmon',
    color: '#d98c7a',
    icon: 'netmon-email-alert.svg',
    align: 'right',
    inputs: 1,
    outputs: 1,
    defaults: {
      ...dialogDefaults(t, emailSettings),
      server: { value: '', type: 'netmon-smtp-server', required: true },
      history: { value: '', type: 'netmon-history-database', required: false },
    },
    paletteLabel: () => t('email-alert.type'),
    onpaletteadd: () => inPalette('netmon-email-alert', t('email-alert.found')),
    label() {
      return this.name || t('email-alert.type');
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
    oneditprepare() {
      for (const name of templateNames) if (!typed(name)) input(name).val(templates[name]);
      const showRows = () => {
        const every = typed('summary');
        const hasHistory = !['', '_ADD_'].includes(typed('history'));
        $('[data-history]').toggle(hasHistory);
        $('[data-summary]').toggle(hasHistory && every !== 'never');
        $('[data-weekly]').toggle(hasHistory && every === 'week');
      };
      input('history').on('change', showRows);
      input('summary').on('change', showRows);
      showRows();
      tryOut<Receipt>($('#netmon-test-mail'), $('#netmon-test-mail-result'), {
        route: 'email-alert/test-mail',
        body: testMailRequest,
        show: showReceipt,
        translate: t,
      });
    },
    oneditsave() {
      for (const name of templateNames) input(name).val(template(name));
    },
  }),
});

// The default is kept as an empty text, so that a later Netmon may improve it.
function template(name: (typeof templateNames)[number]): string {
  return typed(name) === templates[name] ? '' : typed(name);
}

function testMailRequest(): TestMailRequest {
  const settings: EmailAlertSettings = {
    name: typed('name'),
    from: typed('from'),
    to: typed('to'),
    cc: typed('cc'),
    bcc: typed('bcc'),
    severity: typed('severity') as EmailAlertSettings['severity'],
    recoveries: input('recoveries').is(':checked'),
    perHour: Number(typed('perHour')),
    link: typed('link'),
    summary: typed('summary') as EmailAlertSettings['summary'],
    summaryDay: typed('summaryDay') as EmailAlertSettings['summaryDay'],
    summaryTime: typed('summaryTime'),
    summaryZone: typed('summaryZone'),
    subject: template('subject'),
    text: template('text'),
    html: template('html'),
  };
  checkSettings(settings);
  return { settings, serverId: typed('server'), ...server(typed('server')) };
}

// The config node as it is in the editor, deployed or not. Node-RED keeps a stored password to itself.
function server(id: string): Pick<TestMailRequest, 'server' | 'credentials'> {
  const node = RED.nodes.node(id) as unknown as
    (Record<string, unknown> & { credentials?: SmtpCredentials }) | null;
  if (!node) throw new Error(t('shared.problem.mailNoServer'));
  const known = node.credentials ?? {};
  const settings = Object.keys(smtpDefaults).map((name) => [name, node[name]]);
  const secrets = secretNames.map((name) => [name, known[name]]);
  return {
    server: Object.fromEntries(settings) as object,
    credentials: Object.fromEntries(
      secrets.filter(([, value]) => value !== undefined && value !== '__PWRD__'),
    ) as SmtpCredentials,
  };
}

function showReceipt(result: JQuery, receipt: Receipt) {
  const line = (label: string, text: string) =>
    $('<div>')
      .text(`${t(`email-alert.test.${label}`)} ${text}`)
      .appendTo(result);
  line('accepted', receipt.accepted.join(', '));
  const deferred = receipt.deferred ?? [];
  const rejected = [...receipt.rejected, ...deferred.map(({ recipient }) => recipient)];
  const replies = [...receipt.refusals, ...deferred.map(({ reply }) => reply)];
  if (rejected.length > 0) {
    line('rejected', `${rejected.join(', ')} (${replies.join(', ')})`).addClass('netmon-trouble');
  }
}
