/** Draws a straight line; px of the canvas. */
export function line(
  ctx: CanvasRenderingContext2D,
  color: string,
  dash: number[],
  ...[x1, y1, x2, y2]: [number, number, number, number]
) {
  ctx.strokeStyle = color;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}

/** Writes the words of a chart, each below those that stand where it would stand. */
export class Labels {
  readonly #ctx: CanvasRenderingContext2D;
  readonly #rim: string;
  readonly #ratio: number;
  readonly #taken: { left: number; right: number; y: number }[] = [];

  constructor(ctx: CanvasRenderingContext2D, rim: string, ratio: number) {
    this.#ctx = ctx;
    this.#rim = rim;
    this.#ratio = ratio;
  }

  write(text: string, color: string, left: number, y: number) {
    const ctx = this.#ctx;
    const height = 14 * this.#ratio;
    const right = left + ctx.measureText(text).width;
    const isTaken = (at: number) =>
      this.#taken.some(
        (one) => left < one.right && right > one.left && Math.abs(one.y - at) < height,
      );
    const free = [0, 1, 2, 3].map((row) => y + row * height).find((at) => !isTaken(at));
    if (free === undefined) return;
    this.#taken.push({ left, right, y: free });
    ctx.setLineDash([]);
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'left';
    ctx.lineJoin = 'round';
    // With a rim in the card's colour, so that it can be read over lines.
    ctx.strokeStyle = this.#rim;
    ctx.lineWidth = 4 * this.#ratio;
    ctx.strokeText(text, left, free);
    ctx.lineWidth = this.#ratio;
    ctx.fillStyle = color;
    ctx.fillText(text, left, free);
  }
}

/** A text cut to a width, with an ellipsis. */
export function fitting(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) return text;
  let kept = Array.from(text);
  while (kept.length > 1 && ctx.measureText(`${kept.join('')}…`).width > width) {
    kept = kept.slice(0, -1);
  }
  return `${kept.join('')}…`;
}
