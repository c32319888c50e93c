const steps = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** How long ago something was, in a language: "3 hr. ago". @param time ms since the Unix epoch */
export function ago(time: number, language: string): string {
  const seconds = Math.max(0, Math.round((Date.now() - time) / 1000));
  const format = new Intl.RelativeTimeFormat(language, { style: 'short' });
  const [unit, length] = steps.find(([, least]) => seconds >= least) ?? ['second', 1];
  return format.format(-Math.round(seconds / length), unit);
}
