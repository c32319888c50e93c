import type { InterfaceState } from '../../contract/snapshot.ts';
import { isVirtual } from '../../shared/match/port-kind.ts';
import { uplinksOf } from '../../shared/match/uplinks.ts';
import { interfaceNames } from '../../shared/rates/interface-names.ts';
import { each } from '../../shared/steps.ts';
import { foreignText } from '../../shared/text.ts';
import type { FoundDevice, FoundInterface } from '../look.ts';

/** interfaces of one device that are told */
const maxInterfaces = 2000;
/** characters of a name and of an alias */
const maxName = 100;

/** The interfaces of a device, by the names that its readings have, in its own order. Yields every few. */
export function* foundInterfaces(
  states: readonly InterfaceState[],
  kind: FoundDevice['kind'],
): Generator<void, FoundInterface[]> {
  const told = states.slice(0, maxInterfaces);
  const names = yield* interfaceNames(told);
  const ports: InterfaceState[] = [];
  yield* each(told, (state) => {
    if (!isVirtual(state.name, state.type)) ports.push(state);
  });
  const uplinks = uplinksAmong(ports, kind);
  const physical = new Set(ports);
  const found: FoundInterface[] = [];
  yield* each(told, (state) => {
    const alias = foreignText(state.alias ?? '', maxName);
    const isSwitchedOff = state.adminUp === false;
    found.push({
      name: foreignText(names[found.length]!, maxName),
      ...(alias !== '' && { alias }),
      isUp: state.up === true && !isSwitchedOff,
      isSwitchedOff,
      ...(state.speed !== undefined && { speed: state.speed }),
      isVirtual: !physical.has(state),
      isUplink: uplinks.has(state),
    });
  });
  return found;
}

/** Its uplinks, also where there is little to tell them by: all of a router, and the only port with a link. */
function uplinksAmong(
  ports: readonly InterfaceState[],
  kind: FoundDevice['kind'],
): ReadonlySet<InterfaceState> {
  const usable = ports.filter(({ adminUp }) => adminUp !== false);
  if (kind === 'router') return new Set(usable);
  const linked = usable.filter(({ up }) => up === true);
  return new Set([...uplinksOf(ports), ...(linked.length === 1 ? linked : [])]);
}
