import type { Protocol } from '../protocol.ts';
import { sample } from '../sample.ts';
import { checked } from '../service-check/answer.ts';
import { portOf } from '../service-check/port.ts';
import { starttlsPorts, type TlsFields, tlsFields } from './fields.ts';
import type { TlsNetwork } from './transport.ts';

const { checks } = tlsFields;

const day = 86_400_000;

/**
 * How long a server's certificate is still valid, or one that it needs where that ends before. Where it is not trusted the server is down, unless
 * verification is off; the days left are told all the same.
 */
export const tls: Protocol<TlsFields, TlsFields, TlsNetwork> = {
  settings: (fields) => ({
    port: checks.port(fields.port),
    starttls: checks.starttls(fields.starttls),
    verify: checks.verify(fields.verify),
    ca: fields.verify ? checks.ca(fields.ca) : '',
    oldTls: checks.oldTls(fields.oldTls),
    maxLatency: checks.maxLatency(fields.maxLatency),
  }),
  open: ({ port, starttls, verify, ca, oldTls, ...limits }, _, network) => ({
    async poll(address, signal) {
      const target = {
        host: address.host,
        port: portOf(
          address,
          port,
          starttls === 'none' ? tlsFields.usualPort : starttlsPorts[starttls],
        ),
        starttls,
        ...(ca !== '' && { ca }),
        oldTls,
      };
      const reply = await network.tls(target, signal);
      const time = network.now();
      const samples = [
        sample('latency', reply.duration),
        sample(
          'certificate_days_left',
          (reply.validTo - time) / day,
          reply.subject === undefined ? {} : { info: { certificate: reply.subject } },
        ),
      ];
      return checked(time, samples, limits, verify ? reply.problem : undefined);
    },
    asks: () => ({ check: starttls === 'none' ? 'TLS' : `TLS ${starttls.toUpperCase()}` }),
    close: () => Promise.resolve(),
  }),
};
