// What the fields of NetFlow v9 and IPFIX mean, as far as flows are counted by them. The numbers are those of IANA's
// registry "IPFIX Information Elements", whose first 127 are NetFlow v9's.

/** What a field of a record is to the decoder. */
export const kind = {
  skip: 0,
  octets: 1,
  packets: 2,
  protocol: 3,
  sourcePort: 4,
  destinationPort: 5,
  source4: 6,
  destination4: 7,
  source6: 8,
  destination6: 9,
  input: 10,
  output: 11,
  sourceAs: 12,
  destinationAs: 13,
  direction: 14,
  sampler: 15,
  samplingInterval: 16,
  packetInterval: 17,
  packetSpace: 18,
  samplingSize: 19,
  samplingPopulation: 20,
  firstUptime: 21,
  lastUptime: 22,
  firstSeconds: 23,
  lastSeconds: 24,
  firstMs: 25,
  lastMs: 26,
  firstFraction: 27,
  lastFraction: 28,
  firstDelta: 29,
  lastDelta: 30,
  duration: 31,
  startedAt: 32,
  reverseOctets: 33,
  reversePackets: 34,
  interfaceName: 35,
  interfaceDescription: 36,
  section: 37,
  sectionSize: 38,
  ipSection: 39,
  application: 40,
  applicationName: 41,
} as const;

/** Enterprise number under which RFC 5103 has fields of the reverse direction. */
const reverseEnterprise = 29305;

const kinds = new Map<number, number>([
  [1, kind.octets],
  [2, kind.packets],
  [4, kind.protocol],
  [7, kind.sourcePort],
  [8, kind.source4],
  [10, kind.input],
  [11, kind.destinationPort],
  [12, kind.destination4],
  [14, kind.output],
  [16, kind.sourceAs],
  [17, kind.destinationAs],
  [21, kind.lastUptime],
  [22, kind.firstUptime],
  [27, kind.source6],
  [28, kind.destination6],
  [34, kind.samplingInterval],
  [48, kind.sampler],
  [50, kind.samplingInterval],
  [61, kind.direction],
  [82, kind.interfaceName],
  [83, kind.interfaceDescription],
  [95, kind.application],
  [96, kind.applicationName],
  [150, kind.firstSeconds],
  [151, kind.lastSeconds],
  [152, kind.firstMs],
  [153, kind.lastMs],
  [154, kind.firstFraction],
  [155, kind.lastFraction],
  [156, kind.firstFraction],
  [157, kind.lastFraction],
  [158, kind.firstDelta],
  [159, kind.lastDelta],
  [160, kind.startedAt],
  [161, kind.duration],
  [302, kind.sampler],
  [305, kind.packetInterval],
  [306, kind.packetSpace],
  [309, kind.samplingSize],
  [310, kind.samplingPopulation],
  [312, kind.sectionSize],
  [313, kind.ipSection],
  [315, kind.section],
]);

/** Fields that mean the same as another one, and stand for it where that is not there: the sooner the better. */
const standIns: readonly (readonly [number, number])[] = [
  // Since the flow began: right for exporters that tell each flow once.
  [85, kind.octets],
  [86, kind.packets],
  // Of Cisco's ASA (NSEL), in both directions.
  [231, kind.octets],
  [298, kind.packets],
  // On their way out, of exporters that count there only.
  [23, kind.octets],
  [24, kind.packets],
  // With the frame around them.
  [352, kind.octets],
  [180, kind.sourcePort],
  [182, kind.sourcePort],
  [205, kind.sourcePort],
  [181, kind.destinationPort],
  [183, kind.destinationPort],
  [206, kind.destinationPort],
  [252, kind.input],
  [253, kind.output],
];

const reverses = new Map<number, number>([
  [1, kind.reverseOctets],
  [85, kind.reverseOctets],
  [2, kind.reversePackets],
  [86, kind.reversePackets],
]);

/** A field as a template has it. */
export interface TemplateField {
  id: number;
  /** octets; 65535 where each record tells it (RFC 7011, section 7) */
  length: number;
  /** of a vendor's own fields */
  enterprise?: number;
}

/**
 * What each field of a template is. Each kind comes once: of two fields that mean the same, the better one, and of
 * two that are the same, the first.
 */
export function kindsOf(fields: readonly TemplateField[]): number[] {
  const taken = new Set<number>();
  const result = fields.map(({ id, enterprise }) => {
    const own =
      enterprise === undefined
        ? kinds.get(id)
        : enterprise === reverseEnterprise
          ? reverses.get(id)
          : undefined;
    return take(own);
  });
  for (const [standIn, means] of standIns) {
    const at = fields.findIndex(({ id, enterprise }) => id === standIn && enterprise === undefined);
    if (at >= 0) result[at] = take(means);
  }
  // A responder's counts are the other direction of an initiator's (231, 298), where those are taken.
  for (const [id, first, means] of [
    [232, 231, kind.reverseOctets],
    [299, 298, kind.reversePackets],
  ] as const) {
    const at = fields.findIndex((field) => field.id === id && field.enterprise === undefined);
    const isTaken = fields.some((field, i) => field.id === first && result[i] !== kind.skip);
    if (at >= 0 && isTaken) result[at] = take(means);
  }
  return result;

  function take(means: number | undefined): number {
    if (means === undefined || taken.has(means)) return kind.skip;
    taken.add(means);
    return means;
  }
}
