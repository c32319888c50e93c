import assert from 'node:assert/strict';
import { parseFlowAddress } from '../../../../nodes/shared/flows/address.ts';
import { LeaseTable } from '../../../../nodes/shared/flows/leases/lease-table.ts';

const now = Date.UTC(2026, 2, 1, 12);
/** seconds since the epoch, in and before an hour */
const [later, before] = [now / 1000 + 3600, now / 1000 - 3600];

function of(...texts: string[]) {
  const table = new LeaseTable(now);
  for (const text of texts) {
    table.begin();
    for (const line of text.split('\n')) table.add(line);
  }
  table.finish();
  const name = (address: string, at = now) => table.nameOf(parseFlowAddress(address)!, at);
  return { table, name };
}

describe("A DHCP server's leases", () => {
  it('are read as dnsmasq writes them', () => {
    const { table, name } = of(
      [
        `${later} 52:54:00:12:34:56 192.168.1.20 laptop 01:52:54:00:12:34:56`,
        `${later} 52:54:00:12:34:57 192.168.1.21 * *`,
        `${before} 52:54:00:12:34:58 192.168.1.22 gone 01:52:54:00:12:34:58`,
        `0 52:54:00:12:34:59 192.168.1.23 printer *`,
        // Without a clock: the time that is left.
        `43200 06-52:54:00:12:34:5a 192.168.1.24 camera *`,
        'duid 00:01:00:01:2a:3b:4c:5d:52:54:00:aa:bb:cc',
        `${later} 1193046 fd00::20 laptop 00:01:00:01:27:5b:11:22:52:54:00:12:34:56`,
        `${later} T305419896 2001:db8::21 phone *`,
        '',
      ].join('\n'),
    );
    const addresses = ['.20', '.21', '.22', '.23', '.24'].map((end) => `192.168.1${end}`);
    assert.deepEqual(
      [...addresses, 'fd00::20', '2001:db8:0::21'].map((address) => name(address)),
      ['laptop', undefined, undefined, 'printer', 'camera', 'laptop', 'phone'],
    );
    assert.equal(table.size, 5);
  });

  it('are read as dhcpd of ISC writes them', () => {
    const { name } = of(`# The format of this file is documented in the dhcpd.leases(5) manual page.
# This lease file was written by isc-dhcp-4.4.1

# authoring-byte-order entry is generated, DO NOT DELETE
authoring-byte-order little-endian;

server-duid "\\000\\001\\000\\001*;{\\"RT\\000\\0224V";

failover peer "dhcp" state {
  my state normal at 0 2026/03/01 10:00:00;
}
lease 10.0.0.10 {
  starts 0 2026/03/01 11:30:00;
  ends 0 2026/03/01 12:30:00;
  tstp 0 2026/03/01 12:30:00;
  cltt 0 2026/03/01 11:30:00;
  binding state active;
  next binding state free;
  rewind binding state free;
  hardware ethernet 52:54:00:12:34:56;
  uid "\\001RT\\000\\0224V}";
  set vendor-class-identifier = "MSFT 5.0";
  client-hostname "laptop";
}
lease 10.0.0.11 {
  ends 0 2026/03/01 11:59:59;
  binding state active;
  client-hostname "late";
}
lease 10.0.0.12 {
  ends never;
  binding state active;
  set ddns-fwd-name = "printer.example.org.";
  on expiry { set ddns-fwd-name = "none"; client-hostname "none"; }
}
lease 10.0.0.13 {
  ends epoch ${later}; # Sun Mar  1 13:00:00 2026
  binding state active;
  client-hostname "K\\303\\274che";
}
lease 10.0.0.14 {
  ends never;
  abandoned;
  client-hostname "left";
}
lease 10.0.0.10 {
  ends 0 2026/03/01 12:45:00;
  binding state active;
  client-hostname "desktop";
}
lease 10.0.0.12 {
  ends never;
  binding state free;
  client-hostname "was";
}
ia-na "\\001\\000\\000\\000\\000\\001" {
  cltt 0 2026/03/01 11:50:00;
  iaaddr 2001:db8::10 {
    binding state active;
    preferred-life 375;
    max-life 600;
    ends 0 2026/03/01 12:50:00;
    set ddns-fwd-name = "desktop.example.org";
  }
}
lease 10.0.0.15 {
  ends never;
  client-hostname "half wri`);
    const addresses = [10, 11, 12, 13, 14, 15].map((end) => `10.0.0.${end}`);
    assert.deepEqual(
      [...addresses, '2001:db8::10'].map((address) => name(address)),
      ['desktop', undefined, undefined, 'Küche', undefined, undefined, 'desktop.example.org'],
    );
    assert.equal(name('10.0.0.10', Date.UTC(2026, 2, 1, 12, 44, 59)), 'desktop');
    assert.equal(name('10.0.0.10', Date.UTC(2026, 2, 1, 12, 45)), undefined);
  });

  const v4 =
    'address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id';
  const row = (address: string, host: string, state = 0, expire = later, lifetime = 3600) =>
    `${address},52:54:00:12:34:56,01:52:54,${lifetime},${expire},1,1,1,${host},${state},{ "a": 1&#x2c "b": 2 },0`;

  it('are read as Kea writes them', () => {
    const { name } = of(
      [
        v4,
        row('10.0.0.1', 'laptop.example.org.'),
        row('10.0.0.2', 'declined', 1),
        row('10.0.0.3', 'reclaimed'),
        row('10.0.0.3', 'reclaimed', 2),
        row('10.0.0.4', 'deleted'),
        row('10.0.0.4', 'deleted', 0, later, 0),
        row('10.0.0.5', 'ended', 0, before),
        row('10.0.0.6', 'forever', 0, before, 4_294_967_295),
        row('10.0.0.7', 'a&#x2cb'),
        row('10.0.0.8', ''),
        '10.0.0.9,52:54:00:12:34:56,01:5',
      ].join('\n'),
    );
    assert.deepEqual(
      Array.from({ length: 9 }, (_, i) => name(`10.0.0.${i + 1}`)),
      [
        ...['laptop.example.org', undefined, undefined, undefined, undefined],
        ...['forever', 'a,b', undefined, undefined],
      ],
    );
  });

  it('are read as Kea writes those of IPv6, with its older files before', () => {
    const heading =
      'address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,fqdn_fwd,fqdn_rev,hostname,hwaddr,state,user_context,hwtype,hwaddr_source,pool_id';
    const v6 = (address: string, host: string, type = 0) =>
      `${address},00:01:00:01,3600,${later},1,1800,${type},7,${type === 2 ? 56 : 128},0,0,${host},52:54:00:12:34:56,0,,1,0,0`;
    const { name } = of(
      [heading, v6('2001:db8::1', 'old'), v6('2001:db8::2', 'stays')].join('\r\n'),
      [heading, v6('2001:db8::1', 'new'), v6('2001:db8:1::', 'network', 2)].join('\n'),
    );
    assert.deepEqual(
      ['2001:db8::1', '2001:db8::2', '2001:db8:1::'].map((address) => name(address)),
      ['new', 'stays', undefined],
    );
  });

  it('give an address with a name that several have', () => {
    const line = (address: string, host: string) => `0 52:54:00:12:34:56 ${address} ${host} *`;
    const { name } = of(
      [
        ...[line('10.0.0.1', 'android'), line('10.0.0.2', 'Android'), line('10.0.0.3', 'android')],
        ...[line('10.0.0.4', 'nas'), line('fd00::4', 'nas')],
      ].join('\n'),
    );
    assert.deepEqual(
      ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', 'fd00::4'].map((address) => name(address)),
      ['android (10.0.0.1)', 'Android (10.0.0.2)', 'android (10.0.0.3)', 'nas', 'nas'],
    );
  });

  it('give no name that passes as an address or cannot be shown', () => {
    for (const host of ['8.8.8.8', '::1', 'a\u0000b', 'a\u202eb', 'x'.repeat(254), '.', '*']) {
      const { table } = of(`0 52:54:00:12:34:56 10.0.0.1 ${host} *`);
      assert.equal(table.size, 0, host);
    }
  });

  it('are none where a file is something else, and none are lost where it is empty', () => {
    for (const text of [
      '192.168.1.1 router',
      '{}',
      '<html>',
      'address,name\n',
      '\0\0\0\0',
      'a;b',
    ]) {
      assert.equal(of(text).table.isUnknown, true, text);
    }
    for (const text of ['', '\n\n', '# nothing yet\n']) {
      assert.equal(of(text).table.isUnknown, false);
    }
  });

  it('take bad lines for none', () => {
    const { name, table } = of(
      [
        `0 52:54:00:12:34:56 10.0.0.1 one *`,
        ...['x', '0 0 999.0.0.1 two *', '-1 0 10.0.0.2 two *', '"'.repeat(4000), '{{{{'],
        `0 52:54:00:12:34:56 10.0.0.3 three *`,
      ].join('\n'),
    );
    assert.deepEqual([table.size, name('10.0.0.1'), name('10.0.0.3')], [2, 'one', 'three']);
    // Blocks that are not closed, and more of them than there are ends.
    const open = of(
      'lease 10.0.0.1 {\n client-hostname "a";\nlease 10.0.0.2 {\n client-hostname "b";\n}\n}}}\nlease 10.0.0.3 { client-hostname "c"; }',
    );
    assert.deepEqual(
      [open.name('10.0.0.1'), open.name('10.0.0.2'), open.name('10.0.0.3')],
      [undefined, 'b', 'c'],
    );
  });

  it('are kept of a bounded number of addresses', () => {
    const table = new LeaseTable(now);
    for (let i = 0; i <= 100_000; i++) {
      table.add(`0 0 10.${i >> 16}.${(i >> 8) & 255}.${i & 255} host${i} *`);
    }
    assert.deepEqual([table.size, table.isFull], [100_000, true]);
  });
});
