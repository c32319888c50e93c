import type { NodeAPI } from 'node-red';
import type { MailServerNode } from '../shared/mail/send-mail.ts';
import { addAdminRoute } from '../shared/red/admin-route.ts';
import { sendTestMail } from './test-mail.ts';

/** Adds the route behind the dialog's "Send a test mail". */
export function addTestMailRoute(RED: NodeAPI): void {
  addAdminRoute(RED, 'POST email-alert/test-mail', ({ body, signal, translate }) =>
    sendTestMail(body, (id) => deployedServer(RED, id), translate, signal),
  );
}

// The id comes with the request: nodes of other types have secrets too.
function deployedServer(RED: NodeAPI, id: string): MailServerNode | undefined {
  const node = RED.nodes.getNode(id) as unknown as MailServerNode | null;
  return node?.type === 'netmon-smtp-server' ? node : undefined;
}
