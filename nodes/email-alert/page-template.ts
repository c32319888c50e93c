/**
 * The page of a mail around what it says, a template with `language`, `subject` and `footer`: one column, and styles
 * inline, as mail programs want it; the style sheet only turns it dark.
 */
export function inPage(content: string): string {
  return `<!DOCTYPE html>
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
  .link, .action { color: #93b4ff !important; }
  .action { border-color: #93b4ff !important; }
  .bad { color: #ff8a80 !important; }
  .same { color: #eceff3 !important; background: #23272d !important; }
  .head, .note { color: #aab2bd !important; background: #2a2f36 !important; }
  .added { color: #b7f0c8 !important; background: #12331f !important; }
  .removed { color: #ffc9c9 !important; background: #43191c !important; }
}
</style>
</head>
<body class="page" style="margin: 0; padding: 16px 8px; background: #f0f2f5;">
<div style="max-width: 600px; margin: 0 auto; font: 16px/1.45 -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;">
${content}<p class="quiet" style="margin: 0 16px; font-size: 13px; color: #59626d;">{{footer}}</p>
</div>
</body>
</html>
`;
}
