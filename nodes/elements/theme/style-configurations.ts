/** Configurations: their texts, what two of them differ in, and the search. */
export const configurationCss = `
.note { display: block; }
.chosen, .find, .views { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; margin-bottom: 10px; }
.views { gap: 0; }
.chosen label, .find label { color: var(--nm-muted); display: flex; gap: 6px; align-items: center; min-width: 0; }
.chosen select, .chosen button, .find button, .find input[type=search], .views button {
  border: 1px solid var(--nm-edge); border-radius: 6px; padding: 4px 10px; height: 32px; background: var(--nm-card);
  color: var(--nm-text); min-width: 0;
}
.chosen button, .find button, .views button { cursor: pointer; }
.chosen button:hover, .find button:hover, .views button:hover { border-color: var(--nm-text); }
.find input[type=search] { flex: 1 1 200px; max-width: 420px; }
.find input::placeholder { color: var(--nm-muted); opacity: 1; }
.views button { border-radius: 0; margin-left: -1px; }
.views button:first-child { border-radius: 6px 0 0 6px; margin: 0; } .views button:last-child { border-radius: 0 6px 6px 0; }
.views button[aria-pressed=true] { background: var(--nm-track); font-weight: 600; }
.to, td.when a { text-decoration: underline; text-underline-offset: 2px; }
td.free, .hit h3 { overflow-wrap: anywhere; }
td.when { white-space: nowrap; } td.when [aria-current] { font-weight: 700; }
.table td.when { min-width: max-content; }
.hit h3 { font-size: 14px; font-weight: 600; margin: 12px 0 4px; }
.code { overflow-x: auto; border: 1px solid var(--nm-line); border-radius: 8px; }
.code > button.more { margin: 8px 12px; }
.code > .calm { padding: 6px 12px; }
.diff { border-collapse: collapse; width: 100%; font: 12px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
.diff td { padding: 0 8px; border: 0; vertical-align: top; text-align: left; }
.diff tr:hover td { background: none; }
.diff td.number {
  color: var(--nm-muted); text-align: right; width: 1%; white-space: nowrap; user-select: none;
  font-variant-numeric: tabular-nums; border-right: 1px solid var(--nm-line);
}
.diff td.line { white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; padding-left: 22px; text-indent: -14px; }
.diff.whole td.line { padding-left: 8px; text-indent: 0; }
.diff.beside { table-layout: fixed; min-width: 640px; }
.diff.beside td.number { width: 46px; }
.diff td.no-line { background: var(--nm-track); }
.diff .mark { display: inline-block; width: 14px; text-indent: 0; user-select: none; font-weight: 700; }
.diff td.added, .diff tr:hover td.added { background: var(--nm-infoBg); }
.diff td.removed, .diff tr:hover td.removed { background: var(--nm-warnBg); }
.diff td.added .mark { color: var(--nm-info); } .diff td.removed .mark { color: var(--nm-warn); }
.diff .gap td { text-align: center; color: var(--nm-muted); background: var(--nm-bg); }
@container (max-width: 620px) {
  .chosen label { flex: 1 1 100%; justify-content: space-between; }
  .diff td { padding: 0 5px; }
}
`;
