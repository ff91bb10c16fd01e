import type { Page } from 'playwright-core';

/** What the page shows and what the browser keeps for it. */
export async function everythingKept(page: Page): Promise<string> {
  const fields = await page
    .locator('input, textarea')
    .evaluateAll((found) => found.map((field) => ('value' in field ? String(field.value) : '')));
  const stored = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
  return [await page.content(), ...fields, String(stored), page.url()].join('\n');
}
