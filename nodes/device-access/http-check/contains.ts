/**
 * Whether a text contains another, in which `*` stands for any characters: the pieces between must
 * come in their order. Takes time proportional to the text, however large.
 */
export function contains(text: string, wanted: string): boolean {
  let from = 0;
  return wanted.split('*').every((piece) => {
    const at = text.indexOf(piece, from);
    from = at + piece.length;
    return at >= 0;
  });
}
