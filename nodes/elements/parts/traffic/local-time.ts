/** A time as a field for local times has it: "2026-11-28T20:00". @param time ms since the Unix epoch */
export function localTime(time: number): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return '';
  const two = (value: number) => String(value).padStart(2, '0');
  const year = String(at.getFullYear()).padStart(4, '0');
  const date = [year, two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What such a field says, ms since the Unix epoch; undefined where it says nothing of use. */
export function timeOf(text: string): number | undefined {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? new Date(text).getTime() : Number.NaN;
  return Number.isFinite(time) && time >= 0 ? time : undefined;
}
