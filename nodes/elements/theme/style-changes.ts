/** What changed: curves of the time before and the span, and what happened. */
export const changesCss = `
.spans { display: flex; flex-wrap: wrap; gap: 6px; }
.spans a { border: 1px solid var(--nm-edge); border-radius: 6px; padding: 5px 12px; }
.spans a:hover { border-color: var(--nm-text); text-decoration: none; }
.spans a[aria-current] { background: var(--nm-track); font-weight: 600; }
.changes > li {
  display: grid; grid-template-columns: 20px minmax(0, 1fr) 220px; gap: 4px 10px; align-items: center;
  padding: 9px 0; border-bottom: 1px solid var(--nm-line);
}
.changes > li:last-child { border-bottom: 0; }
.changes p > * { display: block; overflow-wrap: anywhere; }
.changes a, .changes b { font-weight: 600; }
.way { text-align: center; color: var(--nm-muted); }
.change-curve { width: 100%; height: 44px; display: block; }
.change-curve rect { fill: var(--nm-track); }
.change-curve path { fill: none; stroke: var(--nm-info); stroke-width: 1.5; stroke-linejoin: round; stroke-linecap: round; }
.events .track { position: relative; height: 16px; border-radius: 4px; background: var(--nm-track); }
.events .track i { position: absolute; top: 0; bottom: 0; width: 3px; border-radius: 2px; background: var(--nm-okBar); }
.events .track i.crit { background: var(--nm-critBar); } .events .track i.warn { background: var(--nm-warnBar); }
.events .track i.info { background: var(--nm-infoBar); }
.events .track i.mark { width: 0; border-left: 2px dashed var(--nm-text); background: none; top: -3px; bottom: -3px; }
.events .axis { display: flex; justify-content: space-between; color: var(--nm-muted); font-size: 12px; margin-bottom: 6px; }
.events ol { max-height: 560px; overflow: auto; }
.events li { display: grid; grid-template-columns: 44px 14px minmax(0, 1fr); gap: 4px; align-items: baseline; padding: 5px 0; border-bottom: 1px solid var(--nm-line); }
.events li:last-child { border-bottom: 0; }
.events li > span:last-child { overflow-wrap: anywhere; }
.events time { color: var(--nm-muted); font-size: 12px; font-variant-numeric: tabular-nums; }
.suspects li { color: var(--nm-muted); font-size: 13px; padding-left: 12px; text-indent: -12px; overflow-wrap: anywhere; }
.suspects li::before { content: "– "; }
td.sentence a.what-changed { font-weight: 400; text-decoration: underline; text-underline-offset: 2px; }
td.sentence a.what-changed:hover { color: var(--nm-text); }
@container (max-width: 620px) {
  .changes > li { grid-template-columns: 20px minmax(0, 1fr); }
  .change-curve { grid-column: 1 / -1; }
  .spans a { flex: 1 1 auto; text-align: center; padding: 8px 10px; }
}
`;
