// The protocols above IP that are met in networks, by the names that they go by (IANA, "Assigned Internet Protocol Numbers").
const names = new Map(
  (
    '1 icmp,2 igmp,4 ipip,6 tcp,17 udp,27 rdp,33 dccp,41 ipv6,46 rsvp,47 gre,50 esp,51 ah,58 icmpv6,88 eigrp,' +
    '89 ospf,94 ipip,97 etherip,103 pim,108 ipcomp,112 vrrp,115 l2tp,124 isis,132 sctp,136 udplite,137 mpls'
  )
    .split(',')
    .map((entry) => {
      const [number, name] = entry.split(' ') as [string, string];
      return [Number(number), name];
    }),
);

/** What a protocol is called: `tcp`, or `ip-200` for one without a name here. */
export function protocolName(number: number): string {
  return names.get(number) ?? `ip-${number}`;
}

/** The number of a protocol by its name. */
export function protocolNumber(name: string): number | undefined {
  for (const [number, known] of names) if (known === name) return number;
  return undefined;
}
