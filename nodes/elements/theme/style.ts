import uPlotCss from 'uplot/dist/uPlot.min.css';
import { alertCss } from './style-alerts.ts';
import { cardCss } from './style-cards.ts';
import { changesCss } from './style-changes.ts';
import { chartCss } from './style-charts.ts';
import { configurationCss } from './style-configurations.ts';
import { frameCss } from './style-frame.ts';
import { tableCss } from './style-tables.ts';
import { trafficCss } from './style-traffic.ts';
import { tokensCss } from './tokens.ts';

/** All styles of the dashboard. Widths are those of the element itself, not of the window. */
export const dashboardCss = [
  tokensCss(),
  frameCss,
  cardCss,
  tableCss,
  alertCss,
  uPlotCss,
  chartCss,
  configurationCss,
  changesCss,
  trafficCss,
].join('\n');
