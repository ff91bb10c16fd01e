import type { Locator, Page } from 'playwright-core';

/** The builder as a person uses it: by what is written on it, with the mouse. */
export class BuilderPage {
  readonly canvas: Locator;
  readonly inspector: Locator;
  readonly results: Locator;

  constructor(readonly page: Page) {
    this.canvas = page.getByRole('region', { name: 'Canvas' });
    this.inspector = page.getByRole('complementary', { name: 'Inspector' });
    this.results = page.getByRole('region', { name: 'Results' });
  }

  async dragTable(name: string, x: number, y: number): Promise<void> {
    await this.page
      .getByRole('treeitem', { name: new RegExp(`^${name}\\b`) })
      .dragTo(this.canvas, { targetPosition: { x, y } });
  }

  async dragNode(title: string, x: number, y: number): Promise<void> {
    const nodes = this.page.getByRole('region', { name: 'Nodes', exact: true });
    await nodes.getByRole('button', { name: title, exact: true }).dragTo(this.canvas, { targetPosition: { x, y } });
  }

  node(label: string): Locator {
    return this.canvas.getByRole('group', { name: new RegExp(`^${label},`) });
  }

  async connect(from: string, to: string, input = 'in', output = 'out'): Promise<void> {
    const start = this.node(from).locator(`[data-handleid="${output}"].source`);
    const end = this.node(to).locator(`[data-handleid="${input}"].target`);
    await start.hover();
    await this.page.mouse.down();
    const box = await end.boundingBox();
    if (!box) throw new Error(`The port ${input} of ${to} is not on the page`);
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 });
    await this.page.mouse.up();
  }

  async select(label: string): Promise<void> {
    await this.node(label).click();
  }

  async saved(): Promise<void> {
    await this.page
      .getByRole('status')
      .filter({ hasText: /^Saved$/ })
      .waitFor();
  }
}
