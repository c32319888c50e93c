import type { Dialect } from '../dialect.ts';
import { endMark } from './end-mark.ts';
import { urlSecret } from './industry-standard.ts';

/** Files that most systems have some of. */
export const linux: Dialect = {
  id: 'linux',
  label: 'Linux',
  way: 'exec',
  running: [
    // What is not there, or not for this account, is left out.
    'for f in /etc/hostname /etc/hosts /etc/resolv.conf /etc/fstab /etc/network/interfaces ' +
      '/etc/network/interfaces.d/* /etc/netplan/*.yaml /etc/systemd/network/* /etc/ssh/sshd_config ' +
      '/etc/sysctl.conf /etc/sysctl.d/* /etc/nftables.conf /etc/crontab; ' +
      'do [ -r "$f" ] && printf "### %s\\n" "$f" && cat "$f" && echo; done; ' +
      `echo '${endMark}'`,
  ],
  refused: [/: (?:command not found|not found|Permission denied)$/],
  whole: { mark: endMark },
  volatile: [/^# (?:Generated|Completed) (?:by|on) /],
  secrets: [
    /^[\s#;-]*["']?(?:[\w.-]{0,40}[_.-])?(?:password|passwd|passphrase|secret|psk|wpa-psk|wpa_passphrase|preshared-?key|private-?key|api[_-]?key|token|community|rocommunity6?|rwcommunity6?|auth_token)["']?\s{0,20}[=: ]\s{0,20}(?<secret>\S.*)/i,
    /^\s*createUser \S+ \S+ (?<secret>\S.*)/i,
    // A user of the password file's shadow.
    /^[a-z_][\w-]{0,31}\$?:(?<secret>[!*]{0,2}\$[^:]{1,200})(?=:)/,
    urlSecret,
  ],
};
