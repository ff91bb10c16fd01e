import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser';
import { BuilderPage } from '../support/builder-page';
import { DocumentBuilder } from '../support/document-builder';
import { postFrom, signInFrom } from '../support/page-session';
import { axeFaults, faultsInBothThemes } from '../support/screen-faults';

const pictures = join(__dirname, '..', '..', 'dist', 'pictures');

describe('A workflow from words in a browser', () => {
  let stack: Stack;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    stack = await startStack();
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('is shown as changes, accepted as one edit, changed by further words, and undone', async () => {
    const { page, complaints } = await openPage(browser);
    await signInFrom(page, stack.gatewayUrl);
    const { id } = await postFrom(page, '/workflows/save', { definition: new DocumentBuilder('Told').build() });
    await page.goto(`${stack.gatewayUrl}/workflows/${id}`);
    const builder = new BuilderPage(page);
    await page.getByRole('button', { name: 'Describe it' }).click();
    const dialog = page.getByRole('dialog', { name: 'Describe the workflow' });
    await dialog.getByText('The local warehouse only plays its models').waitFor();
    await dialog.getByLabel('What should it do?').fill('top 10 CUSTOMER by C_ACCTBAL and forecast it');
    await dialog.getByRole('button', { name: 'Draft', exact: true }).click();
    const changes = dialog.getByRole('list', { name: 'Changes' });
    await changes.getByText('C_ACCTBAL').waitFor();
    await dialog.getByText('“forecast”').waitFor();
    const faults = await faultsInBothThemes(page, async (theme) => {
      await page.screenshot({ path: join(pictures, `describe-${theme}.png`) });
      return axeFaults(page);
    });
    expect(faults).toEqual([]);
    await dialog.getByRole('button', { name: 'Accept draft' }).click();
    await builder.node('Sort').waitFor();
    await builder.saved();
    await page.screenshot({ path: join(pictures, 'described.png') });

    await page.getByRole('button', { name: 'Describe in words' }).click();
    const change = page.getByRole('dialog', { name: 'Describe a change' });
    await change.getByLabel('What should change?').fill('filter where C_ACCTBAL > 0');
    await change.getByRole('button', { name: 'Draft', exact: true }).click();
    await change.getByRole('button', { name: 'Reject' }).click();
    expect(await builder.node('Filter').count()).toBe(0);
    await page.getByRole('button', { name: 'Undo (Ctrl Z)' }).click();
    await page.getByRole('button', { name: 'Describe it' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);
});
