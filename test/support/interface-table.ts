import { type LiveMib, type MibValue, tag } from './snmp-mib.ts';

/**
 * All columns of the IF-MIB (RFC 2863) for ports of 1 Gbit/s, with what stands before and behind them in a
 * real switch. The octets of both directions grow by 8 Mbit/s, each count of packets and faults by 1 a ms.
 * @param rows how many ports
 */
export function interfaceTable(rows: number): LiveMib {
  const all: LiveMib = {
    '1.3.6.1.2.1.1.1.0': `Simulated switch, ${rows} ports`,
    '1.3.6.1.2.1.1.3.0': (ms) => [tag.ticks, Math.floor(ms / 10) % 2 ** 32],
    '1.3.6.1.2.1.1.5.0': 'switch',
    '1.3.6.1.2.1.2.1.0': [tag.integer, rows],
    '1.3.6.1.2.1.31.1.5.0': [tag.ticks, 4711],
    '1.3.6.1.2.1.4.1.0': [tag.integer, 1],
    '1.3.6.1.2.1.47.1.0': [tag.integer, 1],
  };
  for (let i = 1; i <= rows; i++) {
    const count =
      (column: number) =>
      (ms: number): MibValue => [tag.counter, (column * 1e7 + Math.floor(ms)) % 2 ** 32];
    const big = (column: number) => (ms: number) =>
      2n ** 40n * BigInt(column) + BigInt(Math.floor(ms));
    const octets = (ms: number) => Math.floor(ms) * 1000;
    const entry: Record<number, LiveMib[string]> = {
      1: [tag.integer, i],
      2: `GigabitEthernet1/0/${i}`,
      3: [tag.integer, 6],
      4: [tag.integer, 1500],
      5: 1e9,
      6: Uint8Array.from([0, 27, 33, 60, i >> 8, i & 255]),
      7: [tag.integer, 1],
      8: [tag.integer, i % 6 === 0 ? 2 : 1],
      9: [tag.ticks, 1000],
    };
    for (let column = 10; column <= 20; column++) entry[column] = count(column);
    for (const column of [10, 16]) entry[column] = (ms) => [tag.counter, octets(ms) % 2 ** 32];
    const more: Record<number, LiveMib[string]> = { 1: `Gi1/0/${i}` };
    for (let column = 2; column <= 5; column++) more[column] = count(column);
    for (let column = 6; column <= 13; column++) more[column] = big(column);
    for (const column of [6, 10]) {
      more[column] = (ms) => 2n ** 40n * BigInt(column) + BigInt(octets(ms));
    }
    Object.assign(more, {
      14: [tag.integer, 1],
      15: 1000,
      16: [tag.integer, 2],
      17: [tag.integer, 1],
      18: `access port ${i}, floor ${i % 5}`,
      19: [tag.ticks, 0],
    });
    for (const [column, value] of Object.entries(entry)) {
      all[`1.3.6.1.2.1.2.2.1.${column}.${i}`] = value;
    }
    for (const [column, value] of Object.entries(more)) {
      all[`1.3.6.1.2.1.31.1.1.1.${column}.${i}`] = value;
    }
  }
  return all;
}
