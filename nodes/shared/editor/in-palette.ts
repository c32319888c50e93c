import type { EditorRED } from 'node-red';

declare const RED: EditorRED;

/**
 * Has the palette's filter find a node by further words, which do not show, and Netmon's category stand
 * right below the core's own for networks: Node-RED has neither a setting for a package's words nor one for
 * its place. A user's own order of the categories stays. To be called once a node is in the palette.
 * @param words looked up in addition to label and type
 */
export function inPalette(type: string, words: string): void {
  const node = $(`.red-ui-palette-node[data-palette-type="${type}"]`);
  node.attr('data-palette-label', (_, label) => `${label ?? ''} ${words}`);
  if (hasOwnOrder()) return;
  node.closest('.red-ui-palette-category').insertAfter('#red-ui-palette-container-network');
}

// Of paletteCategories or editorTheme.palette.categories.order in settings.js.
function hasOwnOrder(): boolean {
  const { paletteCategories, theme } = RED.settings as unknown as {
    paletteCategories?: unknown;
    theme: (path: string) => unknown;
  };
  return Array.isArray(paletteCategories ?? theme('palette.categories.order'));
}
