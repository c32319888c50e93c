/**
 * The colours of lines, slices and bars. Any two can be told apart with normal sight, protanopia and
 * deuteranopia (CIEDE2000 of at least 10 as Machado, Oliveira and Fernandes 2009 simulate it), and each
 * stands out from a white and from a dark page (contrast of at least 3:1, WCAG 2.2, 1.4.11).
 */
export const palette = [
  '#0072B2',
  '#D55E00',
  '#009E73',
  '#7788FF',
  '#A05A42',
  '#4099AA',
  '#007777',
] as const;
