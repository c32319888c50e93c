/** Charts, beside uPlot's own styles. */
export const chartCss = `
.chart { min-width: 0; flex: 1; display: flex; flex-direction: column; }
.plot { position: relative; flex: 1; min-height: 220px; }
.canvas { position: absolute; inset: 0; }
.uplot, .uplot *, .uplot *::before, .uplot *::after { box-sizing: border-box; }
.uplot { font: inherit; }
.u-select { background: color-mix(in srgb, var(--nm-focus) 18%, transparent); }
.u-hz .u-cursor-x, .u-vt .u-cursor-y { border-right: 1px dashed var(--nm-muted); }
.tip {
  position: absolute; top: 8px; left: 60px; pointer-events: none; z-index: 2; max-width: min(340px, 80%);
  background: var(--nm-card); border: 1px solid var(--nm-edge); border-radius: 8px; padding: 7px 10px; font-size: 12px;
  box-shadow: 0 4px 16px #0003;
}
.tip.at-right { left: auto; right: 12px; }
.tip div { display: flex; gap: 8px; align-items: center; white-space: nowrap; }
.tip div b { margin-left: auto; padding-left: 10px; font-variant-numeric: tabular-nums; }
.swatch { width: 18px; height: 4px; flex: none; margin-right: 6px; vertical-align: middle; }
.tip .swatch { margin: 0; }
.legend { display: flex; gap: 4px 20px; flex-wrap: wrap; color: var(--nm-muted); font-size: 12px; margin-top: 8px; }
.legend > span { font-variant-numeric: tabular-nums; min-width: 0; }
.legend b { color: var(--nm-text); font-weight: 600; }
.legend > .ok { color: var(--nm-ok); } .legend > .warn { color: var(--nm-warn); }
.legend > .crit { color: var(--nm-crit); } .legend > .off { color: var(--nm-off); }
.far { color: var(--nm-muted); font-size: 12px; margin-top: 4px; overflow-wrap: anywhere; }
.legend-table { margin-top: 8px; font-size: 12px; }
.legend-table th, .legend-table td { padding: 3px 12px 3px 0; border-bottom: 0; font-weight: 400; }
.legend-table td.pale { color: var(--nm-muted); }
.legend-table thead th { color: var(--nm-muted); padding-bottom: 2px; }
.legend-table tbody th { color: var(--nm-text); max-width: 0; width: 50%; overflow: hidden; text-overflow: ellipsis; }
@container (max-width: 620px) {
  .plot { min-height: 190px; }
  .legend-table th, .legend-table td { padding-right: 8px; }
  .legend-table .pale { display: none; }
}
`;
