/** s that ping waits for the last reply */
const patience = 2;
/** s between packets: the shortest that Linux allows to every user */
const interval = 0.2;

/**
 * The system's ping with its arguments, to send `packets` echo requests.
 * @param platform as `process.platform` has it
 */
export function pingCommand(
  platform: string,
  host: string,
  packets: number,
): { file: string; args: string[] } {
  // Windows has no choice of the interval (1 s) and no "--"; an address cannot begin with - or /.
  if (platform === 'win32')
    return { file: 'ping', args: ['-n', `${packets}`, '-w', `${patience * 1000}`, host] };
  const mac = platform === 'darwin';
  return {
    file: mac && host.includes(':') ? 'ping6' : 'ping',
    args: [
      '-n',
      ...['-c', `${packets}`],
      ...['-i', `${interval}`],
      // ms on a Mac, whose ping6 has no such option.
      ...(mac ? (host.includes(':') ? [] : ['-W', `${patience * 1000}`]) : ['-W', `${patience}`]),
      ...['--', host],
    ],
  };
}
