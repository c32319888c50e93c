import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Finding {
  id: string;
  impact: string;
  nodes: { html: string }[];
}
type Axe = {
  run: (within: string | Document, options: object) => Promise<{ violations: Finding[] }>;
};

/** What keeps people from using a page, or what a selector finds in it: the serious findings of axe-core. */
export async function seriousFindings(page: Page, within?: string) {
  await page.addScriptTag({ path: script });
  const findings = await page.evaluate(async (selector) => {
    const { axe } = window as unknown as { axe: Axe };
    const { violations } = await axe.run(selector ?? document, { resultTypes: ['violations'] });
    return violations.map(({ id, impact, nodes }) => [id, impact, nodes[0]?.html]);
  }, within);
  return findings.filter(([, impact]) => impact !== 'minor' && impact !== 'moderate');
}
