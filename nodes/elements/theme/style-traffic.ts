/** Traffic: rings, bars of shares and who sends to whom. */
export const trafficCss = `
.scope { margin: 0; align-items: end; }
.scope label { flex: 1 1 150px; max-width: 260px; flex-direction: column; gap: 2px; align-items: stretch; font-size: 12px; }
.scope select, .scope input[type=search], .scope input[type=datetime-local] {
  border: 1px solid var(--nm-edge); border-radius: 6px; padding: 4px 8px; height: 32px; background: var(--nm-card);
  color: var(--nm-text); font-size: 14px; width: 100%; min-width: 0; max-width: none; flex: none;
}
.donut { display: flex; flex-direction: column; gap: 6px; align-items: center; }
.donut svg { width: 150px; height: 150px; flex: none; }
.donut table { margin: 0; width: 100%; }
.donut th { font-size: 12px; }
.donut td b { font-weight: 600; }
.donut td:last-child { padding-right: 0; }
.legend-table .dot { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 7px; }
.bars.shares li { grid-template-columns: minmax(110px, 1.7fr) 2fr 92px 54px; }
.bars.shares .who { flex-direction: row; flex-wrap: wrap; gap: 0 6px; align-items: baseline; }
.bars.shares .who > * { max-width: 100%; }
.bars.shares .who small { flex: 0 1 auto; }
.two .rest { background: var(--nm-edge); }
.sankey { display: grid; grid-template-columns: minmax(100px, 220px) minmax(80px, 1fr) minmax(100px, 220px); font-size: 13px; position: relative; }
.sankey svg { width: 100%; display: block; }
.sankey path { opacity: .45; } .sankey path:hover { opacity: .85; }
.ends { position: relative; }
.ends li { position: absolute; left: 0; right: 0; display: flex; align-items: center; gap: 8px; min-width: 0; padding: 0 14px; }
.ends.left li { justify-content: flex-end; padding-left: 0; } .ends.right li { padding-right: 0; flex-direction: row; }
.ends small { white-space: nowrap; flex: none; }
.ends i { position: absolute; width: 7px; border-radius: 2px; background: var(--nm-edge); }
.ends.left i { right: 0; } .ends.right i { left: 0; }
.foot { font-size: 12px; padding: 0 2px; }
.similar { display: flex; flex-wrap: wrap; gap: 4px 18px; margin-top: 4px; }
.similar a { text-decoration: underline; text-underline-offset: 2px; }
@container (max-width: 980px) {
  .donut { flex-direction: row; align-items: center; gap: 20px; }
  .donut table { flex: 1 1 0; width: auto; }
}
@container (max-width: 620px) {
  .scope label { flex: 1 1 40%; max-width: none; }
  .scope label:has([type=datetime-local]), .scope label:has([type=search]) { flex-basis: 100%; }
  .scope button { flex: 1 1 auto; }
  .donut { flex-direction: column; }
  .donut table { width: 100%; }
  .bars.shares li { grid-template-columns: minmax(0, 1fr) auto 54px; }
  .sankey { grid-template-columns: minmax(0, 1.1fr) minmax(60px, 1fr) minmax(0, 1.1fr); font-size: 12px; }
  .ends small { display: none; }
  .ends li { padding: 0 10px; }
}
`;
