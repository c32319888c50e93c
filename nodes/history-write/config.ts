import { settings, unchecked, type Values } from '../shared/settings.ts';

/** What a node that keeps readings is set to. */
export const writeSettings = settings({
  name: unchecked(''),
});

export type HistoryWriteSettings = Values<typeof writeSettings> & {
  /** id of the history database */
  database: string;
};
