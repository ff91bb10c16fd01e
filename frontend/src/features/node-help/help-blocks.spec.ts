import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allDefinitions } from '../../store/node-definitions';
import { helpBlocks } from './help-blocks';

const NODES = join(__dirname, '../../../../libs/nodes/src');
const textOf = (markdown: string) => helpBlocks(markdown).map((spans) => spans.map(({ text }) => text).join(''));

describe('The help of a node type', () => {
  it('is paragraphs with code and bold words', () => {
    expect(helpBlocks('# Wait\n\nUntil `{{ at }}`\nor **never**.\n\nDone.\n')).toEqual([
      [
        { text: 'Until ', look: 'plain' },
        { text: '{{ at }}', look: 'code' },
        { text: ' or ', look: 'plain' },
        { text: 'never', look: 'strong' },
        { text: '.', look: 'plain' },
      ],
      [{ text: 'Done.', look: 'plain' }],
    ]);
  });

  it.each(allDefinitions.map(({ type }) => type))('of %s is there, and all of it is understood', (type) => {
    const folder = type.replace('.', '-');
    expect(readdirSync(join(NODES, folder))).toContain(`${folder}.md`);
    const texts = textOf(readFileSync(join(NODES, folder, `${folder}.md`), 'utf8'));
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) expect(text).not.toMatch(/^([-*>|#]|\d+\.) |```|\*\*|\]\(/);
  });
});
