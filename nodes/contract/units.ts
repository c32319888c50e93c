/** A number scaled for people, and its unit: 12.3 and "Mbit/s". */
export interface Scaled {
  value: number;
  unit: string;
}

interface Scale {
  base: number;
  prefixes: readonly string[];
}

const decimal: Scale = { base: 1000, prefixes: ['', 'k', 'M', 'G', 'T', 'P'] };
// IEC 80000-13: binary prefixes for bytes.
const binary: Scale = { base: 1024, prefixes: ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] };

const scales: Record<string, Scale> = {
  'bit/s': decimal,
  bit: decimal,
  B: binary,
  'B/s': binary,
};

/** The factor and the unit in which `value` (and its series) reads best: {factor: 1e-6, unit: "Mbit/s"}. */
export function scaleFor(value: number, unit: string): { factor: number; unit: string } {
  const scale = Object.hasOwn(scales, unit) ? scales[unit] : undefined;
  if (!scale || !Number.isFinite(value)) return { factor: 1, unit };
  let step = 0;
  let size = Math.abs(value);
  // What would be rounded to the next prefix has it: 999.9 kbit/s is 1 Mbit/s.
  while (Math.round(size) >= scale.base && step < scale.prefixes.length - 1) {
    size /= scale.base;
    step++;
  }
  return { factor: scale.base ** -step, unit: `${scale.prefixes[step] ?? ''}${unit}` };
}

/** A value in the unit that reads best: 12_300_000 "bit/s" is 12.3 "Mbit/s". */
export function scaled(value: number, unit: string): Scaled {
  const { factor, unit: scaledUnit } = scaleFor(value, unit);
  return { value: value * factor, unit: scaledUnit };
}

/**
 * A value with its unit as people write it: "12.3 Mbit/s", "93 %", "2 d 4 h", "0.02".
 * @param language a BCP 47 tag, for the decimal sign
 */
export function format(value: number, unit: string, language = 'en-US'): string {
  if (unit === 's' && Math.abs(value) >= 60) return duration(value);
  const best = scaled(value, unit);
  const text = significant(best.value, language);
  return best.unit === '1' ? text : `${text} ${best.unit === '1/s' ? '/s' : best.unit}`;
}

/** Seconds as the two largest of days, hours, minutes and seconds: "2 d 4 h", "1 min 30 s". */
export function duration(seconds: number): string {
  const sign = seconds < 0 ? '-' : '';
  let left = Math.round(Math.abs(seconds));
  const parts: string[] = [];
  for (const [size, name] of [
    [86400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ] as const) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return sign + (parts.join(' ') || '0 s');
}

const formats = new Map<string, Intl.NumberFormat>();

// Three significant digits, but never fewer than the whole part has.
function significant(value: number, language: string): string {
  let numbers = formats.get(language);
  if (!numbers) {
    numbers = new Intl.NumberFormat(language, {
      maximumSignificantDigits: 3,
      maximumFractionDigits: 0,
      roundingPriority: 'morePrecision',
      useGrouping: false,
    });
    formats.set(language, numbers);
  }
  return numbers.format(value + 0); // no -0
}
