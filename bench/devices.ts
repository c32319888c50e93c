// The devices of poll.ts, in a process of their own so that their cost is not measured: HTTP servers
// on loopback with 48 interfaces each, whose counts grow from answer to answer.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const started = Date.now();

function body(): string {
  const ms = Date.now() - started;
  return JSON.stringify({
    device: 'switch',
    time: Date.now(),
    uptime: 1e6 + ms / 1000,
    interfaces: Array.from({ length: 48 }, (_, i) => ({
      name: `GigabitEthernet1/0/${i + 1}`,
      index: 10001 + i,
      alias: `access port ${i + 1}, floor ${i % 5}`,
      type: 'ethernetCsmacd',
      up: i % 6 !== 0,
      adminUp: true,
      speed: 1e9,
      duplex: 'full',
      inOctets: 9e12 + i * 1e9 + ms * 1000,
      outOctets: 4e12 + i * 1e9 + ms * 2000,
      inPackets: 7e9 + i * 1e6 + ms,
      outPackets: 3e9 + i * 1e6 + ms * 2,
      inErrors: 17 + i,
      outErrors: 0,
      inDiscards: Math.floor(ms / 100),
      outDiscards: 0,
    })),
  });
}

const ports: number[] = [];
for (let i = 0; i < Number(process.argv[2]); i++) {
  const server = createServer({ keepAliveTimeout: 60_000 }, (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ports.push((server.address() as AddressInfo).port);
}
process.on('disconnect', () => process.exit());
process.send!(ports);
