import assert from 'node:assert/strict';
import { addTexts, localeOf } from '../../nodes/elements/words/catalogues.ts';
import { languageOf, Words } from '../../nodes/elements/words/words.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('Words of the elements', () => {
  const english = new Words('en');
  const german = new Words('de-AT');

  it('write numbers with units as the language does', () => {
    assert.equal(english.value(12_345_678, 'bit/s'), '12.3 Mbit/s');
    assert.equal(german.value(12_345_678, 'bit/s'), '12,3 Mbit/s');
    assert.equal(english.value(null, 'bit/s'), '–');
    assert.equal(english.value(NaN, '%'), '–');
    assert.equal(english.number(1000), '1000');
    assert.equal(english.number(12_345.678, 1), '12,345.7');
  });

  it('write shares with as many digits as can be read', () => {
    const written = [0, 0.00293, 0.0538, 0.556, 3.24, 41.4, 100].map((value) =>
      english.percent(value),
    );
    assert.deepEqual(written, ['0 %', '<0.01 %', '0.05 %', '0.56 %', '3.2 %', '41 %', '100 %']);
    assert.equal(english.share(0.003), '0.3 %');
    assert.equal(german.percent(0.001), '<0,01 %');
  });

  it('call nothing 100 % available that was down', () => {
    const written = [100, 99.9999, 99.93, 99.9, 0].map((value) => english.availability(value));
    assert.deepEqual(written, ['100 %', '99.99 %', '99.93 %', '99.90 %', '0 %']);
    assert.equal(english.availability(undefined), '–');
  });

  it('tell times by their largest unit', () => {
    const spans = [4999, 14 * minute, 47 * hour, 48 * hour, 41 * 24 * hour, -5];
    assert.deepEqual(
      spans.map((span) => english.span(span)),
      ['4 s', '14 min', '47 h', '2 days', '41 days', '0 s'],
    );
    assert.equal(english.ago(0, 14 * minute), '14 min ago');
    assert.equal(german.ago(0, 3 * 24 * hour), 'vor 3 Tagen');
    const then = new Date(2026, 7, 3, 9, 5).getTime();
    assert.equal(english.ago(then, then + 61 * 24 * hour), '2026-08-03');
    assert.equal(german.moment(then), '2026-08-03 09:05');
    assert.equal(english.moment(NaN), '– –');
  });

  it('count in the forms of the language', () => {
    const args = { state: english.state('down') };
    assert.equal(english.count('elements.headline.devices', 1, args), '1 device down');
    assert.equal(english.count('elements.headline.devices', 2, args), '2 devices down');
  });

  it('are English where there are none, with English numbers', () => {
    const other = new Words('tlh');
    assert.equal(other.state('up'), 'up');
    assert.equal(other.value(1.5, 'ms'), '1.5 ms');
    assert.equal(new Words('not a language!').language, 'en');
  });

  it('speak a language once its texts are there, and English where one is missing', () => {
    assert.equal(new Words('eo').state('up'), 'up');
    addTexts('eo', { elements: { state: { up: 'atingebla' } } });
    const esperanto = new Words('eo');
    assert.equal(esperanto.state('up'), 'atingebla');
    assert.equal(esperanto.state('down'), 'down');
    assert.equal(esperanto.language, 'eo');
  });

  it('are in the locale that the readers of a language can read', () => {
    addTexts('sr-Latn', {});
    addTexts('sr', {});
    const asked = ['en-GB', 'de-CH', 'sr-Latn-RS', 'sr-RS', 'tlh', '', 'not a language!'];
    const found = ['en-US', 'de', 'sr-Latn', 'sr', undefined, undefined, undefined];
    assert.deepEqual(asked.map(localeOf), found);
  });

  it('call a metric that is not known by its name', () => {
    assert.equal(german.metric('memory_usage'), 'Speicher');
    assert.equal(english.metric('fan_speed'), 'fan speed');
    assert.equal(english.metric('__proto__'), '  proto  ');
  });
});

describe('The language of an element', () => {
  it('is that around it, or of the page, or of the browser', () => {
    assert.equal(languageOf('de', 'fr', ['en']), 'de');
    assert.equal(languageOf('', 'de', ['en']), 'de');
    // Every page of Dashboard 2 says "en".
    assert.equal(languageOf('', 'en', ['fr', 'de-CH', 'en']), 'de-CH');
    assert.equal(languageOf('', '', ['tlh']), 'en');
  });
});
