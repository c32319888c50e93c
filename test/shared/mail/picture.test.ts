import assert from 'node:assert/strict';
import { crc32, inflateSync } from 'node:zlib';
import { valueAxis } from '../../../nodes/shared/mail/picture/axis.ts';
import {
  IndexedImage,
  type Rgb,
  textWidth,
} from '../../../nodes/shared/mail/picture/indexed-image.ts';
import { drawMetric, type PictureData } from '../../../nodes/shared/mail/picture/metric-picture.ts';
import { toPng } from '../../../nodes/shared/mail/picture/png.ts';

const colors: readonly Rgb[] = [
  [255, 255, 255],
  [0, 0, 0],
  [200, 10, 20],
];
const hour = 3_600_000;
/** 14 November 2026, midnight in Berlin */
const midnight = Date.UTC(2026, 10, 13, 23);

/** What a picture shows, a character a pixel. */
function shown(image: IndexedImage): string[] {
  return Array.from({ length: image.height }, (_, y) =>
    Array.from({ length: image.width }, (__, x) => ' #o'[image.at(x, y)]).join(''),
  );
}

/** The chunks of a PNG file by their names, each with a check that was computed anew. */
function chunks(png: Buffer): Record<string, Buffer> {
  assert.equal(png.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
  const found: Record<string, Buffer> = {};
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const named = png.subarray(at + 4, at + 8 + length);
    assert.equal(png.readUInt32BE(at + 8 + length), crc32(named));
    found[named.subarray(0, 4).toString()] = named.subarray(4);
    at += length + 12;
  }
  return found;
}

function drawn(data: PictureData): IndexedImage {
  const drawing = drawMetric(data);
  for (;;) {
    const step = drawing.next();
    if (step.done) return step.value;
  }
}

/** A day in steps of 5 minutes. */
function day(value: (step: number) => number, more: Partial<PictureData> = {}): PictureData {
  const steps = Array.from({ length: 288 }, (_, i) => value(i));
  return {
    edges: Array.from({ length: 289 }, (_, i) => midnight + i * 300_000),
    average: steps,
    min: steps,
    max: steps,
    ...{ unit: '%', limit: null, zone: 'Europe/Berlin' },
    ...more,
  };
}

/** The places of the palette that a column of a picture has, from the top. */
function column(image: IndexedImage, x: number): number[] {
  return Array.from({ length: image.height }, (_, y) => image.at(x, y));
}

describe('IndexedImage', () => {
  it('writes letters of 5 by 7 pixels', () => {
    const image = new IndexedImage(17, 7, colors);
    image.write('8%.', 0, 0, 1, 1);
    assert.deepEqual(shown(image), [
      ' ###  ##         ',
      '#   # ##  #      ',
      '#   #    #       ',
      ' ###    #        ',
      '#   #  #         ',
      '#   # #  ##  ##  ',
      ' ###     ##  ##  ',
    ]);
    assert.equal(textWidth('8%.', 1), 17);
  });

  it('writes larger, with a question mark for what it cannot draw', () => {
    const image = new IndexedImage(10, 4, colors);
    image.write('日', 0, 0, 2, 2);
    assert.deepEqual(shown(image), ['  oooooo  ', '  oooooo  ', 'oo      oo', 'oo      oo']);
  });

  it('draws nothing beyond its edges', () => {
    const image = new IndexedImage(3, 2, colors);
    image.fill(-5, -5, 6, 6, 1);
    image.fill(2, 1, 9, 9, 2);
    image.set(3, 0, 1);
    image.set(0, 2, 1);
    assert.deepEqual(shown(image), ['#  ', '  o']);
  });
});

describe('toPng', () => {
  it('has size, palette and pixels as PNG has them, whatever the width', async () => {
    const image = new IndexedImage(3, 2, colors);
    image.set(0, 0, 1);
    image.set(2, 0, 2);
    image.set(1, 1, 2);
    const { IHDR, PLTE, IDAT, IEND } = chunks(await toPng(image));
    assert.deepEqual([...IHDR!], [0, 0, 0, 3, 0, 0, 0, 2, 4, 3, 0, 0, 0]);
    assert.deepEqual([...PLTE!], [255, 255, 255, 0, 0, 0, 200, 10, 20]);
    assert.deepEqual([...inflateSync(IDAT!)], [0, 0x10, 0x20, 0, 0x02, 0x00]);
    assert.equal(IEND!.length, 0);
  });
});

