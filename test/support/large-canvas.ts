import type { Browser, Page } from 'playwright-core';
import { openPage } from './browser';
import { postFrom, signInFrom } from './page-session';
import { BuilderPage } from './builder-page';
import { DocumentBuilder } from './document-builder';

export interface Position {
  x: number;
  y: number;
}

/** A source, 198 limits in a row and 101 joins of two of them: 300 nodes and 400 edges. */
export function largeDocument(): object {
  const builder = new DocumentBuilder('Large').tpch('n0', 'REGION');
  for (let at = 1; at < 199; at += 1) builder.node(`n${at}`, 'shape.limit', { rows: 1 }, `n${at - 1}`);
  for (let at = 0; at < 101; at += 1) {
    builder.node(`j${at}`, 'shape.join', { how: 'cross', on: [] }, { left: `n${at}`, right: `n${at + 98}` });
  }
  const document = builder.build();
  const nodes = document.nodes.map((node, at) => ({
    ...node,
    position: { x: (at % 20) * 280, y: Math.floor(at / 20) * 160 },
  }));
  return { ...document, nodes };
}

/** A saved workflow of that size, open in the builder of somebody who has signed in. */
export class LargeCanvas {
  private constructor(
    readonly page: Page,
    readonly builder: BuilderPage,
    readonly workflowId: string,
  ) {}

  static async open(browser: Browser, gatewayUrl: string): Promise<LargeCanvas> {
    const { page } = await openPage(browser);
    // So many nodes take a busy machine longer than other pages do.
    page.setDefaultTimeout(60_000);
    await signInFrom(page, gatewayUrl);
    const { id } = await postFrom(page, '/workflows/save', { definition: largeDocument() });
    await page.goto(`${gatewayUrl}/workflows/${id}`);
    const canvas = new LargeCanvas(page, new BuilderPage(page), id);
    await canvas.builder.node('n21').waitFor({ timeout: 60_000 });
    return canvas;
  }

  /** How many nodes are drawn, and which of them do not stand within the canvas. */
  outOfView(): Promise<{ drawn: number; outside: (string | null)[] }> {
    return this.builder.canvas.evaluate((canvas) => {
      const room = canvas.getBoundingClientRect();
      const nodes = [...canvas.querySelectorAll('.react-flow__node')];
      const outside = nodes.filter((node) => {
        const { left, right, top, bottom } = node.getBoundingClientRect();
        return left < room.left || right > room.right || top < room.top || bottom > room.bottom;
      });
      return { drawn: nodes.length, outside: outside.map((node) => node.getAttribute('data-id')) };
    });
  }

  async middleOf(label: string): Promise<Position> {
    const box = await this.builder.node(label).boundingBox();
    if (!box) throw new Error(`The node ${label} is not on the page`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
}
