/** Addresses where somebody says that an alert is seen, or is to be silent. */
export interface ActionLinks {
  acknowledge: string;
  silence: string;
}

const longest = 2000;

/**
 * The links of a message's group, by the fingerprints of its alerts, as **alert manager** sends them. What is none is
 * left out: the mail tells of its alert all the same.
 */
export function toActionLinks(group: unknown): ReadonlyMap<string, ActionLinks> {
  const { links } = (group ?? {}) as { links?: unknown };
  const found = new Map<string, ActionLinks>();
  if (typeof links !== 'object' || links === null) return found;
  for (const [fingerprint, value] of Object.entries(links)) {
    const one = toLinks(value);
    if (one) found.set(fingerprint, one);
  }
  return found;
}

/** The links of one alert; undefined where they are none. */
export function toLinks(value: unknown): ActionLinks | undefined {
  const { acknowledge, silence } = (value ?? {}) as Record<string, unknown>;
  return isLink(acknowledge) && isLink(silence) ? { acknowledge, silence } : undefined;
}

function isLink(value: unknown): value is string {
  return (
    typeof value === 'string' && value.length <= longest && /^https?:\/\/[^\s"<>]+$/.test(value)
  );
}
