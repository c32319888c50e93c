/**
 * Which devices nodes ask, to know of one that is removed: it left a list, or the node that asked it was
 * deleted. One whose node is merely switched off, or starts anew, stays.
 */
export class DeviceLists {
  readonly #lists = new Map<string, ReadonlySet<string>>();
  readonly #left = new Set<string>();

  /**
   * Takes the list of a node in the place of the one before.
   * @param isWhole false where the list may be but one of several that take turns: nothing leaves it then
   */
  set(node: string, devices: readonly string[], isWhole = true): void {
    const before = this.#lists.get(node);
    const now = new Set(devices);
    this.#lists.set(node, now);
    if (isWhole) this.#leave(before, now);
  }

  /**
   * The devices that are in no list any more, of those that were; each once.
   * @param isThere whether a node still stands in the flows
   */
  takeGone(isThere: (node: string) => boolean): Set<string> {
    for (const [node, devices] of this.#lists) {
      if (isThere(node)) continue;
      this.#lists.delete(node);
      this.#leave(devices);
    }
    const gone = new Set(this.#left);
    this.#left.clear();
    for (const devices of gone.size > 0 ? this.#lists.values() : []) {
      for (const device of devices) gone.delete(device);
    }
    return gone;
  }

  #leave(before: Iterable<string> = [], now?: ReadonlySet<string>): void {
    for (const device of before) if (!now?.has(device)) this.#left.add(device);
  }
}
