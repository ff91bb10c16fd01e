import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser';
import { BuilderPage } from '../support/builder-page';
import { sixInARow } from '../support/document-builder';
import { postFrom, signInFrom } from '../support/page-session';
import { axeFaults } from '../support/screen-faults';

interface Saved {
  revision: number;
  definition: { nodes: { id: string; label: string }[] };
}

describe('Versions in a browser', () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let id: string;

  beforeAll(async () => {
    stack = await startStack();
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser));
    await signInFrom(page, stack.gatewayUrl);
    ({ id } = await postFrom(page, '/workflows/save', { definition: sixInARow('Versioned') }));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const read = (path = '') =>
    page.evaluate(async (url) => (await fetch(url)).json() as Promise<Saved>, `/api/v1/workflows/${id}${path}`);
  const faultsInBothThemes = async () => {
    const faults: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      faults.push(...(await axeFaults(page)));
    }
    return faults;
  };

  it('a stale save is merged: what one side changed is kept, what both changed is chosen', async () => {
    await page.goto(`${stack.gatewayUrl}/workflows/${id}`);
    const builder = new BuilderPage(page);
    await builder.canvas.waitFor();
    const { revision, definition } = await read();
    const nodes = definition.nodes.map((node, at) => (at === 0 ? { ...node, label: 'Theirs' } : node));
    await postFrom(page, '/workflows/save', { id, revision, definition: { ...definition, name: 'Theirs too', nodes } });
    await page.getByRole('textbox', { name: /name/i }).first().fill('Mine');
    const dialog = page.getByRole('dialog', { name: /changed this too/ });
    await dialog.waitFor();
    expect(await faultsInBothThemes()).toEqual([]);
    await dialog.getByRole('radio', { name: /^Mine/ }).check();
    await dialog.getByRole('button', { name: 'Keep both changes' }).click();
    await builder.saved();
    const merged = await read();
    expect(merged.definition).toMatchObject({ name: 'Mine' });
    expect(merged.definition.nodes.map(({ label }) => label)).toContain('Theirs');
  });

  it('going back keeps the draft, and a version is published', async () => {
    const before = await read();
    await page.getByRole('button', { name: 'Versions' }).click();
    const panel = page.getByRole('complementary', { name: 'Versions' });
    await panel.getByRole('button', { name: 'Compare v1 with the draft' }).click();
    await panel.getByRole('list', { name: 'Changes' }).waitFor();
    expect(await faultsInBothThemes()).toEqual([]);
    await panel.getByRole('button', { name: 'Go back to v1' }).click();
    await page.getByRole('dialog', { name: 'Go back to v1?' }).getByRole('button', { name: 'Go back' }).click();
    await page.getByRole('textbox', { name: /name/i }).first().waitFor();
    expect(await read(`/revisions/${before.revision}`)).toMatchObject({ definition: before.definition });
    expect(await read()).toMatchObject({ revision: before.revision + 1, definition: { name: 'Versioned' } });
    const opener = page.getByRole('button', { name: 'Versions' });
    if ((await opener.getAttribute('aria-expanded')) !== 'true') await opener.click();
    await panel.getByRole('button', { name: 'Publish v1', exact: true }).click();
    await panel.getByText('Published', { exact: true }).waitFor();
    expect(await read()).toMatchObject({ published: 1 });
  });

  it('the trash gives a workflow back', async () => {
    await page.goto(`${stack.gatewayUrl}/workflows`);
    await page.getByRole('button', { name: 'Actions for Versioned' }).click();
    await page.getByRole('menuitem', { name: 'Move to trash' }).click();
    const dialog = page.getByRole('dialog', { name: 'Move Versioned to the trash?' });
    expect(await faultsInBothThemes()).toEqual([]);
    await dialog.getByRole('button', { name: 'Move to trash' }).click();
    await page.getByRole('link', { name: 'Trash' }).click();
    await page.getByRole('button', { name: 'Actions for Versioned' }).click();
    await page.getByRole('menuitem', { name: 'Restore' }).click();
    await page.getByText('The trash is empty.').waitFor();
    expect(await read()).toMatchObject({ published: 1 });
    expect(complaints).toEqual([]);
  });
});
