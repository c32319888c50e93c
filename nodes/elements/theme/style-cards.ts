/** Cards and what is in them. */
export const cardCss = `
.card {
  background: var(--nm-card); border: 1px solid var(--nm-line); border-radius: 10px; padding: 14px 16px; min-width: 0;
}
.card-head { display: flex; justify-content: space-between; gap: 12px; margin-bottom: 10px; color: var(--nm-muted); font-size: 13px; }
h2 { font-size: 13px; font-weight: 600; line-height: inherit; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; flex: 0 0 auto; max-width: 65%; }
.card-head span { text-align: right; min-width: 0; }
.card:has(> .chart) { display: flex; flex-direction: column; }
.calm { color: var(--nm-muted); padding: 6px 0; }
.more { display: inline-block; margin-top: 8px; color: var(--nm-muted); }
button.more { border: 1px solid var(--nm-edge); border-radius: 6px; background: none; padding: 4px 12px; cursor: pointer; }
p.more a { text-decoration: underline; text-underline-offset: 2px; }

.head { display: flex; align-items: center; gap: 12px 28px; flex-wrap: wrap; }
.head .title { min-width: 0; flex: 1 1 330px; }
.figures { display: flex; flex-wrap: wrap; gap: 12px 28px; }
.head h1 { font-size: 22px; font-weight: 650; line-height: 1.25; overflow-wrap: anywhere; text-wrap: balance; }
.head .title-line { display: flex; gap: 4px 12px; align-items: baseline; flex-wrap: wrap; min-width: 0; }
.head .title-line h1 { max-width: 100%; }
.head .title-line .state { font-size: 15px; font-weight: 600; white-space: normal; }
.alias { font-size: 15px; color: var(--nm-muted); max-width: 100%; }
.kv { display: flex; flex-direction: column; min-width: 0; max-width: 260px; }
.kv b { font-size: 17px; font-weight: 650; white-space: nowrap; font-variant-numeric: tabular-nums; }
.kv > span { color: var(--nm-muted); font-size: 12px; overflow-wrap: anywhere; }
.count { margin-right: 9px; } .count .sign { margin: 0 0 0 4px; font-size: .8em; }
.in-text { color: var(--nm-in); } .out-text { color: var(--nm-out); }
.empty { padding: 48px 24px; text-align: center; } .empty p { margin-top: 8px; overflow-wrap: anywhere; }
.empty a { text-decoration: underline; text-underline-offset: 2px; } .empty h1 { font-size: 20px; }

.gauges { display: flex; flex-wrap: wrap; gap: 12px 24px; margin-left: auto; }
.gauge { width: 130px; min-width: 0; }
.gauge > span:first-child { display: block; color: var(--nm-muted); font-size: 12px; }
.gauge b { font-size: 17px; font-weight: 650; font-variant-numeric: tabular-nums; white-space: nowrap; }

.spark { display: block; width: 100%; height: 26px; overflow: visible; }
.spark path { fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linejoin: round; stroke-linecap: round; }
.spark.in { color: var(--nm-in); }

.alerts li {
  display: grid; grid-template-columns: 20px minmax(0, 1fr) 120px; gap: 4px 10px; align-items: center;
  padding: 9px 0; border-top: 1px solid var(--nm-line);
}
.alerts li:first-child { border-top: 0; padding-top: 2px; }
.alerts a, .alerts b { font-weight: 600; }
.alerts p { overflow-wrap: anywhere; }
.alerts a { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
.alerts small { display: block; }
.alerts .sign { margin: 0; font-size: 1em; }

.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(96px, 1fr)); gap: 6px; }
.tile {
  display: flex; align-items: baseline; border-radius: 6px; padding: 6px 8px; font-size: 12px;
  background: var(--nm-track); color: var(--nm-text); border-left: 3px solid var(--nm-okBar); min-width: 0;
}
.tile:hover { text-decoration: none; box-shadow: inset 0 0 0 1px var(--nm-edge); }
.tile.warn { border-color: var(--nm-warnBar); background: var(--nm-warnBg); }
.tile.crit { border-color: var(--nm-critBar); background: var(--nm-critBg); font-weight: 600; }
.tile.info { border-color: var(--nm-infoBar); background: var(--nm-infoBg); }
.tile.off { border-color: var(--nm-edge); }
.tile.warn .sign { color: var(--nm-warn); } .tile.crit .sign { color: var(--nm-crit); }
.tile.info .sign { color: var(--nm-info); } .tile.off .sign { color: var(--nm-off); }

.bars li {
  display: grid; grid-template-columns: minmax(120px, 1.7fr) 2fr 92px 50px; gap: 2px 12px; align-items: center;
  padding: 5px 0;
}
.who { display: flex; flex-direction: column; min-width: 0; line-height: 1.3; }
.two i { display: block; height: 7px; border-radius: 4px; background: var(--nm-track); margin: 2px 0; overflow: hidden; }
.two u { display: block; height: 100%; border-radius: 4px; }
.two .in { background: var(--nm-in); } .two .out { background: var(--nm-out); }
@container (max-width: 620px) {
  .head { gap: 14px 24px; }
  .head .title, .gauges { flex: 1 1 100%; }
  .gauges { margin: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(92px, 1fr)); gap: 12px; }
  .gauge { width: auto; }
  .alerts li { grid-template-columns: 20px minmax(0, 1fr) 72px; align-items: start; }
  .alerts .sign { line-height: 1.45; }
  .bars li { grid-template-columns: minmax(0, 1fr) auto 50px; padding: 7px 0; }
  .bars .two { grid-column: 1 / -1; grid-row: 2; }
  .who { flex-direction: row; gap: 8px; align-items: baseline; }
  .who small { flex: 1 1 0; }
  .tiles { grid-template-columns: repeat(3, minmax(0, 1fr)); }
}
`;
