import { isIPv6 } from 'node:net';

/** s that ping waits for the last reply */
const patience = 2;
/** s between packets: the shortest that Linux allows to every user */
const interval = 0.2;

export interface PingCommand {
  file: string;
  args: string[];
}

/**
 * The system's ping with its arguments, to send `packets` echo requests; the one to try first comes first.
 * @param platform as `process.platform` has it
 * @param ip an IP address, with its zone where it is link-local
 */
export function pingCommands(platform: string, ip: string, packets: number): PingCommand[] {
  // Windows has no choice of the interval (1 s) and no "--"; an address cannot begin with - or /.
  if (platform === 'win32') {
    return [{ file: 'ping', args: ['-n', `${packets}`, '-w', `${patience * 1000}`, ip] }];
  }
  const count = ['-n', '-c', `${packets}`];
  const often = ['-i', `${interval}`];
  const target = ['--', ip];
  switch (platform) {
    case 'darwin':
    case 'freebsd': {
      // Their -W is in ms, and a Mac's ping6 has none.
      const command = isIPv6(ip)
        ? { file: 'ping6', args: [...count, ...often, ...target] }
        : { file: 'ping', args: [...count, ...often, '-W', `${patience * 1000}`, ...target] };
      return [command];
    }
    default: {
      const command = {
        file: 'ping',
        args: [...count, ...often, '-W', `${patience}`, ...target],
      };
      // That of inetutils leaves IPv6 to another program, which takes whole seconds only.
      return isIPv6(ip) ? [command, { file: 'ping6', args: [...count, ...target] }] : [command];
    }
  }
}
