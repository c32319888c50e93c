import { first, queryWith, type Shown, shownIn } from './route.ts';

const key = 'netmon-dashboard';

/** Where a page keeps what is shown: the window's address and storage. */
export interface Place {
  location: Pick<Location, 'search' | 'hash' | 'pathname'>;
  history: Pick<History, 'state' | 'replaceState'>;
  storage: Pick<Storage, 'getItem' | 'setItem'> | undefined;
}

/** What was shown before a reload, or what a link asks for. */
export function restored(place: Place): Shown {
  return shownIn(place.location.search, shownIn(stored(place), first));
}

/** Keeps what is shown for a reload of this tab. */
export function keep(place: Place, shown: Shown): void {
  try {
    place.storage?.setItem(key, queryWith('', shown));
  } catch {
    // Full, or not allowed: then a reload begins at the overview.
  }
  if (!mayChangeQuery(place)) return;
  const { pathname, hash, search } = place.location;
  const query = queryWith(search, shown);
  if (query !== search) {
    place.history.replaceState(place.history.state, '', pathname + query + hash);
  }
}

/** The address that leads to what is shown. */
export function addressOf(place: Place, shown: Shown): string {
  const { pathname, hash, search } = place.location;
  return pathname + (mayChangeQuery(place) ? queryWith(search, shown) : search) + hash;
}

// node-red-dashboard's router (AngularJS, "#!/0") takes another query for another application and leaves its tab.
function mayChangeQuery({ location }: Place): boolean {
  return !location.hash.startsWith('#!');
}

function stored({ storage }: Place): string {
  try {
    return storage?.getItem(key) ?? '';
  } catch {
    return '';
  }
}
