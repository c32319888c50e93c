import type { Connection, Protocol, Secrets } from './protocol.ts';

/** A protocol with the network that it asks through. */
export interface BoundProtocol<Fields extends object> {
  /** Throws a FieldProblem where a field is bad. */
  check(fields: Fields): void;
  /** Throws a Problem where a field or a secret is bad. */
  open(fields: Fields, secrets: Secrets): Connection;
}

/** Binds a protocol to its network: the real one, or that of a test. */
export function bind<Fields extends object, Settings, Network>(
  protocol: Protocol<Fields, Settings, Network>,
  network: Network,
): BoundProtocol<Fields> {
  return {
    check: (fields) => void protocol.settings(fields),
    open: (fields, secrets) => protocol.open(protocol.settings(fields), secrets, network),
  };
}
