// The element <netmon-history-bar>: its property `data` is the `bar` of a row of history read's availability.

import { type ComponentChild, h } from 'preact';
import type { BarSlice } from '../contract/pages.ts';
import { HistoryBar } from './parts/history-bar.ts';
import { themeAround } from './theme/around.ts';
import { tellPage } from './theme/page.ts';
import { frameCss } from './theme/style-frame.ts';
import { tableCss } from './theme/style-tables.ts';
import { type ThemeName, tokensCss } from './theme/tokens.ts';
import { define, NetmonElement } from './view/element.ts';
import { EnvContext } from './view/env.ts';

// It stands in somebody else's card.
const css = `${tokensCss()}\n${frameCss}\n${tableCss}\n.page { background: none; min-height: 0; }`;

class NetmonHistoryBar extends NetmonElement<BarSlice[]> {
  protected override readonly css = css;

  protected override get theme(): ThemeName {
    return themeAround(getComputedStyle(this).color);
  }

  protected override checked(data: unknown): BarSlice[] | undefined {
    if (!Array.isArray(data)) return undefined;
    return data.filter((slice): slice is BarSlice => typeof slice === 'object' && slice !== null);
  }

  protected override received(): void {}

  protected override view(slices: BarSlice[] = []): ComponentChild {
    const env = { words: this.words, theme: this.theme, now: Date.now(), isQuiet: true };
    return h(EnvContext.Provider, {
      value: { ...env, go: () => {}, hrefOf: () => '' },
      children: h(HistoryBar, { slices }),
    });
  }
}

tellPage();
define('netmon-history-bar', NetmonHistoryBar);
