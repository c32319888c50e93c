import type { Draft, FlowNode } from './flow.ts';
import type { Words } from './words.ts';

/** Mail, switched off until somebody names a server and who gets it. */
export function addMail(draft: Draft, words: Words): FlowNode {
  const { nodes } = draft.workspace;
  const known = nodes.find(({ type, d }) => type === 'netmon-email-alert' && !d);
  if (known) {
    const names = Object.keys(draft.workspace.defaults(known.type) ?? {});
    const settings = Object.fromEntries(names.map((name) => [name, known[name]]));
    return draft.add(known.type, { ...settings, wires: [[]] });
  }
  const server =
    nodes.find(({ type }) => type === 'netmon-smtp-server') ??
    draft.add('netmon-smtp-server', {
      name: words('mailServer'),
      host: '127.0.0.1',
      port: 25,
      security: 'none',
    });
  return draft.add('netmon-email-alert', {
    name: words('mail'),
    server: server.id,
    from: 'netmon@example.org',
    to: 'you@example.org',
    d: true,
    wires: [[]],
  });
}
