/**
 * Where Node-RED serves an admin route, without the slash at its front: the editor has a root of its own.
 * @param route whom the editor asks, most often the folder of its node, and for what: `device-poll/try-out`
 */
export function adminPath(route: string): string {
  return `netmon/${route}`;
}
