// What a mail says unless the user writes something else. The placeholders are those of view.ts.

import { inPage } from './page-template.ts';

export const subject =
  '{{status}}: {{#group}}{{group}}{{/group}}{{^group}}{{name}}{{#device}} · {{device}}{{/device}}' +
  '{{#condition}} · {{condition}}{{/condition}}{{^condition}}{{#value}} · {{value}}{{/value}}{{/condition}}' +
  '{{/group}}{{#more}} (+{{more}}){{/more}}';

export const text = `{{#reason}}
{{reason}}

{{/reason}}
{{#heldBack}}
{{heldBack}}

{{/heldBack}}
{{#alerts}}
{{status}}: {{summary}}
{{#change}}
{{change}}
{{/change}}

{{#rows}}
{{label}}: {{value}}
{{/rows}}
{{#suspects}}

{{title}}:
{{#lines}}
- {{text}}
{{/lines}}
{{/suspects}}
{{#diff}}

{{#blocks}}
{{#lines}}
{{number}} {{sign}} {{text}}
{{/lines}}
{{/blocks}}
{{#omitted}}
{{omitted}}
{{/omitted}}

{{/diff}}
{{#link}}
{{text}}: {{href}}
{{/link}}
{{#actions}}
{{text}}: {{href}}
{{/actions}}

{{/alerts}}
{{#omitted}}
{{omitted}}

{{/omitted}}
-- 
{{footer}}
`;

export const html = inPage(`{{#reason}}
<p class="text" style="margin: 0 16px 16px; color: #1a1d21;">{{reason}}</p>
{{/reason}}
{{#heldBack}}
<p class="text" style="margin: 0 16px 16px; color: #1a1d21;">{{heldBack}}</p>
{{/heldBack}}
{{#alerts}}
<div class="card" style="margin: 0 0 16px; background: #ffffff; border-radius: 8px; overflow: hidden;">
<div style="padding: 8px 16px; background: {{color}}; color: #ffffff; font-weight: bold;">{{status}}{{#condition}} · {{condition}}{{/condition}}</div>
<div style="padding: 14px 16px;">
<p class="text" style="margin: 0 0 12px; font-size: 18px; font-weight: bold; color: #1a1d21; overflow-wrap: anywhere;">{{summary}}</p>
{{#change}}
<p class="text" style="margin: 0 0 12px; color: #1a1d21; overflow-wrap: anywhere;">{{change}}</p>
{{/change}}
<table role="presentation" style="width: 100%; border-collapse: collapse;">
{{#rows}}
<tr>
<td class="quiet line" style="padding: 6px 12px 6px 0; border-top: 1px solid #e3e6ea; color: #59626d; vertical-align: top; width: 30%;">{{label}}</td>
<td class="text line" style="padding: 6px 0; border-top: 1px solid #e3e6ea; color: #1a1d21; vertical-align: top; overflow-wrap: anywhere; word-break: break-word;">{{value}}</td>
</tr>
{{/rows}}
</table>
{{#suspects}}
<p class="quiet" style="margin: 14px 0 4px; font-size: 13px; color: #59626d;">{{title}}</p>
<ul class="text" style="margin: 0; padding: 0 0 0 20px; color: #1a1d21;">
{{#lines}}
<li style="margin: 2px 0; overflow-wrap: anywhere;">{{text}}</li>
{{/lines}}
</ul>
{{/suspects}}
{{#diff}}
<div class="line" style="margin: 14px 0 0; border: 1px solid #e3e6ea; border-radius: 4px; overflow: hidden;">
{{#blocks}}
<pre class="{{kind}}" style="margin: 0; padding: 0 8px; font: 12px/1.5 Consolas, Menlo, monospace; white-space: pre-wrap; overflow-wrap: anywhere; color: {{color}}; background: {{background}};">{{#lines}}{{number}} {{sign}} {{text}}
{{/lines}}</pre>
{{/blocks}}
</div>
{{#omitted}}
<p class="quiet" style="margin: 4px 0 0; font-size: 13px; color: #59626d;">{{omitted}}</p>
{{/omitted}}
{{/diff}}
{{#picture}}
<img src="cid:{{cid}}" alt="{{alt}}" width="{{width}}" style="display: block; width: 100%; height: auto; margin: 14px 0 0; border-radius: 4px; background: #ffffff;">
{{/picture}}
{{#link}}
<p style="margin: 14px 0 0;"><a class="link" href="{{href}}" style="color: #1d4ed8; overflow-wrap: anywhere;">{{text}}</a></p>
{{/link}}
{{#actions}}
<a class="action" href="{{href}}" style="display: inline-block; margin: 14px 8px 0 0; padding: 9px 18px; border: 1px solid #1d4ed8; border-radius: 6px; color: #1d4ed8; font-weight: bold; text-decoration: none;">{{text}}</a>
{{/actions}}
</div>
</div>
{{/alerts}}
{{#omitted}}
<p class="text" style="margin: 0 16px 16px; color: #1a1d21; overflow-wrap: anywhere;">{{omitted}}</p>
{{/omitted}}
`);
