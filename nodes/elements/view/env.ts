import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { AlertCommand, Period } from '../../contract/pages.ts';
import type { Route } from '../state/route.ts';
import type { ThemeName } from '../theme/tokens.ts';
import { Words } from '../words/words.ts';

/** What all parts of a page share. */
export interface Env {
  words: Words;
  theme: ThemeName;
  /** ms since the Unix epoch, by the clock of the data */
  now: number;
  /** without links and controls, for others to see */
  isQuiet: boolean;
  /** Shows another page, perhaps of another period. */
  go: (route: Route, period?: Period) => void;
  /** The address of another page. */
  hrefOf: (route: Route) => string;
  /** Has an alert-manager do something; missing where nobody may. */
  act?: (command: AlertCommand) => void;
}

export const EnvContext = createContext<Env>({
  words: new Words('en'),
  theme: 'light',
  now: 0,
  isQuiet: true,
  go: () => {},
  hrefOf: () => '',
});

export function useEnv(): Env {
  return useContext(EnvContext);
}
