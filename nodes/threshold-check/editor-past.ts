import { format } from '../contract/units.ts';
import { adminPath } from '../shared/admin-path.ts';
import type { Row } from '../shared/editor/rows.ts';
import type { Translate } from '../shared/problem.ts';
import type { Past } from './past.ts';
import { checkRule, type Rule } from './rule.ts';

const width = 120;
const height = 20;

/**
 * The last day of each rule's series, and how often the rule would have fired, where a history database has it: asked for
 * once, then shown below the rule.
 */
export class RulePasts {
  readonly #t: Translate;
  readonly #node: string;
  readonly #changed: () => void;
  /** by the rule; null while none is known */
  readonly #known = new Map<string, Past | null>();

  /**
   * @param node the id of the check
   * @param changed is told once one more is known
   */
  constructor(t: Translate, node: string, changed: () => void) {
    this.#t = t;
    this.#node = node;
    this.#changed = changed;
  }

  /** The past of a rule; empty where none is known, or not yet, or the rule is not complete. */
  show(row: Row): JQuery {
    const rule = ruleOf(row);
    if (!rule) return $();
    const asked = { ...rule, name: '', summary: '' };
    const key = JSON.stringify({ rule: asked, node: this.#node });
    if (!this.#known.has(key)) this.#ask(key);
    const past = this.#known.get(key);
    return past ? this.#draw(past, rule) : $();
  }

  #ask(key: string) {
    this.#known.set(key, null);
    void $.ajax({
      url: adminPath('threshold-check/past'),
      method: 'POST',
      contentType: 'application/json',
      data: key,
    }).done((past: Past | null) => {
      this.#known.set(key, past);
      if (past) this.#changed();
    });
  }

  #draw(
    { unit, series, low, high, fired, messages }: Past,
    { threshold, relativeTo }: Rule,
  ): JQuery {
    const [least, most] = [Math.min(...known(low)), Math.max(...known(high))];
    const words = {
      low: format(least, unit, navigator.language),
      high: format(most, unit, navigator.language),
    };
    const t = this.#t;
    const svg = element('svg', {
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': t('threshold-check.past.chart', words),
    });
    // A multiple of what other series were is no line.
    const limits = relativeTo ? [] : [threshold];
    const bottom = Math.min(0, least, ...limits);
    const span = Math.max(most, ...limits) - bottom || 1;
    const y = (value: number) => (height - 2 - ((value - bottom) / span) * (height - 4)).toFixed(1);
    const x = (i: number) => ((i / Math.max(1, high.length - 1)) * width).toFixed(1);
    for (const piece of pieces(high)) {
      const points = piece.map(([i, value]) => `${x(i)},${y(value)}`);
      svg.append(element('polyline', { points: points.join(' '), class: 'netmon-past-line' }));
    }
    for (const limit of limits) {
      const at = y(limit);
      svg.append(
        element('line', { x1: '0', x2: `${width}`, y1: at, y2: at, class: 'netmon-past-limit' }),
      );
    }
    const texts = [t('threshold-check.past.range', { ...words, count: String(series) })];
    if (fired === 0) {
      texts.push(t('threshold-check.past.quiet'));
    } else if (fired !== undefined) {
      texts.push(t('threshold-check.past.fired', { count: String(fired) }));
      if (messages !== undefined) {
        texts.push(t('threshold-check.past.messages', { count: String(messages) }));
      }
    }
    return $(svg as Element as HTMLElement).add($('<span>').text(texts.join(' · ')));
  }
}

function ruleOf(row: Row): Rule | undefined {
  try {
    return checkRule('', row);
  } catch {
    return undefined;
  }
}

function known(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}

// A gap is no line; a value alone is a short one.
function pieces(values: readonly (number | null)[]): [number, number][][] {
  const all: [number, number][][] = [[]];
  for (const [i, value] of values.entries()) {
    if (value === null) all.push([]);
    else all.at(-1)!.push([i, value]);
  }
  return all
    .filter(({ length }) => length > 0)
    .map((piece) => (piece.length > 1 ? piece : [piece[0]!, [piece[0]![0] + 0.5, piece[0]![1]]]));
}

function element(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
