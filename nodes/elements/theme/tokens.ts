export type ThemeName = 'light' | 'dark';

/**
 * The colours of both themes. Texts (`text` to `info`) have a contrast of at least 4.5:1 on every ground they stand
 * on, lines and signs at least 3:1 (WCAG 2.2), and the states and both directions of traffic can be told apart
 * with protanopia and deuteranopia too; a test computes all of it.
 */
export const themes = {
  light: {
    bg: '#f3f5f7',
    card: '#ffffff',
    track: '#e8edf2',
    line: '#dfe5eb',
    edge: '#7d8a97',
    text: '#17212b',
    muted: '#526171',
    ok: '#0b7a5c',
    warn: '#a05a00',
    crit: '#9c1020',
    off: '#5d6b79',
    info: '#00639b',
    okBar: '#3fa98a',
    warnBar: '#c46a00',
    critBar: '#a00d18',
    infoBar: '#5b8fd0',
    okBg: '#e3f3ed',
    warnBg: '#fdf0dd',
    critBg: '#fbe7e5',
    infoBg: '#e4eff9',
    in: '#0072b2',
    out: '#b35a00',
    focus: '#0057b8',
  },
  dark: {
    bg: '#0e1318',
    card: '#161c23',
    track: '#222b34',
    line: '#27313b',
    edge: '#6f7d8b',
    text: '#e7edf3',
    muted: '#9fadbb',
    ok: '#39c6a3',
    warn: '#f6c36a',
    crit: '#ff6670',
    off: '#93a1af',
    info: '#6cb6f0',
    okBar: '#279b84',
    warnBar: '#f6c96f',
    critBar: '#e6242a',
    infoBar: '#4a78b8',
    okBg: '#12302a',
    warnBg: '#33270f',
    critBg: '#3a1a18',
    infoBg: '#14283a',
    in: '#56b4e9',
    out: '#e69f00',
    focus: '#8ec8ff',
  },
} as const satisfies Record<ThemeName, Record<string, string>>;

export type Tokens = Record<keyof (typeof themes)['light'], string>;

/** The tokens as custom properties, `--nm-<name>`, of what has the class `nm-<theme>`. */
export function tokensCss(): string {
  return Object.entries(themes)
    .map(([name, tokens]) => {
      const lines = Object.entries(tokens).map(([token, color]) => `--nm-${token}:${color}`);
      return `.nm-${name}{color-scheme:${name};${lines.join(';')}}`;
    })
    .join('\n');
}
