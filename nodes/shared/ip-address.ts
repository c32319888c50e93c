/** Whether a text is an IP address, with or without a port: `10.0.0.1:161`, `[fd00::1]:443`, `fe80::1%eth0`. */
export function isIpAddress(text: string): boolean {
  return /^\d+(\.\d+){3}(:\d+)?$|^\[?[\da-f]*:[\da-f:.]*(%\w+)?(\]:\d+|\])?$/i.test(text);
}
