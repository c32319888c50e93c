/**
 * What stands after the configuration of a system that does not show where it ends: the command adds it, so that an answer
 * without it was cut off.
 */
export const endMark = '# end of the configuration';
