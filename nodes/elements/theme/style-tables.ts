/** Tables, history bars and port cells. */
export const tableCss = `
.table { min-width: 0; }
.sort-by { display: none; color: var(--nm-muted); font-size: 13px; margin-bottom: 6px; }
table { width: 100%; border-collapse: collapse; }
th { font-weight: 600; color: var(--nm-muted); font-size: 12px; text-align: left; padding: 0 12px 6px 0; border-bottom: 1px solid var(--nm-line); white-space: nowrap; vertical-align: bottom; }
td { padding: 7px 12px 7px 0; border-bottom: 1px solid var(--nm-line); }
th:last-child, td:last-child { padding-right: 0; }
tr:last-child td { border-bottom: 0; }
tbody tr:hover td { background: color-mix(in srgb, var(--nm-track) 45%, transparent); }
th.n, td.n { text-align: right; }
th button { background: none; border: 0; padding: 0; margin: 0; font: inherit; color: inherit; cursor: pointer; display: inline-flex; align-items: baseline; }
th.n button { flex-direction: row-reverse; }
th button:hover, th[aria-sort=ascending] button, th[aria-sort=descending] button { color: var(--nm-text); }
.arrow { width: 1.4em; font-size: .75em; text-align: center; }
td.name { max-width: 280px; font-weight: 600; }
td.name small { font-weight: 400; }
td.name > div { display: flex; align-items: baseline; gap: 8px; min-width: 0; }
td.name small { flex: 1 1 0; }
td.state-cell { white-space: nowrap; max-width: 240px; }
td.state-cell > .cut { display: block; }
td.sentence > * { display: block; overflow-wrap: anywhere; }
td.sentence { width: 100%; }
td.sentence a, td.sentence b { font-weight: 600; }
td.bar-cell { width: 40%; min-width: 190px; }
td.curve { width: 18%; min-width: 120px; }
td.fit, th.fit { white-space: nowrap; padding-right: 24px; }
td.fit:last-child, th.fit:last-child { padding-right: 0; }
.state { white-space: nowrap; } .since { color: var(--nm-muted); }

.beat { display: flex; gap: 2px; height: 20px; align-items: stretch; }
.zero { color: var(--nm-muted); }
.beat i { flex: 1 1 0; min-width: 2px; border-radius: 2px; background: var(--nm-okBar); }
.beat i:hover { outline: 1px solid var(--nm-text); }
.beat .warn { background: var(--nm-warnBar); }
.beat .crit { background: var(--nm-critBar); }
.beat .info { background: repeating-linear-gradient(45deg, var(--nm-infoBar) 0 3px, transparent 3px 5px); }
.beat .off { background: var(--nm-track); }

.port-map { display: flex; flex-direction: column; gap: 10px; }
.port-map .row > small, .port-map .named > small { display: block; margin-bottom: 3px; }
.ports { display: grid; grid-template-columns: repeat(24, minmax(0, 1fr)); gap: 4px; max-width: 1300px; }
.named .ports { grid-template-columns: repeat(auto-fill, minmax(96px, 1fr)); }
.port {
  aspect-ratio: 1; max-height: 46px; width: 100%; border-radius: 4px; display: flex; flex-direction: column; align-items: center; justify-content: center;
  font-size: 11px; line-height: 1.1; color: var(--nm-text); background: var(--nm-okBg); border: 1px solid var(--nm-ok); position: relative; padding: 1px;
}
.port > .cut { max-width: 100%; }
.named .port { aspect-ratio: auto; height: 34px; padding: 0 6px; }
.port:hover { text-decoration: none; box-shadow: 0 0 0 2px var(--nm-edge); }
.port.busy { background: var(--nm-warnBg); border-color: var(--nm-warn); }
.port.lost-link { background: var(--nm-critBg); border-color: var(--nm-crit); font-weight: 700; }
.port.no-link, .port.switched-off, .port.unknown { background: none; border: 1px dashed var(--nm-edge); color: var(--nm-off); }
.port.switched-off { background: var(--nm-track); border-style: solid; border-color: var(--nm-track); }
.port .sign { margin: 0; font-size: 9px; }
.port-map .legend .key { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 6px; border: 1px solid currentColor; background: var(--nm-okBg); }
.port-map .legend .key.busy { background: var(--nm-warnBg); } .port-map .legend .key.lost-link { background: var(--nm-critBg); }
.port-map .legend .key.no-link, .port-map .legend .key.unknown { background: none; border-style: dashed; }
.port-map .legend .key.switched-off { background: var(--nm-track); border-color: var(--nm-track); }

@container (max-width: 1100px) {
  td.bar-cell { width: 30%; }
}
@container (max-width: 980px) {
  .extra { display: none; }
  th, td { padding-right: 9px; }
  td.name { max-width: 150px; }
  td.state-cell { max-width: 160px; white-space: normal; }
  td.bar-cell { width: 26%; min-width: 110px; }
  .beat { gap: 1px; }
}
@container (max-width: 700px) {
  .ports { grid-template-columns: repeat(12, minmax(0, 1fr)); }
  .sort-by { display: block; }
  .sort-by select { max-width: 60cqw; }
  .table thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .table table, .table tbody { display: block; }
  .table tr { display: flex; flex-wrap: wrap; gap: 4px 14px; padding: 10px 0; border-bottom: 1px solid var(--nm-line); align-items: baseline; }
  .table tr:last-child { border-bottom: 0; }
  .table td { display: block; border: 0; padding: 0; text-align: left; max-width: none; width: auto; min-width: 0; font-size: 13px; }
  .table td.extra { display: block; }
  .table td.curve, .table td.nothing { display: none; }
  .table td.in-head { flex: 1 1 0; min-width: 40%; font-size: 14px; }
  .table td.in-state { flex: 0 1 auto; margin-left: auto; max-width: 45%; white-space: normal; text-align: right; }
  .table td.sentence { flex: 1 1 100%; order: -1; }
  .table td.sentence ~ td, .table td.in-state:has(+ .sentence) { margin: 0; }
  .table td.in-wide { flex: 1 0 100%; }
  .table td.n::before, .table td.fit:not(.in-state)::before { content: attr(data-label) " "; color: var(--nm-muted); font-size: 12px; }
  .table tbody tr:hover td { background: none; }
}
`;
