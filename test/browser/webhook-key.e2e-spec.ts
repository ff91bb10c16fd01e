import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser';
import { everythingKept } from '../support/everything-kept';
import { signInFrom } from '../support/page-session';

describe('The webhook settings in a browser', () => {
  let stack: Stack;
  let browser: Browser;

  beforeAll(async () => {
    stack = await startStack();
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const openWebhooks = async () => {
    const opened = await openPage(browser);
    await signInFrom(opened.page, stack.gatewayUrl);
    await opened.page.goto(`${stack.gatewayUrl}/settings/webhooks`);
    return opened;
  };

  it('replaces the key of the webhooks, shows the new one once, and lets the one before it sign for a day', async () => {
    const { page, complaints } = await openWebhooks();
    const secretOf = async (button: string) => {
      await page.getByRole('button', { name: button }).click();
      const shown = page.getByRole('dialog');
      const secret = await shown.getByRole('group', { name: 'Webhook key' }).innerText();
      await shown.getByRole('button', { name: 'I have copied it' }).click();
      return secret;
    };
    const before = await secretOf('Show key in use');
    await page.getByRole('button', { name: 'Replace key' }).click();
    const asking = page.getByRole('dialog', { name: 'Replace the key of the webhooks?' });
    await asking.getByRole('button', { name: 'Replace key' }).click();
    const replaced = page.getByRole('dialog', { name: 'The key was replaced' });
    const after = await replaced.getByRole('group', { name: 'Webhook key' }).innerText();
    await replaced.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByText('Signs until').waitFor();
    const kept = await everythingKept(page);
    expect([kept.includes(before), kept.includes(after), before === after]).toEqual([false, false, false]);
    expect(after).toMatch(/^whk_/);
    expect(await secretOf('Show key before it')).toBe(before);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);
});
