/** The page, its bar and what stands everywhere. */
export const frameCss = `
:host { display: block; container-type: inline-size; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
.page {
  background: var(--nm-bg); color: var(--nm-text); min-height: 100%;
  font: 14px/1.45 system-ui, "DejaVu Sans", sans-serif; text-align: start; letter-spacing: normal;
  overflow-wrap: anywhere;
}
table { overflow-wrap: break-word; }
h1, h2, p, ul, ol, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
a { color: inherit; text-decoration: none; }
a:hover { text-decoration: underline; text-underline-offset: 2px; }
button, select, input { font: inherit; color: inherit; }
:focus-visible { outline: 2px solid var(--nm-focus); outline-offset: 2px; border-radius: 4px; }
h1:focus { outline: none; }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
.ok { color: var(--nm-ok); } .warn { color: var(--nm-warn); } .crit { color: var(--nm-crit); }
.off { color: var(--nm-off); } .info { color: var(--nm-info); } .muted { color: var(--nm-muted); }
.num, .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
small { color: var(--nm-muted); font-size: 12px; }
.sign { margin-right: .35em; font-size: .85em; }

.bar {
  display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; padding: 10px 20px;
  background: var(--nm-card); border-bottom: 1px solid var(--nm-line); position: relative; z-index: 3;
}
.brand { font-size: 16px; }
.bar nav { display: flex; gap: 2px; }
.bar nav a { padding: 5px 10px; border-radius: 6px; color: var(--nm-muted); }
.bar nav a:hover { color: var(--nm-text); text-decoration: none; background: var(--nm-bg); }
.bar nav a[aria-current] { background: var(--nm-track); color: var(--nm-text); }
.controls { display: flex; gap: 8px; align-items: center; margin-left: auto; min-width: 0; }
.controls select, .controls input, .theme, .sort-by select {
  border: 1px solid var(--nm-edge); border-radius: 6px; padding: 4px 8px; height: 32px; background: var(--nm-card);
  min-width: 0;
}
.theme { width: 36px; cursor: pointer; padding: 0; font-size: 16px; line-height: 1; }
.controls select:hover, .controls input:hover, .theme:hover { border-color: var(--nm-text); }
.chooser { position: relative; min-width: 0; }
.chooser input { width: 170px; }
.chooser input::placeholder { color: var(--nm-muted); opacity: 1; }
.chooser ul {
  position: absolute; top: 36px; right: 0; width: 280px; max-width: 90cqw; max-height: 340px; overflow: auto;
  background: var(--nm-card); border: 1px solid var(--nm-edge); border-radius: 8px; padding: 4px;
  box-shadow: 0 8px 24px #0003; z-index: 5;
}
.chooser li { display: flex; align-items: baseline; padding: 5px 8px; border-radius: 5px; cursor: pointer; }
.chooser li[aria-selected=true] { background: var(--nm-track); }

.grid {
  display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); gap: 14px; padding: 14px 20px;
  max-width: 1600px; margin: auto;
}
.c3 { grid-column: span 3; } .c4 { grid-column: span 4; } .c5 { grid-column: span 5; } .c6 { grid-column: span 6; }
.c7 { grid-column: span 7; } .c8 { grid-column: span 8; } .c12 { grid-column: span 12; }
@container (max-width: 980px) {
  .c3, .c4, .c5, .c6, .c7, .c8 { grid-column: span 12; }
  .grid { padding: 10px; gap: 10px; }
  .bar { padding: 10px 12px; }
  .controls { width: 100%; }
  .controls > * { flex: 1 1 0; width: 0; }
  .controls .theme { flex: none; width: 36px; }
  .chooser input { width: 100%; }
  .chooser ul { left: 0; right: auto; }
}
@container (max-width: 620px) {
  .bar { gap: 8px; }
  .controls { display: contents; }
  .chooser { flex: 1 1 0; order: 1; margin-left: 8px; }
  .chooser ul { left: auto; right: 0; }
  .theme { order: 2; flex: none; }
  .bar nav { order: 3; width: 100%; justify-content: space-between; flex-wrap: wrap; }
  .bar nav a { padding: 6px; white-space: nowrap; }
  .controls select { order: 4; flex: 1 1 0; width: 0; }
}
`;
