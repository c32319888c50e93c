/** Middles of the columns of nodes, and of rows in them. */
export const columns = [130, 340, 535, 715, 815] as const;
/** What knows all alerts: before the history and the dashboard, to which it tells of them. */
export const alertsColumn = 505;
export const rowHeight = 60;
export const top = 120;
