import type { EditorRED } from 'node-red';
import { offeredAddresses } from '../shared/editor/open-addresses.ts';
import { tryOut } from '../shared/editor/try-out.ts';
import { interfaceChecks, interfaceFilter } from '../shared/match/interface-filter.ts';
import { errorText, type Translate } from '../shared/problem.ts';
import { format } from '../contract/units.ts';
import type { DiscoverRequest, ListedInterface } from './discover.ts';
import type { EditedAccess } from './edited-access.ts';
import { nameList } from '../protocols/interface-choice.ts';

declare const RED: EditorRED;

/** addresses offered of those that device polls have */
const maxOffered = 50;

const names = () => $('#node-config-input-interfaceNames');

interface Line {
  found: ListedInterface;
  row: JQuery;
  tick: JQuery;
}

/** Makes Discover list the interfaces of a device, with ticks that make the list of names. */
export function discover(t: Translate, read: () => EditedAccess): void {
  const result = $('#netmon-access-found');
  let lines: Line[] = [];
  let summary = $();

  suggestAddresses();
  tryOut<ListedInterface[]>($('#netmon-access-discover'), result, {
    route: 'device-access/discover',
    translate: t,
    body: (): DiscoverRequest => ({
      address: String($('#netmon-access-device').val()).trim(),
      access: read(),
    }),
    show(element, interfaces) {
      summary = $('<div class="netmon-hint">').appendTo(element);
      lines = interfaces.map((found) => line(found, t));
      const body = $('<tbody>').append(lines.map(({ row }) => row));
      $('<table>').append(body).appendTo(element);
      // Before the preview hears of it, which sets the ticks.
      for (const { tick } of lines) tick.on('input', choose);
      preview();
    },
  });
  $('#netmon-access-interfaces').on('input change', preview);

  function choose() {
    const ticked = lines.filter(({ tick }) => tick.is(':checked'));
    const list = nameList(
      lines.map(({ found }) => found.name),
      new Set(ticked.map(({ found }) => found.name)),
    );
    names().val(list).trigger('change');
  }

  function preview() {
    if (lines.length === 0 || !result.get(0)?.contains(summary.get(0) ?? null)) return;
    try {
      const filter = interfaceFilter(read());
      const named = interfaceChecks.interfaceNames(names().val());
      let taken = 0;
      for (const { found, row, tick } of lines) {
        const takes = filter.takes(found);
        if (takes) taken++;
        row.toggleClass('netmon-out', !takes);
        tick.prop('checked', named.takes(found.name));
      }
      const count = { taken: String(taken), count: String(lines.length) };
      summary.text(t('device-access.discover.taken', count));
    } catch (error) {
      summary.text(errorText(error, t));
    }
  }
}

function line(found: ListedInterface, t: Translate): Line {
  const tick = $('<input type="checkbox">').attr('aria-label', found.name);
  const { alias = '', type = '', up, adminUp, speed } = found;
  const status = adminUp === false ? 'disabled' : up === undefined ? 'unknown' : up ? 'up' : 'down';
  const row = $('<tr>').append(
    $('<td>').append($('<label>').append(tick, $('<span>').text(found.name))),
    $('<td>').text(alias),
    $('<td>').text(type),
    $('<td>').text(t(`device-access.discover.${status}`)),
    $('<td class="netmon-number">').text(speed === undefined ? '' : format(speed, 'bit/s')),
  );
  return { found, row, tick };
}

// Those of a device poll whose dialog is open below come first.
function suggestAddresses() {
  const offered = new Set(offeredAddresses());
  RED.nodes.eachNode((node) => {
    const { type, devices } = node as unknown as { type: string; devices?: { address: string }[] };
    if (type === 'netmon-device-poll') devices?.forEach(({ address }) => offered.add(address));
    return true;
  });
  const list = [...offered].slice(0, maxOffered);
  $('#netmon-access-devices').append(list.map((address) => $('<option>').val(address)));
  $('#netmon-access-device').val(list[0] ?? '');
}
