/** How alerts are dealt with, and what people do with them. */
export const alertCss = `
.alert-state { font-size: 13px; }
.alerts .alert-state li { display: block; border: 0; padding: 0; }
td.managed { min-width: 240px; max-width: 340px; overflow-wrap: anywhere; }
.alerts .managed { grid-column: 2 / -1; min-width: 0; }
.act { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; margin-top: 4px; font-size: 13px; }
.act button { border: 1px solid var(--nm-edge); border-radius: 6px; background: none; padding: 3px 10px; min-height: 28px; cursor: pointer; overflow-wrap: normal; }
.act button:hover { border-color: var(--nm-text); }
.act button.main { background: var(--nm-track); font-weight: 600; }
.act span:empty { display: none; }
.act form { display: flex; flex-wrap: wrap; gap: 6px; flex: 1 1 100%; padding: 10px; border: 1px solid var(--nm-line); border-radius: 8px; background: var(--nm-bg); }
.act label { flex: 1 1 100%; display: grid; gap: 2px; color: var(--nm-muted); font-size: 12px; }
.act input, .act select { border: 1px solid var(--nm-edge); border-radius: 6px; padding: 4px 8px; height: 32px; background: var(--nm-card); color: var(--nm-text); font-size: 14px; width: 100%; min-width: 0; }
.timeline li { display: grid; grid-template-columns: minmax(120px, 1fr) 3fr; gap: 4px 14px; align-items: center; padding: 4px 0; }
.timeline .track { position: relative; height: 16px; border-radius: 4px; background: var(--nm-track); overflow: hidden; }
.timeline .track i { position: absolute; top: 0; bottom: 0; border-radius: 2px; }
.timeline i { background: var(--nm-infoBar); color: var(--nm-infoBar); }
.timeline i.crit { background: var(--nm-critBar); color: var(--nm-critBar); }
.timeline i.warn { background: var(--nm-warnBar); color: var(--nm-warnBar); }
.timeline i.seen { background: repeating-linear-gradient(45deg, currentColor 0 3px, transparent 3px 6px); box-shadow: inset 0 0 0 1px currentColor; }
.timeline .axis { display: flex; justify-content: space-between; margin-left: calc((100% - 14px) / 4 + 14px); color: var(--nm-muted); font-size: 12px; }
.timeline .legend-line { display: flex; gap: 16px; color: var(--nm-muted); font-size: 12px; margin-top: 6px; }
.timeline .legend-line i { display: inline-block; width: 16px; height: 10px; border-radius: 2px; margin-right: 6px; }
@container (max-width: 980px) {
  td.managed { min-width: 220px; }
}
@container (max-width: 700px) {
  .timeline li { grid-template-columns: minmax(0, 1fr); }
  .timeline .axis { margin-left: 0; }
  .act button { min-height: 32px; }
  .act form button { flex: 1 1 auto; }
}
`;
