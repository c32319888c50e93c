// What a mail says unless the user writes something else. The placeholders are those of view.ts.

export const subject =
  '{{status}}: {{name}}{{#device}} · {{device}}{{/device}}{{#value}} · {{value}}{{/value}}' +
  '{{#more}} (+{{more}}){{/more}}';

export const text = `{{#alerts}}
{{status}}: {{summary}}

{{#rows}}
{{label}}: {{value}}
{{/rows}}

{{/alerts}}
{{#omitted}}
{{omitted}}

{{/omitted}}
-- 
{{footer}}
`;

// One column and styles inline, as mail programs want it; the style sheet only turns it dark.
export const html = `<!DOCTYPE html>
<html lang="{{language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{subject}}</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #15171a !important; }
  .card { background: #23272d !important; }
  .text { color: #eceff3 !important; }
  .quiet { color: #aab2bd !important; }
  .line { border-color: #3a4048 !important; }
}
</style>
</head>
<body class="page" style="margin: 0; padding: 16px 8px; background: #f0f2f5;">
<div style="max-width: 600px; margin: 0 auto; font: 16px/1.45 -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;">
{{#alerts}}
<div class="card" style="margin: 0 0 16px; background: #ffffff; border-radius: 8px; overflow: hidden;">
<div style="padding: 8px 16px; background: {{color}}; color: #ffffff; font-weight: bold;">{{status}}</div>
<div style="padding: 14px 16px;">
<p class="text" style="margin: 0 0 12px; font-size: 18px; font-weight: bold; color: #1a1d21; overflow-wrap: anywhere;">{{summary}}</p>
<table role="presentation" style="width: 100%; border-collapse: collapse;">
{{#rows}}
<tr>
<td class="quiet line" style="padding: 6px 12px 6px 0; border-top: 1px solid #e3e6ea; color: #59626d; vertical-align: top; width: 30%;">{{label}}</td>
<td class="text line" style="padding: 6px 0; border-top: 1px solid #e3e6ea; color: #1a1d21; vertical-align: top; overflow-wrap: anywhere; word-break: break-word;">{{value}}</td>
</tr>
{{/rows}}
</table>
</div>
</div>
{{/alerts}}
{{#omitted}}
<p class="text" style="margin: 0 16px 16px; color: #1a1d21; overflow-wrap: anywhere;">{{omitted}}</p>
{{/omitted}}
<p class="quiet" style="margin: 0 16px; font-size: 13px; color: #59626d;">{{footer}}</p>
</div>
</body>
</html>
`;
