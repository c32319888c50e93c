import type { PageBase } from '../../contract/pages.ts';

type Known = PageBase['devices'][number];

/** devices that a chooser lists at once */
const most = 50;

/** The devices whose title or name has each word of what is typed, whatever its case; in their order. */
export function found(devices: readonly Known[], typed: string): Known[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const has = ({ name, title }: Known) => {
    const text = `${title} ${name}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return devices.filter(has).slice(0, most);
}
