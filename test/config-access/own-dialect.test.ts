import assert from 'node:assert/strict';
import {
  type AccessSettings,
  accessSettings,
  checkSettings,
  isShown,
} from '../../nodes/config-access/config.ts';
import { patternsOf, secretsOf, wildcardOf } from '../../nodes/config-access/own-dialect.ts';
import { dialects } from '../../nodes/shared/configurations/dialects/index.ts';
import { readConfiguration } from '../../nodes/shared/configurations/read-configuration.ts';
import { FieldProblem } from '../../nodes/shared/problem.ts';
import { atOnce } from '../../nodes/shared/steps.ts';

const own: AccessSettings = {
  ...accessSettings.defaults,
  dialect: 'own',
  ownCommands: 'show run',
};

function problemOf(act: () => unknown): [string, string] {
  try {
    act();
  } catch (error) {
    if (error instanceof FieldProblem) return [error.field, error.expected];
    throw error;
  }
  throw new Error('there is no problem');
}

describe('the settings of a configuration access', () => {
  it('give a dialect by its id', () => {
    for (const dialect of dialects) {
      const bare = { ...own, dialect: dialect.id, ownCommands: '' };
      assert.equal(checkSettings(bare).dialect, dialect);
    }
    assert.equal(problemOf(() => checkSettings({ ...own, dialect: 'no such' }))[0], 'dialect');
  });

  it('give a dialect with what the user adds to it', () => {
    const eos = dialects.find(({ id }) => id === 'eos')!;
    const { dialect } = checkSettings({
      ...{ ...own, dialect: 'eos', ownCommands: 'not shown' },
      ...{ ownSecrets: 'token {secret}', ownVolatile: 'uptime', ownComments: '!!' },
    });
    assert.deepEqual([dialect.running, dialect.whole], [eos.running, eos.whole]);
    assert.deepEqual(dialect.secrets.slice(0, eos.secrets.length), eos.secrets);
    const read = (raw: string) => atOnce(readConfiguration(dialect, raw, 'a key'));
    const { text, compared } = read('token abc\nuptime 7\n!! by eve\nenable password 7 x\nend');
    const marked = text.replace(/<secret [\da-f]{8}>/g, '<secret>');
    assert.equal(marked, 'token <secret>\n!! by eve\nenable password 7 <secret>\nend\n');
    assert.doesNotMatch(compared, /eve/);
  });

  it('ask a server for files of the user’s own', () => {
    const linux = dialects.find(({ id }) => id === 'linux')!;
    const asked = { ...own, dialect: 'linux', ownCommands: 'cat /etc/motd\nnft list ruleset' };
    const { dialect } = checkSettings(asked);
    assert.deepEqual(dialect.running, ['cat /etc/motd', 'nft list ruleset']);
    assert.deepEqual(dialect.secrets, linux.secrets);
    const last = checkSettings({ ...asked, ownLast: 'end' }).dialect.whole!.last!;
    assert.deepEqual([last.test('end'), last.test('begin')], [true, false]);
  });

  it('give one of the user’s own', () => {
    const { dialect } = checkSettings({
      ...own,
      ownCommands: ' show run \n\nshow vlan\n',
      ownSaved: 'show start',
      ownSetup: 'no page',
      ownEnable: 'enable',
      ownPrompt: '*#',
      ownPager: '[more]',
      ownLast: 'end',
    });
    assert.deepEqual(
      [dialect.way, dialect.running, dialect.saved, dialect.setup],
      ['shell', ['show run', 'show vlan'], ['show start'], ['no page']],
    );
    assert.equal(dialect.enable!.command, 'enable');
    assert.ok(dialect.prompt!.test('core-1# '));
    assert.ok(!dialect.prompt!.test('core-1>'));
    const [{ pattern, answer }] = dialect.questions as [{ pattern: RegExp; answer: string }];
    assert.ok(pattern.test('[more] ') && !pattern.test('more'));
    assert.equal(answer, ' ');
    assert.ok(dialect.whole!.last!.test('end'));
  });

  it('answer the usual pagers, where no other is told', () => {
    const [{ pattern }] = checkSettings(own).dialect.questions as unknown as [{ pattern: RegExp }];
    for (const pager of [
      '--More--',
      ' --More-- ',
      '-- More --',
      '<--- More --->',
      '(more 40%)',
      '--More (q to quit)--',
    ]) {
      assert.ok(pattern.test(pager), pager);
    }
    for (const line of ['no more', 'description more -- or less']) {
      assert.ok(!pattern.test(line), line);
    }
  });

  it('make requests of commands over HTTP', () => {
    const { dialect } = checkSettings({
      ...own,
      ownWay: 'http',
      ownCommands: '/a?b=c\nGET /d\nPOST /e\nPOST /f {"g": 1}',
    });
    assert.deepEqual(dialect.running, [
      { path: '/a?b=c', methods: ['GET'] },
      { path: '/d', methods: ['GET'] },
      { path: '/e', methods: ['POST'] },
      { path: '/f', methods: ['POST'], body: { g: 1 } },
    ]);
  });

  for (const [field, value, expected, settings] of [
    ['ownCommands', '', 'text', {}],
    ['ownCommands[1]', '/a\nshow run', 'httpCommand', { ownWay: 'http' }],
    ['ownCommands[0]', 'POST /a {b}', 'json', { ownWay: 'http' }],
    ['ownCommands[0]', '/a {"b": 1}', 'httpCommand', { ownWay: 'http' }],
    ['ownVolatile[1]', 'a\n*b*', 'oneStar', {}],
    ['ownSecrets[0]', 'password', 'secretPattern', {}],
    ['ownSecrets[0]', '{secret}', 'secretPattern', {}],
    ['ownSecrets[0]', 'a {secret} {secret}', 'secretPattern', {}],
    ['port', '0', 'between', {}],
    ['url', 'ftp://{address}', 'urlPattern', { ownWay: 'http', ownCommands: '/a' }],
  ] as const) {
    it(`refuse ${JSON.stringify(value)} for ${field}`, () => {
      const name = field.replace(/\[.*/, '');
      const given = { ...own, ...settings, [name]: value } as AccessSettings;
      assert.deepEqual(
        problemOf(() => checkSettings(given)),
        [field, expected],
      );
    });
  }

  it('do not count where the dialog does not show them', () => {
    assert.equal(checkSettings({ ...own, url: '', keyHeader: '' }).url, 'https://{address}');
    const hidden = { ...own, dialect: 'ios', ownSaved: 'x', ownPrompt: '*a*' };
    assert.deepEqual(checkSettings(hidden).ownSaved, []);
    assert.ok(isShown('enablePassword', { ...own, dialect: 'ios' }));
    assert.ok(!isShown('enablePassword', own));
    assert.ok(!isShown('privateKey', { ...own, ownWay: 'http' }));
  });
});

describe('a pattern of the user’s own', () => {
  it('is the beginning of a line, with any blanks', () => {
    const [pattern] = patternsOf('x', 'ntp  clock-period') as [RegExp];
    assert.ok(pattern.test('  ntp clock-period 17179869'));
    assert.ok(!pattern.test('no ntp clock-period'));
  });

  it('has signs that mean themselves, and a star for a part of a word', () => {
    const [pattern] = patternsOf('x', '# (a.b) [c]* $d') as [RegExp];
    assert.ok(pattern.test('# (a.b) [c]123 $d'));
    assert.ok(!pattern.test('# (axb) [c]123 $d'));
    assert.ok(!pattern.test('# (a.b) [c]1 23 $d'));
  });

  for (const [pattern, line, secret] of [
    ['snmp-server community {secret}', 'snmp-server community pub lic RO', 'pub lic RO'],
    ['snmp-server community {secret} RO', 'snmp-server community public RO', 'public'],
    ['set * ENC {secret}', '    set password ENC abc=', 'abc='],
    ['key {secret} *', 'key abc 1', 'abc'],
  ] as const) {
    it(`finds the secret of ${pattern}`, () => {
      const [found] = secretsOf('x', pattern) as [RegExp];
      assert.equal(found.exec(line)!.groups!.secret, secret);
    });
  }

  it('takes time in proportion to the line, whatever that is', () => {
    const patterns = [
      ...patternsOf('x', 'a* *b *c*'.slice(0, 5)),
      ...secretsOf('x', '*a *b {secret} *c'),
    ];
    for (const unit of ['a', 'a ', ' ', 'ab', 'a b ']) {
      const line = unit.repeat(1e6 / unit.length);
      for (const pattern of patterns) pattern.test(line);
    }
    const prompt = wildcardOf('x', '*a*b*c#')!;
    assert.ok(!prompt.test('a'.repeat(1e6)));
  });
});
