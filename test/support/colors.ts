// How people see colours, for the tests of palettes.

type Triple = [number, number, number];

/** Kinds of sight: Machado, Oliveira and Fernandes 2009, severity 1.0, over linear RGB. */
export const sights: Record<string, Triple[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const degrees = (angle: number) => (angle * 180) / Math.PI;
const radians = (angle: number) => (angle * Math.PI) / 180;

// sRGB, IEC 61966-2-1
function linear(color: string): Triple {
  return [1, 3, 5].map((at) => {
    const c = parseInt(color.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Triple;
}

function seen(color: string, sight: string): Triple {
  const rgb = linear(color);
  return sights[sight]!.map((row) => Math.min(1, Math.max(0, dot(row, rgb)))) as Triple;
}

// CIE 1976 L*a*b* under D65
function lab(rgb: Triple): Triple {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f(dot([0.4124564, 0.3575761, 0.1804375], rgb) / 0.95047);
  const y = f(dot([0.2126729, 0.7151522, 0.072175], rgb));
  const z = f(dot([0.0193339, 0.119192, 0.9503041], rgb) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** How far two colours are apart for a kind of sight. CIEDE2000: Sharma, Wu and Dalal 2005. */
export function difference(one: string, other: string, sight: string): number {
  const [l1, a1, b1] = lab(seen(one, sight));
  const [l2, a2, b2] = lab(seen(other, sight));
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 1 + (1 - Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7))) / 2;
  const c1 = Math.hypot(a1 * g, b1);
  const c2 = Math.hypot(a2 * g, b2);
  const h1 = (degrees(Math.atan2(b1, a1 * g)) + 360) % 360;
  const h2 = (degrees(Math.atan2(b2, a2 * g)) + 360) % 360;
  const apart = Math.abs(h1 - h2) > 180;
  const turn = h2 - h1 + (apart ? (h2 > h1 ? -360 : 360) : 0);
  const hue = (h1 + h2) / 2 + (apart ? (h1 + h2 < 360 ? 180 : -180) : 0);
  const dh = 2 * Math.sqrt(c1 * c2) * Math.sin(radians(turn) / 2);
  const l = (l1 + l2) / 2 - 50;
  const c = (c1 + c2) / 2;
  const t =
    1 -
    0.17 * Math.cos(radians(hue - 30)) +
    0.24 * Math.cos(radians(2 * hue)) +
    0.32 * Math.cos(radians(3 * hue + 6)) -
    0.2 * Math.cos(radians(4 * hue - 63));
  const lightness = (l2 - l1) / (1 + (0.015 * l ** 2) / Math.sqrt(20 + l ** 2));
  const chroma = (c2 - c1) / (1 + 0.045 * c);
  const turned = dh / (1 + 0.015 * c * t);
  const rotation =
    -2 *
    Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) *
    Math.sin(radians(60 * Math.exp(-(((hue - 275) / 25) ** 2))));
  return Math.sqrt(lightness ** 2 + chroma ** 2 + turned ** 2 + rotation * chroma * turned);
}

/** The contrast of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [dark, light] = [a, b]
    .map((color) => dot([0.2126, 0.7152, 0.0722], linear(color)) + 0.05)
    .sort((x, y) => x - y);
  return light! / dark!;
}
