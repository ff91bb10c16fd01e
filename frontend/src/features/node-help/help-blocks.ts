/** A piece of a paragraph: plain, `code` or **strong**. */
export interface HelpSpan {
  text: string;
  look: 'plain' | 'code' | 'strong';
}

const MARKED = /`([^`]+)`|\*\*([^*]+)\*\*/g;

/** The paragraphs of a node type's help, without its title. Help is written in paragraphs with code and bold words, and nothing else. */
export function helpBlocks(markdown: string): HelpSpan[][] {
  return markdown
    .split(/\n{2,}/)
    .map((block) => block.replaceAll('\n', ' ').trim())
    .filter((block) => block !== '' && !block.startsWith('# '))
    .map(spansOf);
}

function spansOf(block: string): HelpSpan[] {
  const spans: HelpSpan[] = [];
  let from = 0;
  for (const match of block.matchAll(MARKED)) {
    const [whole, code, strong = ''] = match;
    if (match.index > from) spans.push({ text: block.slice(from, match.index), look: 'plain' });
    spans.push(code === undefined ? { text: strong, look: 'strong' } : { text: code, look: 'code' });
    from = match.index + whole.length;
  }
  if (from < block.length) spans.push({ text: block.slice(from), look: 'plain' });
  return spans;
}
