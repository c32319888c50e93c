import assert from 'node:assert/strict';
import { checkSettings, defaults } from '../../nodes/email-alert/config.ts';

describe('checkSettings', () => {
  const settings = { ...defaults, from: 'Netmon <n@example.org>', to: 'a@example.org' };
  const problem = (changes: object) => {
    try {
      checkSettings({ ...settings, ...changes });
    } catch (error) {
      return (error as Error).message;
    }
    return 'none';
  };

  it('takes the defaults once there is a sender and a recipient', () => {
    const { version, ...rest } = settings;
    assert.equal(version, 1);
    assert.deepEqual(checkSettings(settings), {
      ...rest,
      from: { name: 'Netmon', address: 'n@example.org' },
      to: [{ name: '', address: 'a@example.org' }],
      cc: [],
      bcc: [],
      summaryTime: 7 * 3_600_000,
    });
  });

  it('names the field that is wrong', () => {
    assert.match(problem({ to: '' }), /^recipients: expected a mail address/);
    assert.match(problem({ from: 'a@x, b@x' }), /^from: expected one mail address/);
    assert.match(problem({ bcc: 'nobody' }), /^bcc: expected a mail address/);
    assert.match(
      problem({ severity: 'bad' }),
      /^severity: expected one of info, warning, critical/,
    );
    assert.match(problem({ summaryTime: '24:00' }), /^summaryTime: expected a time of day/);
    assert.match(problem({ summaryZone: 'Berlin' }), /^summaryZone: expected a time zone/);
    assert.match(problem({ perHour: -1 }), /^perHour: expected/);
    assert.match(problem({ recoveries: 'yes' }), /^recoveries: expected true or false/);
    assert.match(problem({ subject: '{{#a}}' }), /^subject: expected the section a to be closed/);
    assert.match(problem({ html: '{{a' }), /^html: expected every tag to be ended/);
  });
});
