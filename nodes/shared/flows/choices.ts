// What a flow collector can be set to: dialog and thread have it from here.

/** What traffic is counted by, besides the total of an interface. */
export const subjects = [
  'protocol',
  'application',
  'talker',
  'conversation',
  'as',
  'country',
] as const;
export type Subject = (typeof subjects)[number];

/** Whose address is the talker of a flow. */
export const talkerKinds = ['inside', 'outside', 'source', 'destination'] as const;
export type TalkerKind = (typeof talkerKinds)[number];

/** Which flows count: those that come in at an interface, those that leave at one, or all. */
export const directions = ['ingress', 'egress', 'both'] as const;
export type CountedDirection = (typeof directions)[number];

/** How much of an address is kept: all, its network, or a keyed hash. */
export const privacies = ['full', 'short', 'hash'] as const;
export type Privacy = (typeof privacies)[number];
