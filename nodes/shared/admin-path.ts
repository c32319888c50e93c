/** What a dialog asks the runtime for: the folder of its node, and what is to be done. */
export type AdminRoute = `${string}/${string}`;

/** Where Node-RED serves an admin route, without the slash at its front: the editor has a root of its own. */
export function adminPath(route: AdminRoute): string {
  return `netmon/${route}`;
}
