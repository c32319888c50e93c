/** Middles of the columns of nodes, and of rows in them. */
export const columns = [130, 340, 535, 715, 815] as const;
export const rowHeight = 60;
export const top = 120;
