import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Dialect } from '../../../nodes/shared/configurations/dialect.ts';
import { dialects } from '../../../nodes/shared/configurations/dialects/index.ts';
import { readConfiguration } from '../../../nodes/shared/configurations/read-configuration.ts';
import { atOnce } from '../../../nodes/shared/steps.ts';
import { readSession, sessionNames } from '../../support/session-file.ts';

/** Two dialects that read the same texts share a session. */
function sessionOf({ id }: Dialect): string {
  return id.replace(/-http$/, '');
}

function read(dialect: Dialect, raw: string) {
  return atOnce(readConfiguration(dialect, raw, 'a key'));
}

function problemOf(dialect: Dialect, raw: string): string | undefined {
  try {
    read(dialect, raw);
    return undefined;
  } catch (error) {
    return (error as { key: string }).key;
  }
}

/** All regular expressions within a value. */
function expressions(value: unknown): RegExp[] {
  if (value instanceof RegExp) return [value];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(expressions)
    : [];
}

describe('The dialects', () => {
  it('have an id of their own each, and a session to test them with', () => {
    const ids = dialects.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
    assert.deepEqual([...new Set(dialects.map(sessionOf))].sort(), sessionNames().sort());
  });

  it('stand in the order of their labels', () => {
    const labels = dialects.map(({ label }) => label);
    assert.deepEqual(
      labels,
      [...labels].sort((a, b) => a.localeCompare(b, 'en')),
    );
  });

  it('are all files of their folder', () => {
    const folder = new URL('../../../nodes/shared/configurations/dialects/', import.meta.url);
    const known = new Set(dialects.map(sessionOf));
    const shared = ['end-mark.ts', 'index.ts', 'industry-standard.ts'];
    // One file may have several versions of a system, or of its makers.
    const other = readdirSync(folder).filter(
      (file) => !shared.includes(file) && !known.has(file.replace(/\.ts$/, '')),
    );
    assert.deepEqual(other, []);
  });

  for (const dialect of dialects) {
    describe(dialect.label, () => {
      const session = readSession(sessionOf(dialect));
      const [raw, saved] = [...session.answers.values()] as [string, string | undefined];
      const renewed = new Set(session.renewed);

      it('keeps what counts', () => {
        const lines = read(dialect, raw).text.split('\n');
        for (const line of session.kept) assert.ok(lines.includes(line), line);
      });

      it('leaves no secret, and a mark in the place of each', () => {
        const { text } = read(dialect, raw);
        for (const secret of [...session.secrets, ...session.renewed]) {
          assert.ok(raw.includes(secret), secret);
          assert.ok(!text.includes(secret), secret);
        }
        assert.match(text, /<secret [\da-f]{8}>/);
      });

      it('takes what the device changes by itself for no change', () => {
        let next = raw;
        for (const [from, to] of [
          ...session.volatile,
          ...session.renewed.map((secret): [string, string] => [secret, `other${secret}`]),
        ]) {
          assert.ok(next.includes(from), from);
          next = next.replaceAll(from, to);
        }
        assert.equal(read(dialect, next).compared, read(dialect, raw).compared);
      });

      it('takes each other secret for a change, and for nothing but that', () => {
        const before = read(dialect, raw).compared.split('\n');
        for (const secret of session.secrets.filter((one) => !renewed.has(one))) {
          const after = read(dialect, raw.replaceAll(secret, `${secret}2`)).compared.split('\n');
          const changed = after.filter((line, i) => line !== before[i]);
          assert.ok(changed.length > 0, secret);
          assert.equal(after.length, before.length);
          for (const line of changed) assert.match(line, /<secret [\da-f]{8}>/);
        }
      });

      it('takes each other line for a change', () => {
        const { compared } = read(dialect, raw);
        for (const line of session.kept.filter((one) => compared.includes(one))) {
          const other = raw.replace(line.trim(), `${line.trim()}x`);
          if (other === raw || problemOf(dialect, other) !== undefined) continue;
          assert.notEqual(read(dialect, other).compared, compared, line);
        }
      });

      it('reads the same whatever ends the lines', () => {
        const { text } = read(dialect, raw);
        assert.equal(read(dialect, raw.replaceAll('\n', '\r\n')).text, text);
        assert.equal(read(dialect, `\r\n${raw}\n\n`).text, text);
      });

      it('tells who changed it', () => {
        assert.equal(read(dialect, raw).changedBy, session.changedBy);
      });

      it('refuses an error', () => {
        for (const answer of session.refused) {
          assert.equal(problemOf(dialect, answer), 'configurationRefused', answer);
        }
        assert.equal(problemOf(dialect, ''), 'configurationEmpty');
      });

      it('refuses what is cut off, where the system shows where it ends', () => {
        const lines = raw.trimEnd().split('\n');
        if (dialect.whole?.last ?? dialect.whole?.mark) {
          assert.equal(problemOf(dialect, lines.slice(0, -2).join('\n')), 'configurationCut');
        }
        const end = lines.slice(-2);
        if (dialect.whole?.mark !== undefined) {
          assert.equal(end.pop(), dialect.whole.mark);
          assert.doesNotMatch(read(dialect, raw).text, /# end of|\n\n$/);
        }
        // Any line of a UniFi shows as much as its first.
        if (dialect.whole?.first && !end.some((line) => dialect.whole!.first!.test(line))) {
          assert.equal(problemOf(dialect, end.join('\n')), 'configurationCut');
        }
      });

      if (dialect.saved) {
        it('reads the saved configuration as well', () => {
          assert.ok(read(dialect, saved!).text.length > 0);
        });
      }

      it('has patterns that fit the same text each time, but those of secrets', () => {
        const { secrets, ...rest } = dialect;
        for (const { flags, source } of expressions(rest)) {
          assert.doesNotMatch(flags, /[gy]/, source);
        }
        for (const { flags, source } of expressions(secrets)) {
          assert.doesNotMatch(flags, /y/, source);
        }
      });
    });
  }
});
