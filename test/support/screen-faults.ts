import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

type Theme = 'light' | 'dark';

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const WIDTHS = [1440, 390];

/**
 * What is wrong with the screen that is open, wide and narrow, in both themes: what axe finds, and whether it scrolls
 * sideways. The page goes on wide and light. `picture`: where the picture of a look such as `1440-dark` goes.
 */
export async function screenFaults(page: Page, screen: string, picture?: (look: string) => string): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const faults = await faultsInBothThemes(page, async (theme) => {
      if (picture) await page.screenshot({ path: picture(`${width}-${theme}`), fullPage: true });
      return [...(await axeFaults(page)), ...(await sidewaysFaults(page))];
    });
    found.push(...faults.map((fault) => `${screen} ${width} ${fault}`));
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  return found;
}

/** What a look at the page finds wrong in each theme. The page goes on in the light one. */
export async function faultsInBothThemes(page: Page, look: (theme: Theme) => Promise<string[]>): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ['dark', 'light'] as const) {
    // Colours on their way from one theme to the other are nobody's.
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    // What is not the application's own page has no theme to wait for.
    await page.locator(`html[data-theme="${theme}"], html:not([data-theme])`).waitFor({ state: 'attached' });
    found.push(...(await look(theme)).map((fault) => `${theme}: ${fault}`));
  }
  return found;
}

/** Whether the page scrolls sideways. */
export async function sidewaysFaults(page: Page): Promise<string[]> {
  const overflows = await page.locator('html').evaluate((element) => element.scrollWidth > element.clientWidth);
  return overflows ? ['scrolls sideways'] : [];
}

/** What axe finds wrong in a part of the page, or in all of it. */
export async function axeFaults(page: Page, part = 'html'): Promise<string[]> {
  // Evaluated rather than added as a tag, which the content security policy refuses.
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(axeSource);
  return page.evaluate(async (within) => {
    const { axe } = globalThis as typeof globalThis & {
      axe: { run(within: string, options: RunOptions): Promise<AxeResults> };
    };
    // All that axe looked at is megabytes, which take longer on their way here than axe does; only the faults come.
    const { violations } = await axe.run(within, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ')}`);
  }, part);
}
