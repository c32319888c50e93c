import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dialects } from '../../../nodes/shared/configurations/dialects/index.ts';
import { readConfiguration } from '../../../nodes/shared/configurations/read-configuration.ts';
import type { TextRules } from '../../../nodes/shared/configurations/text-rules.ts';
import { atOnce } from '../../../nodes/shared/steps.ts';
import { readSession } from '../../support/session-file.ts';

function read(rules: Partial<TextRules>, raw: string, key = 'a key') {
  return atOnce(readConfiguration({ label: 'Lab', secrets: [], ...rules }, raw, key));
}

const text = (rules: Partial<TextRules>, raw: string) => read(rules, raw).text;
/** A text with all marks alike. */
const bare = (marked: string) => marked.replace(/<secret [\da-f]{8}>/g, '<secret>');

describe('readConfiguration', () => {
  it('leaves out empty lines around, blanks at ends, control characters and escape codes', () => {
    const raw = '\r\n \n\u0000hostname a  \r\n\r\n\u001b[24;1Hend\u001b[K\u0007\n\n';
    assert.equal(text({}, raw), 'hostname a\n\nend\n');
    assert.equal(text({}, '\ttab'), '\ttab\n');
  });

  it('refuses what is empty, no text, an error or cut off', () => {
    const rules = {
      refused: [/^% /],
      whole: { first: /^version /, last: /^end$/ },
      volatile: [{ from: /^begin/, to: /^stop/ }],
    };
    const refusal = (raw: string) => {
      try {
        return text(rules, raw);
      } catch (error) {
        return (error as Error).message;
      }
    };
    assert.equal(refusal(' \r\n\n'), 'the device sent nothing as its configuration');
    assert.match(refusal('\u0000\u0001\ufffd'.repeat(100)), /^what the device sent is no text/);
    assert.match(
      refusal(`version 1\n${'x'.repeat(1_000_001)}\nend`),
      /^what the device sent is no text/,
    );
    assert.match(refusal('% No rights\u202e here'), /: % No rights here$/);
    assert.match(refusal('hostname a\nend'), /no whole configuration of Lab \(2 lines\)/);
    assert.match(refusal('version 1\nhostname a'), /no whole configuration of Lab \(2 lines\)/);
    // Volatile without an end would take all that follows.
    assert.match(refusal('version 1\nbegin\nend'), /no whole configuration/);
    assert.equal(refusal('version 1\nend'), 'version 1\nend\n');
  });

  it('finds an error within a long text only where it begins', () => {
    const lines = Array.from({ length: 40 }, (_, i) => `line ${i}`);
    const rules = { refused: [/^% /] };
    assert.equal(text(rules, [...lines, '% a banner'].join('\n')).split('\n').length, 42);
    assert.throws(() => text(rules, ['% no', ...lines].join('\n')), {
      key: 'configurationRefused',
    });
  });

  it('has the same mark for the same secret and key only', () => {
    const rules = { secrets: [/^password (?<secret>\S+)/] };
    const mark = (raw: string, key = 'a key') => read(rules, raw, key).text;
    assert.match(mark('password abc'), /^password <secret [\da-f]{8}>\n$/);
    assert.equal(mark('password abc'), mark('password abc'));
    assert.notEqual(mark('password abc'), mark('password abd'));
    assert.notEqual(mark('password abc'), mark('password abc', 'another key'));
  });

  it('takes secrets that overlap as one, and finds several in a line', () => {
    const rules = { secrets: [/^a (?<secret>\S+)/, /^(?<secret>a b)/, /(?<==)(?<secret>\w+)/g] };
    assert.equal(bare(text(rules, 'a bcd x=1 y=2')), '<secret> x=<secret> y=<secret>\n');
  });

  it('masks what goes over several lines, to its end and no further', () => {
    const rules = { secrets: [{ find: /^key '(?<secret>.*)/, to: /'/ }, /(?<secret>also)/] };
    assert.equal(
      bare(text(rules, "key 'one\ntwo\n three' and also\nend")),
      "key '<secret>' and <secret>\nend\n",
    );
    assert.equal(bare(text(rules, "key 'one' two\nend")), "key '<secret>' two\nend\n");
    assert.equal(bare(text(rules, "key 'one\ntwo")), "key '<secret>\n");
  });

  it('masks private keys of any system', () => {
    const raw = 'a\n-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----\nb';
    const masked = 'a\n-----BEGIN RSA PRIVATE KEY-----<secret>-----END RSA PRIVATE KEY-----\nb\n';
    assert.equal(bare(text({}, raw)), masked);
  });

  it('takes a secret for one in its section only', () => {
    const rules = {
      section: /^\S/,
      secrets: [{ find: /^ name (?<secret>\S+)/, under: /^snmp$/ }],
    };
    const raw = 'users\n name a\nsnmp\n name b';
    assert.equal(bare(text(rules, raw)), 'users\n name a\nsnmp\n name <secret>\n');
  });

  it('joins lines that go on', () => {
    const rules = { continued: { end: '\\', blank: '\\_' } };
    assert.equal(text(rules, 'a=\\\n    b \\\n  \\_c\nd\\'), 'a=b  c\nd\n');
  });

  it('keeps comments, whose change is none, and hears from them who changed it', () => {
    const rules = { comments: [/^!/], changedBy: [/^! by (?<user>.+)/, /^! at (?<time>.+)/] };
    const { text: kept, compared, changedBy } = read(rules, '! by eve\nhostname a\n! at noon');
    assert.equal(kept, '! by eve\nhostname a\n! at noon\n');
    assert.equal(compared, 'hostname a\n');
    assert.equal(changedBy, 'eve, noon');
  });

  it('gives a whole text for any answer or a problem, and never a secret', () => {
    const session = readSession('ios');
    const [raw] = [...session.answers.values()] as [string];
    const ios = dialects.find(({ id }) => id === 'ios')!;
    const lines = raw.split('\n');
    const line = fc.oneof(fc.constantFrom(...lines), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(line), fc.string({ minLength: 6 }), (some, secret) => {
        const word = `Q${secret.replace(/\W/g, 'x')}Q`;
        const asked = [...some, `snmp-server community ${word} RO`, 'end'].join('\n');
        try {
          const { text: kept } = atOnce(readConfiguration(ios, asked, 'a key'));
          assert.ok(!kept.includes(`community ${word}`));
          assert.ok(kept.endsWith('end\n'));
        } catch (error) {
          assert.equal((error as Error).name, 'Problem');
          assert.ok(!(error as Error).message.includes(word));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('The patterns of the dialects', () => {
  // Each is a text that a pattern which tries many ways through a line takes hours for. Linear ones take seconds for
  // all of them; the test's time-out is what fails.
  const length = 200_000;
  const hostile = [
    ' '.repeat(length),
    'a'.repeat(length),
    '"\\'.repeat(length / 2),
    '://a:'.repeat(length / 5),
    ` password=${'"\\"'.repeat(length / 3)}`,
    `username ${'secret '.repeat(length / 7)}`,
    `snmp-server user ${'auth priv '.repeat(length / 10)}`,
    `set ${'name='.repeat(length / 5)}`,
    '<password>'.repeat(length / 10),
    `<key>${'a'.repeat(length)}`,
    '-----BEGIN PRIVATE KEY-----'.repeat(length / 27),
    'key authentication-key 1 md5 '.repeat(length / 30),
    `username x ${'password 1 '.repeat(length / 11)}`,
    `${'1'.repeat(length)} key-string`,
    `radius-server ${'key '.repeat(length / 4)}`,
    '\t \u0007\u001b['.repeat(length / 5),
    'a.password.'.repeat(length / 11),
    `#${' by'.repeat(length / 3)}`,
  ];

  for (const dialect of dialects) {
    it(`take no long time for long lines: ${dialect.label}`, function () {
      this.timeout(20_000);
      const rules = { ...dialect, whole: {} };
      for (const line of hostile) {
        const raw = `${line}\nhostname a\n${line}`;
        try {
          atOnce(readConfiguration(rules, raw, 'a key'));
        } catch (error) {
          assert.equal((error as Error).name, 'Problem');
        }
        for (const { pattern } of dialect.questions ?? []) pattern.test(line.slice(0, 300));
        dialect.prompt?.test(line.slice(0, 300));
      }
    });
  }

  it('take no long time for a large configuration', function () {
    this.timeout(20_000);
    const session = readSession('ios');
    const [raw] = [...session.answers.values()] as [string];
    const ios = dialects.find(({ id }) => id === 'ios')!;
    const many = Array.from({ length: 20_000 / 50 }, () => raw).join('');
    assert.ok(atOnce(readConfiguration(ios, many, 'a key')).compared.length > 100_000);
  });
});
