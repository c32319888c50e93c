import * as check from '../check.ts';
import { FieldProblem } from '../problem.ts';
import { type FlowAddress, type Network, parseFlowAddress, parseNetwork } from './address.ts';
import { protocolNumber } from './protocol-names.ts';

/** A row of the table of names, as a flow holds it. */
export interface NameInput {
  what?: unknown;
  name?: unknown;
}

/** The name of an address. */
export interface AddressName {
  address: FlowAddress;
  name: string;
}

/** The name of an application: of ports, perhaps of one protocol or in one network only. */
export interface ApplicationName {
  name: string;
  from: number;
  to: number;
  /** TCP and UDP where undefined */
  protocol: number | undefined;
  network: Network | undefined;
}

const longestName = 60;

/**
 * Reads a row: an address (`10.0.0.5`), or ports (`8443`, `tcp/8000-8010`, `udp/5000@10.1.0.0/16`) and what they are
 * called. Throws a FieldProblem.
 */
export function toName(field: string, value: unknown): AddressName | ApplicationName {
  const { what, name } = check.object(field, value) as NameInput;
  const at = check.join(field, 'what');
  const text = check.text(at, what, { max: 120 }).trim();
  const called = check.text(check.join(field, 'name'), name, { max: longestName }).trim();
  // What is left over is called so.
  if (called === 'other') throw new FieldProblem(check.join(field, 'name'), 'otherName', name);
  const address = parseFlowAddress(text);
  if (address !== undefined) return { address, name: called };
  const match = /^(?:([a-z]+)\/)?(\d{1,5})(?:-(\d{1,5}))?(?:@(\S+))?$/.exec(text.toLowerCase());
  const [, protocol, first, last, where] = match ?? [];
  const from = Number(first);
  const to = last === undefined ? from : Number(last);
  const number = protocol === undefined ? undefined : protocolNumber(protocol);
  const network = where === undefined ? undefined : parseNetwork(where);
  const isGood =
    match !== null &&
    to <= 65535 &&
    from <= to &&
    (protocol === undefined || number !== undefined) &&
    (where === undefined || network !== undefined);
  if (!isGood) throw new FieldProblem(at, 'nameOf', what);
  return { name: called, from, to, protocol: number, network };
}

/** Reads networks, parted by commas, blanks or lines. Throws a FieldProblem for one that is none. */
export function toNetworks(field: string, value: unknown): Network[] {
  const text = value === '' ? '' : check.text(field, value, { max: 20_000 });
  return text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map((part) => {
      const network = parseNetwork(part);
      if (!network) throw new FieldProblem(field, 'networks', part);
      return network;
    });
}
