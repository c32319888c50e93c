import type { EditorRED } from 'node-red';
import { format } from '../contract/units.ts';
import { nameList } from '../protocols/interface-choice.ts';
import { askedInterfaces, offeredAddresses } from '../shared/editor/open-addresses.ts';
import { tryOut } from '../shared/editor/try-out.ts';
import { interfaceChecks, interfaceFilter } from '../shared/match/interface-filter.ts';
import { uplinksOf } from '../shared/match/uplinks.ts';
import { errorText, type Translate } from '../shared/problem.ts';
import type { DiscoverRequest, ListedInterface } from './discover.ts';
import type { EditedAccess } from './edited-access.ts';

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
  const group = $('#netmon-access-interfaces');
  const asked = askedInterfaces();
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
      lines = interfaces.map((found) => line(found, t));
      summary = $('<div class="netmon-hint">');
      const body = $('<tbody>').append(lines.map(({ row }) => row));
      const table = $('<table>').append(headings(t), body);
      element.append(
        search(lines, t, chooseOnly),
        summary,
        $('<div class="netmon-list">').append(table),
      );
      if (asked !== undefined) group.get(0)?.scrollIntoView({ block: 'start' });
      // Before the preview hears of it, which sets the ticks.
      for (const { tick } of lines) tick.on('input', choose);
      preview();
    },
  });
  group.on('input change', preview);

  if (asked === undefined) return;
  $('#netmon-access-device').val(asked);
  // Once the dialog has opened what was changed, and closed the other groups.
  setTimeout(() => {
    group.prop('open', true);
    $('#netmon-access-discover').trigger('click');
  });

  function chooseOnly(shown: readonly Line[]) {
    for (const line of lines) line.tick.prop('checked', shown.includes(line));
    choose();
  }

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
    $('<td class="netmon-word">').text(type),
    $('<td class="netmon-word">').text(t(`device-access.discover.${status}`)),
    $('<td class="netmon-number">').text(speed === undefined ? '' : format(speed, 'bit/s')),
  );
  return { found, row, tick };
}

function headings(t: Translate): JQuery {
  const words = ['name', 'alias', 'type', 'status', 'speed'] as const;
  const cells = words.map((word) => $('<th>').text(t(`device-access.discover.${word}`)));
  cells.at(-1)!.addClass('netmon-number');
  return $('<thead>').append($('<tr>').append(cells));
}

/** The line above the list: it shows some of it only, and has those chosen alone. */
function search(
  lines: readonly Line[],
  t: Translate,
  chooseOnly: (shown: readonly Line[]) => void,
): JQuery {
  const uplinks = uplinksOf(lines.map(({ found }) => found));
  const find = t('device-access.discover.search');
  const words = $('<input type="text">').attr({ placeholder: find, 'aria-label': find });
  const onlyUplinks = $('<input type="checkbox">').prop('disabled', uplinks.size === 0);
  const count = { count: String(uplinks.size) };
  const label = $('<label>').append(
    onlyUplinks,
    $('<span>').text(t('device-access.discover.uplinks', count)),
  );
  const isSought = ({ found }: Line) => {
    if (onlyUplinks.is(':checked') && !uplinks.has(found)) return false;
    const { name, alias = '', type = '' } = found;
    const sought = String(words.val()).trim().toLowerCase();
    return [name, alias, type].some((text) => text.toLowerCase().includes(sought));
  };
  const only = $('<button type="button" class="red-ui-button red-ui-button-small">')
    .text(t('device-access.discover.only'))
    .on('click', () => chooseOnly(lines.filter(isSought)));
  // Its own: what is typed here is no setting.
  return $('<div class="netmon-found">')
    .append(words, label, only)
    .on('input change', (event) => {
      event.stopPropagation();
      for (const line of lines) line.row.toggle(isSought(line));
    });
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