describe('valueAxis', () => {
  it('has round values that cover all, from 0 where that is near', () => {
    assert.deepEqual(valueAxis(3, 93).ticks, [0, 50, 100]);
    assert.deepEqual(valueAxis(0, 0.4).ticks, [0, 0.1, 0.2, 0.3, 0.4]);
    assert.deepEqual(valueAxis(-3, 4).ticks, [-4, -2, 0, 2, 4]);
    assert.deepEqual(valueAxis(1000, 1040).ticks, [1000, 1010, 1020, 1030, 1040]);
  });

  it('has a height where all values are the same', () => {
    assert.deepEqual(valueAxis(0, 0), { low: 0, high: 1, ticks: [0, 0.5, 1] });
    assert.deepEqual(valueAxis(50, 50).ticks[0], 50);
    assert.ok(valueAxis(1e15, 1e15).high > 1e15);
  });
});

describe('drawMetric', () => {
  const palette = { paper: 0, grid: 1, text: 2, band: 3, line: 4, limit: 5 };

  it('is twice as large as it is shown, and opaque', () => {
    const image = drawn(day(() => 50));
    assert.deepEqual([image.width, image.height], [1120, 360]);
    assert.ok(image.palette.length <= 16);
    assert.deepEqual(image.palette[0], [255, 255, 255]);
  });

  it('draws the line of a level metric at its value', () => {
    const image = drawn(day((i) => (i === 0 ? 0 : 50), { limit: 100 }));
    // The plot is 304 high, from 16 to 320.
    const at = column(image, 700).flatMap((color, y) => (color === palette.line ? [y] : []));
    assert.deepEqual(at, [166, 167, 168, 169]);
  });

  it('draws the limit, dashed, over the whole width', () => {
    const image = drawn(day(() => 10, { limit: 80 }));
    // The axis ends there.
    const row = Array.from({ length: image.width }, (_, x) => image.at(x, 16));
    const red = row.filter((color) => color === palette.limit).length;
    assert.ok(red > 500 && red < 700, String(red));
    const without = drawn(day(() => 10));
    assert.ok(!without.pixels.includes(palette.limit));
  });

  it('has a limit in sight that no value comes near', () => {
    assert.ok(drawn(day(() => 1, { limit: 900 })).pixels.includes(palette.limit));
  });

  it('leaves a gap where nothing is known, and shows a value that is alone', () => {
    const isKnown = (i: number) => i < 40 || i === 150 || i > 250;
    const image = drawn(day((i) => (isKnown(i) ? 60 : Number.NaN)));
    const inked = (x: number) => column(image, x).includes(palette.line);
    const left = Array.from({ length: 1120 }, (_, x) => x).find(inked)!;
    const x = (step: number) => Math.round(left + ((step * 300_000) / (24 * hour)) * (1104 - left));
    assert.deepEqual(
      [inked(x(20)), inked(x(100)), inked(x(200)), inked(x(270))],
      [true, false, false, true],
    );
    assert.ok([-2, -1, 0, 1, 2].some((by) => inked(x(150.5) + by)));
  });

  it('draws the range of each step as a band', () => {
    const image = drawn(
      day(() => 50, { min: Array(288).fill(25), max: Array(288).fill(75), limit: 100 }),
    );
    const band = column(image, 700).flatMap((color, y) => (color === palette.band ? [y] : []));
    assert.deepEqual([band[0], band.at(-1)], [92, 244]);
  });

  it('names the hours of the time zone', () => {
    const berlin = drawn(day(() => 5));
    const kolkata = drawn(day(() => 5, { zone: 'Asia/Kolkata' }));
    assert.ok(!Buffer.from(berlin.pixels).equals(Buffer.from(kolkata.pixels)));
  });

  it('draws nothing but its axes where nothing at all is known', () => {
    const image = drawn(day(() => Number.NaN));
    assert.ok(!image.pixels.includes(palette.line));
  });
});
