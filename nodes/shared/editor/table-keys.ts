/** What the keys of a table's rows do. Each gets the row's element. */
export interface KeyActions {
  moveUp: (row: JQuery) => void;
  moveDown: (row: JQuery) => void;
  remove: (row: JQuery) => void;
  /** Enter in an input, not on a button */
  enter: (row: JQuery) => void;
}

/** As `aria-keyshortcuts` has them. */
export const keyShortcuts = 'Alt+ArrowUp Alt+ArrowDown Alt+Delete Enter';

/** Has keys pressed within a row of a list do what they do in all tables. */
export function listenToKeys(list: JQuery, actions: KeyActions): void {
  list.on('keydown', '> li', (event) => {
    const action = actionOf(event, actions);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action($(event.currentTarget as HTMLElement));
  });
}

type Pressed = Pick<JQuery.KeyDownEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'> & {
  target: unknown;
};

function actionOf(event: Pressed, actions: KeyActions) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
  if (!event.altKey) {
    const isEnter = event.key === 'Enter' && $(event.target as HTMLElement).is('input');
    return isEnter ? actions.enter : undefined;
  }
  const byKey: Partial<Record<string, (row: JQuery) => void>> = {
    ArrowUp: actions.moveUp,
    ArrowDown: actions.moveDown,
    Delete: actions.remove,
  };
  return byKey[event.key];
}
