import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const WIDTHS = [1440, 390];

/** What is wrong with the screen that is open, wide and narrow: what axe finds, and whether it scrolls sideways. */
export async function screenFaults(page: Page, screen: string, picture?: (width: number) => string): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    if (picture) await page.screenshot({ path: picture(width), fullPage: true });
    found.push(...(await axeFaults(page)).map((fault) => `${screen} ${width}: ${fault}`));
    const overflows = await page.locator('html').evaluate((element) => element.scrollWidth > element.clientWidth);
    if (overflows) found.push(`${screen} ${width}: scrolls sideways`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  return found;
}

/** What axe finds wrong in a part of the page, or in all of it. */
export async function axeFaults(page: Page, part = 'html'): Promise<string[]> {
  // Evaluated rather than added as a tag, which the content security policy refuses.
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(async (within): Promise<AxeResults> => {
    const { axe } = globalThis as typeof globalThis & { axe: { run(within: string): Promise<AxeResults> } };
    return axe.run(within);
  }, part);
  return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ')}`);
}
