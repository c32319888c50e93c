// The element <netmon-heat-map>: its property `data` is what chart data sends for a heat map. All texts are
// set as text, whatever they hold. It stands in a card of a dashboard, so its theme is that of its surroundings.

import { themeAround } from './theme/around.ts';
import { onThemeChange } from './theme/choice.ts';
import { tellPage } from './theme/page.ts';
import { tokensCss } from './theme/tokens.ts';

interface HeatMap {
  rows: string[];
  columns: string[];
  cells: (number | null)[][];
  unit: string;
  none: string;
}

// Viridis (Nuñez, Anderton and Renslow 2018): it grows evenly lighter, for colour-blind people too.
const scale = [
  '#440154',
  '#46327e',
  '#365c8d',
  '#277f8e',
  '#1fa187',
  '#4ac16d',
  '#a0da39',
  '#fde725',
];

const style = `
${tokensCss()}
:host { display: block; color: inherit; font-size: 12px; position: relative; }
table { border-collapse: separate; border-spacing: 1px; table-layout: fixed; width: 100%; }
th { color: var(--nm-muted); font-weight: normal; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
tbody th { text-align: right; padding-right: 6px; }
thead th { text-align: left; vertical-align: bottom; white-space: normal; }
col.names { width: 76px; }
td { height: 14px; padding: 0; }
td.none { background: repeating-linear-gradient(45deg, var(--nm-line) 0 3px, transparent 3px 6px); }
td:hover, td:focus { outline: 2px solid var(--nm-focus); outline-offset: -1px; }
.legend { color: var(--nm-muted); align-items: center; display: flex; gap: 6px; justify-content: flex-end; margin-top: 6px; }
.legend i { background: linear-gradient(to right, ${scale.join(', ')}); height: 10px; width: 120px; }
output { color: var(--nm-text); display: block; min-height: 16px; text-align: right; }
`;

class NetmonHeatMap extends HTMLElement {
  #data: HeatMap | undefined;
  readonly #root = this.attachShadow({ mode: 'open' });

  #endTheme: (() => void) | undefined;

  connectedCallback(): void {
    this.#endTheme = onThemeChange(() => this.#draw());
    // A page may have set it before this file was there: such a property hides the setter.
    if (Object.hasOwn(this, 'data')) {
      const { data } = this;
      delete (this as Partial<NetmonHeatMap>).data;
      this.data = data;
    }
    this.#draw();
  }

  disconnectedCallback(): void {
    this.#endTheme?.();
  }

  get data(): HeatMap | undefined {
    return this.#data;
  }

  set data(data: HeatMap | undefined) {
    this.#data = data && Array.isArray(data.cells) ? data : undefined;
    this.#draw();
  }

  #draw(): void {
    const sheet = made('style', style);
    const data = this.#data;
    if (!data) {
      this.#root.replaceChildren(sheet);
      return;
    }
    const values = data.cells.flat().filter((value) => value !== null);
    const lowest = values.reduce((a, b) => Math.min(a, b), Infinity);
    const highest = values.reduce((a, b) => Math.max(a, b), -Infinity);
    const told = made('output', ' ');
    const head = made('tr', '', made('th', ''), ...headings(data.columns));
    const rows = data.rows.map((row, y) => {
      const cells = data.columns.map((column, x) => {
        const value = data.cells[y]?.[x] ?? null;
        const cell = made('td', '');
        const text = `${row}, ${column}: ${value === null ? data.none : withUnit(value, data.unit)}`;
        cell.title = text;
        cell.setAttribute('aria-label', text);
        // By finger or pen there is no title.
        cell.addEventListener('pointerenter', () => (told.textContent = text));
        if (value === null) cell.className = 'none';
        else cell.style.backgroundColor = colorOf(value, lowest, highest);
        return cell;
      });
      const name = made('th', row);
      name.title = row;
      return made('tr', '', name, ...cells);
    });
    const names = made('col', '');
    names.className = 'names';
    const columns = made('colgroup', '', names, ...data.columns.map(() => made('col', '')));
    const table = made('table', '', columns, made('thead', '', head), made('tbody', '', ...rows));
    const box = made('div', '', table, told);
    box.className = `nm-${themeAround(getComputedStyle(this).color)}`;
    if (values.length > 0) box.append(legend(lowest, highest, data.unit));
    this.#root.replaceChildren(sheet, box);
  }
}

function made<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  text: string,
  ...children: HTMLElement[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.textContent = text;
  element.append(...children);
  return element;
}

// So many that they do not run into each other.
function headings(columns: readonly string[]): HTMLElement[] {
  const each = Math.ceil(columns.length / 4);
  return columns.flatMap((column, i) => {
    if (i % each !== 0) return [];
    const heading = made('th', column);
    heading.colSpan = Math.min(each, columns.length - i);
    return [heading];
  });
}

function legend(lowest: number, highest: number, unit: string): HTMLElement {
  const bar = made('i', '');
  const ends = [lowest, highest].map((value) => made('span', withUnit(value, unit)));
  const line = made('div', '', ends[0]!, bar, ends[1]!);
  line.className = 'legend';
  return line;
}

function withUnit(value: number, unit: string): string {
  return unit === '' ? String(value) : `${value} ${unit}`;
}

function colorOf(value: number, lowest: number, highest: number): string {
  const place = highest > lowest ? (value - lowest) / (highest - lowest) : 0;
  return mixed(place * (scale.length - 1));
}

function mixed(at: number): string {
  const below = Math.min(Math.floor(at), scale.length - 2);
  const [from, to] = [parts(scale[below]!), parts(scale[below + 1]!)];
  const share = at - below;
  const [red, green, blue] = from.map((part, i) => Math.round(part + (to[i]! - part) * share));
  return `rgb(${red}, ${green}, ${blue})`;
}

function parts(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

tellPage();
if (!customElements.get('netmon-heat-map')) customElements.define('netmon-heat-map', NetmonHeatMap);
