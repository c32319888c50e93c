// What a summary says. The placeholders are those of compose-summary.ts.

import { inPage } from './page-template.ts';

export const text = `{{title}}
{{period}}

{{headline}}

{{#devices}}
{{availability}}  {{name}}{{#down}}, {{words.down}}: {{down}} ({{words.outages}}: {{outages}}){{/down}}{{#degraded}}, {{words.degraded}}: {{degraded}}{{/degraded}}
{{/devices}}
{{#more}}
{{more}}
{{/more}}
{{#hasBusiest}}

{{words.busiest}}

{{#busiest}}
{{name}}: {{metric}} {{words.average}} {{average}}, {{words.max}} {{max}}
{{/busiest}}
{{/hasBusiest}}

-- 
{{footer}}
`;

const cell = 'padding: 6px 12px 6px 0; border-top: 1px solid #e3e6ea; vertical-align: top;';
const head = 'padding: 6px 12px 6px 0; color: #59626d; font-weight: normal; text-align: left;';

export const html =
  inPage(`<div class="card" style="margin: 0 0 16px; padding: 16px; background: #ffffff; border-radius: 8px;">
<p class="quiet" style="margin: 0 0 4px; font-size: 14px; color: #59626d;">{{title}} · {{period}}</p>
<p class="text" style="margin: 0; font-size: 18px; font-weight: bold; color: #1a1d21; overflow-wrap: anywhere;">{{headline}}</p>
</div>
{{#hasBusiest}}
<div class="card" style="margin: 0 0 16px; padding: 16px; background: #ffffff; border-radius: 8px;">
<p class="text" style="margin: 0 0 6px; font-weight: bold; color: #1a1d21;">{{words.busiest}}</p>
<table style="width: 100%; border-collapse: collapse; font-size: 15px;">
<tr><th class="quiet" style="${head}"></th><th class="quiet" style="${head}">{{words.average}}</th><th class="quiet" style="${head}">{{words.max}}</th></tr>
{{#busiest}}
<tr>
<td class="text line" style="${cell} color: #1a1d21; overflow-wrap: anywhere;">{{name}} <span class="quiet" style="color: #59626d;">{{metric}}</span></td>
<td class="text line" style="${cell} color: #1a1d21; white-space: nowrap;">{{average}}</td>
<td class="text line" style="${cell} color: #1a1d21; white-space: nowrap;">{{max}}</td>
</tr>
{{/busiest}}
</table>
</div>
{{/hasBusiest}}
<div class="card" style="margin: 0 0 16px; padding: 16px; background: #ffffff; border-radius: 8px;">
<p class="text" style="margin: 0 0 6px; font-weight: bold; color: #1a1d21;">{{words.availability}}</p>
<table style="width: 100%; border-collapse: collapse; font-size: 15px;">
{{#devices}}
<tr>
<td class="text line" style="${cell} color: #1a1d21; overflow-wrap: anywhere;">{{name}}{{#down}}<br><span class="quiet" style="color: #59626d;">{{words.down}} {{down}} · {{words.outages}} {{outages}}</span>{{/down}}{{#degraded}}<br><span class="quiet" style="color: #59626d;">{{words.degraded}} {{degraded}}</span>{{/degraded}}</td>
<td class="line {{#isBad}}bad{{/isBad}}{{^isBad}}text{{/isBad}}" style="${cell} text-align: right; white-space: nowrap; {{#isBad}}color: #b91c1c; font-weight: bold;{{/isBad}}{{^isBad}}color: #1a1d21;{{/isBad}}">{{availability}}</td>
</tr>
{{/devices}}
</table>
{{#more}}
<p class="quiet" style="margin: 8px 0 0; color: #59626d;">{{more}}</p>
{{/more}}
</div>
`);
