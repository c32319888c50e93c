import { isUplink, isVirtual } from './port-kind.ts';

/** What tells of an interface whether it is an uplink. */
interface Port {
  name: string;
  alias?: string;
  type?: string;
  /** as it was set */
  adminUp?: boolean;
  /** bit/s */
  speed?: number;
}

/**
 * The ports of a device that lead to the rest of the network: those whose alias says so, and those of a speed
 * that less than half of its ports have, and no port exceeds. What is switched off or no port of its own is none.
 */
export function uplinksOf<Kind extends Port>(interfaces: readonly Kind[]): Set<Kind> {
  const ports = interfaces.filter(({ name, type }) => !isVirtual(name, type));
  const fastest = fewFastest(ports);
  return new Set(
    ports.filter(
      ({ alias, adminUp, speed }) =>
        adminUp !== false && (isUplink(alias) || (fastest !== undefined && speed === fastest)),
    ),
  );
}

function fewFastest(ports: readonly Port[]): number | undefined {
  const speeds = ports.flatMap(({ speed }) => (speed === undefined || speed <= 0 ? [] : speed));
  const fastest = speeds.reduce((most, speed) => Math.max(most, speed), 0);
  const count = speeds.filter((speed) => speed === fastest).length;
  return count > 0 && count * 2 < speeds.length ? fastest : undefined;
}
