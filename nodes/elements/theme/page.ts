import { onThemeChange, themeName } from './choice.ts';

/**
 * Tells the page around the elements their theme, in `data-netmon-theme` of `<html>`: a dashboard's own widgets can
 * then have the same.
 */
export function tellPage(): void {
  const tell = () => (document.documentElement.dataset.netmonTheme = themeName());
  onThemeChange(tell);
  tell();
}
