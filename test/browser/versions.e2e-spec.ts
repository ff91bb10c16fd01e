import { eventually } from '@snowflow/testing/eventually';
import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser';
import { BuilderPage } from '../support/builder-page';
import { sixInARow } from '../support/document-builder';
import { postFrom, signInFrom } from '../support/page-session';
import { axeFaults, faultsInBothThemes } from '../support/screen-faults';

type Node = { id: string; label: string };
interface Saved {
  revision: number;
  definition: { name: string; nodes: Node[]; edges: { source: string; target: string }[] };
}

describe('Versions in a browser', () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;
  let builder: BuilderPage;
  let complaints: string[];
  let id: string;

  beforeAll(async () => {
    stack = await startStack();
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser));
    builder = new BuilderPage(page);
    await signInFrom(page, stack.gatewayUrl);
    ({ id } = await postFrom(page, '/workflows/save', { definition: sixInARow('Versioned') }));
    await page.goto(`${stack.gatewayUrl}/workflows/${id}`);
    await builder.canvas.waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const read = (path = '') =>
    page.evaluate(async (url) => (await fetch(url)).json() as Promise<Saved>, `/api/v1/workflows/${id}${path}`);
  /** Somebody else saves: what the page shows is stale from then on. */
  const saveElsewhere = async (change: (definition: Saved['definition']) => Partial<Saved['definition']>) => {
    const { revision, definition } = await read();
    await postFrom(page, '/workflows/save', { id, revision, definition: { ...definition, ...change(definition) } });
  };
  const labelled = ({ nodes }: Saved['definition'], which: string, label: string) => ({
    nodes: nodes.map((node) => (node.id === which ? { ...node, label } : node)),
  });
  const faultsOf = (part?: string) => faultsInBothThemes(page, () => axeFaults(page, part));

  it('a stale save merges by itself what is about different things, and says so', async () => {
    await saveElsewhere((definition) => labelled(definition, 'orders', 'Theirs'));
    await page.getByRole('textbox', { name: 'Workflow name' }).fill('Mine');
    await page.getByText(/^Merged with what/).waitFor();
    await builder.saved();
    const { definition } = await read();
    expect(definition.name).toBe('Mine');
    expect(definition.nodes[0]).toMatchObject({ id: 'orders', label: 'Theirs' });
    await builder.node('Theirs').waitFor();
  });

  it('a node that both sides changed is chosen in a dialog, by keyboard', async () => {
    await saveElsewhere((definition) => labelled(definition, 'orders', 'The orders'));
    await builder.select('Theirs');
    await builder.inspector.getByRole('textbox', { name: 'Name' }).fill('My orders');
    const dialog = page.getByRole('dialog', { name: 'You changed this elsewhere too' });
    const choice = dialog.getByRole('group', { name: 'Node My orders' });
    await choice.getByText('label: The orders').waitFor();
    await choice.getByText('label: My orders').waitFor();
    expect(await faultsOf('.dialog')).toEqual([]);
    await choice.getByRole('radio', { name: 'Mine' }).focus();
    await page.keyboard.press('ArrowDown');
    await dialog.getByRole('button', { name: 'Keep both changes' }).press('Enter');
    await builder.saved();
    await builder.node('The orders').waitFor();
    expect((await read()).definition.nodes.map(({ label }) => label)).toContain('The orders');
  });

  it('compares versions on the canvas, goes back without losing the draft, and publishes', async () => {
    await saveElsewhere(({ nodes, edges }) => ({
      nodes: nodes.filter((node) => node.id !== 'result'),
      edges: edges.filter(({ target }) => target !== 'result'),
    }));
    await page.reload();
    await builder.node('The orders').waitFor();
    const before = await read();
    await page.getByRole('button', { name: 'Versions' }).click();
    const panel = page.getByRole('complementary', { name: 'Versions' });
    await panel.getByRole('button', { name: 'Compare v1 with the draft' }).click();
    await panel.getByRole('list', { name: 'Changes' }).getByText('Removed').first().waitFor();
    await page.locator('[data-ghost=result]').waitFor();
    expect(await page.locator('[data-node-id=orders]').getAttribute('data-marked')).toBe('changed');
    expect(await faultsOf()).toEqual([]);
    await panel.getByRole('combobox', { name: 'With' }).selectOption('2');
    await page.locator('[data-ghost=result]').waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: 'Go back to v1' }).click();
    await page.getByRole('dialog', { name: 'Go back to v1?' }).getByRole('button', { name: 'Go back' }).click();
    await builder.node('result').waitFor();
    expect(await read(`/revisions/${before.revision}`)).toMatchObject({ definition: before.definition });
    expect(await read()).toMatchObject({ revision: before.revision + 1, definition: { name: 'Versioned' } });
    const opener = page.getByRole('button', { name: 'Versions', exact: true });
    if ((await opener.getAttribute('aria-expanded')) !== 'true') await opener.click();
    await panel.getByRole('button', { name: 'Publish v1', exact: true }).click();
    await panel.getByText('Published', { exact: true }).waitFor();
    expect(await read()).toMatchObject({ published: 1 });
  });

  it('an edit is there again although the tab is killed before it is saved', async () => {
    const name = page.getByRole('textbox', { name: 'Workflow name' });
    await page.context().setOffline(true);
    await name.fill('Typed before the crash');
    await page.getByText(/kept here/).waitFor();
    const lives = page.context();
    await page.close();
    await lives.setOffline(false);
    page = await lives.newPage();
    page.setDefaultTimeout(15_000);
    builder = new BuilderPage(page);
    await page.goto(`${stack.gatewayUrl}/workflows/${id}`);
    await builder.canvas.waitFor();
    await eventually(async () => expect((await read()).definition.name).toBe('Typed before the crash'));
  });

  it('the trash gives a workflow back', async () => {
    await page.goto(`${stack.gatewayUrl}/workflows`);
    await page.getByRole('button', { name: 'Actions for Typed before the crash' }).click();
    await page.getByRole('menuitem', { name: 'Move to trash' }).click();
    const dialog = page.getByRole('dialog', { name: 'Move Typed before the crash to the trash?' });
    await dialog.waitFor();
    expect(await faultsOf('.dialog')).toEqual([]);
    await dialog.getByRole('button', { name: 'Move to trash' }).click();
    await page.getByRole('link', { name: 'Trash' }).click();
    await page.getByRole('button', { name: 'Actions for Typed before the crash' }).click();
    await page.getByRole('menuitem', { name: 'Restore' }).click();
    await page.getByText('The trash is empty.').waitFor();
    expect(await read()).toMatchObject({ published: 1 });
    expect(complaints.filter((one) => !one.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  });
});
