/** Types of interfaces, as Netmon's sources name them, that are no port of their own or carry what a port carries. */
const virtualTypes = new Set([
  ...['loopback', 'virtual', 'tunnel', 'vlan', 'aggregate', 'bridge', 'mpls', 'ppp'],
  ...['bond', 'macvlan', 'vxlan', 'dummy', 'ipvlan', 'wireguard', 'veth', 'tun'],
]);

// Many devices tell no type, or "other" and "ethernet" for all: what their names begin with tells more.
const virtualNames = new RegExp(
  String.raw`^(lo|loopback|vlan|vl|irb|bvi|null|nu|tunnel|tu|port-?channel|po|bundle-ether|be|trk|lag|ae|` +
    String.raw`bond|team|br|bridge|docker|veth|virbr|vnet|tap|tun|wg|dummy|ifb|vmnet|utun|awdl|llw|gre|sit|ppp|` +
    String.raw`cali|flannel|cni|tailscale|zt)[-_\d.]*(/\d+)*$`,
  'i',
);
const virtualBeginnings = /^(br-|veth|docker|vlan|virbr|vnet|tap|cali|flannel|zt|loopback|tunnel)/i;
/** A part of a line: eth0.100, Gi1/0/1.20 */
const subinterface = /^[a-z]+[\d/:-]*\d\.\d+$/i;

/**
 * Whether an interface is a loopback, VLAN, tunnel, bridge or aggregate: what it carries is also counted by the
 * ports that it goes through.
 * @param type `info.type` of its readings
 */
export function isVirtual(name: string, type: string | undefined): boolean {
  if (type !== undefined && virtualTypes.has(type.toLowerCase())) return true;
  return virtualNames.test(name) || virtualBeginnings.test(name) || subinterface.test(name);
}

/** Whether the words of an operator say that a port leads to the rest of the network or out of it. */
export function isUplink(alias: string | undefined): boolean {
  return alias !== undefined && /\b(uplink|wan|internet|isp|provider|backbone)\b/i.test(alias);
}
