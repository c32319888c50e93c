// A device whose answers are as large as they may be: what it answers stands in the path.
import { createServer } from 'node:http';

const megabytes = 4.9;

/** A list of as many of the same as fit. */
function many(row: (i: number) => string): string {
  const rows: string[] = [];
  for (let size = 2; size < megabytes * 1e6 - 100; size += rows.at(-1)!.length + 1) {
    rows.push(row(rows.length));
  }
  return `[${rows.join(',')}]`;
}

const depth = (megabytes * 1e6) / 2;

const bodies: Record<string, string> = {
  '/zeros': many(() => '0'),
  '/bad': many(() => '{"name":1}'),
  '/deep': '['.repeat(depth) + ']'.repeat(depth),
  '/labels': `{"readings":[{"metric":"m","value":1,"labels":{${many((i) => `"a${i}":1`).slice(1, -1)}}}]}`,
  '/same': many(() => '{"name":"a","up":true,"inOctets":1}'),
  '/good': many(
    (i) => `{"name":"port ${i}","up":true,"speed":1000000000,"inOctets":${i},"outOctets":${i}}`,
  ),
};

const server = createServer((request, response) => response.end(bodies[request.url!]));
server.listen(0, '127.0.0.1', () => {
  process.send!([(server.address() as { port: number }).port, Object.keys(bodies)]);
});
process.on('disconnect', () => process.exit());
