import assert from 'node:assert/strict';
import { pastMails } from '../../nodes/email-alert/past-mails.ts';
import { alert } from './alerts.ts';

describe('pastMails', () => {
  const settings = { severity: 'warning', recoveries: true } as const;
  const change = (at: number, fingerprint: string, more: Parameters<typeof alert>[0] = {}) => ({
    ...alert({ fingerprint, startsAt: 1000, ...more }),
    at,
  });

  it('counts an alert once, and its end where that is mailed', () => {
    const changes = [
      change(1000, 'a', { severity: 'warning' }),
      change(2000, 'a', { severity: 'critical' }),
      change(3000, 'a', { state: 'resolved' }),
      change(9000, 'a', { startsAt: 9000 }),
    ];
    assert.equal(pastMails(changes, settings), 3);
    assert.equal(pastMails(changes, { ...settings, recoveries: false }), 2);
    // Mailed once it is as severe.
    assert.equal(pastMails(changes, { ...settings, severity: 'critical' }), 3);
  });

  it('puts together what comes together', () => {
    const both = [change(1000, 'a'), change(1000, 'b'), change(2000, 'c')];
    assert.equal(pastMails(both, settings), 2);
  });

  it('leaves out what is not severe enough, with its end, and what is pending', () => {
    const changes = [
      change(1000, 'a', { severity: 'info' }),
      change(2000, 'a', { severity: 'info', state: 'resolved' }),
      change(3000, 'b', { state: 'pending' }),
    ];
    assert.equal(pastMails(changes, settings), 0);
  });
});
