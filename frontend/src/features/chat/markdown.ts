/** A piece of a line. A link leads to a site and nowhere else. */
export type Inline =
  { kind: 'text' | 'code' | 'strong'; text: string } | { kind: 'link'; text: string; url: string; host: string };

/** A part of an answer, from top to bottom. */
export type Block =
  | { kind: 'code'; text: string }
  | { kind: 'heading'; line: Inline[] }
  | { kind: 'paragraph'; lines: Inline[][] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] };

const FENCE = /^\s*```/;
const HEADING = /^#{1,6}\s+(.*)$/;
const ITEM = /^\s*(?:[-*]|(\d{1,9})[.)])\s+(.*)$/;
const INLINE =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|(?<!!)\[([^\][\n]{1,500})\]\((https?:\/\/[^\s()<>]{1,2000})\)|(https?:\/\/[^\s()<>"'`]{1,2000})/g;

/** Reads the little Markdown that models write. What it does not know stays as it is written: pictures, tables and HTML among it. */
export function readMarkdown(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (FENCE.test(line)) {
      const end = lines.findIndex((other, index) => index > at && FENCE.test(other));
      const last = end < 0 ? lines.length : end;
      blocks.push({ kind: 'code', text: lines.slice(at + 1, last).join('\n') });
      at = last;
    } else addLine(blocks, line, at > 0 && lines[at - 1]?.trim() === '');
  }
  return blocks;
}

function addLine(blocks: Block[], line: string, apart: boolean): void {
  if (line.trim() === '') return;
  const last = blocks.at(-1);
  const heading = HEADING.exec(line)?.[1];
  const [, number, item] = ITEM.exec(line) ?? [];
  if (heading !== undefined) blocks.push({ kind: 'heading', line: readLine(heading) });
  else if (item !== undefined) {
    const ordered = number !== undefined;
    if (last?.kind === 'list' && last.ordered === ordered) last.items.push(readLine(item));
    else blocks.push({ kind: 'list', ordered, items: [readLine(item)] });
  } else if (last?.kind === 'paragraph' && !apart) last.lines.push(readLine(line));
  else blocks.push({ kind: 'paragraph', lines: [readLine(line)] });
}

function readLine(line: string): Inline[] {
  const pieces: Inline[] = [];
  let from = 0;
  const plain = (to: number) => {
    if (to > from) pieces.push({ kind: 'text', text: line.slice(from, to) });
  };
  for (const match of line.matchAll(INLINE)) {
    const piece = pieceOf(match);
    if (!piece) continue;
    plain(match.index);
    pieces.push(piece);
    from = match.index + match[0].length;
  }
  plain(line.length);
  return pieces;
}

function pieceOf([, code, strong, label, target, bare]: RegExpMatchArray): Inline | undefined {
  if (code !== undefined) return { kind: 'code', text: code };
  if (strong !== undefined) return { kind: 'strong', text: strong };
  const address = target ?? bare ?? '';
  if (!URL.canParse(address)) return undefined;
  const { href, host, username } = new URL(address);
  // A name before the host only makes it look like another.
  return username === '' ? { kind: 'link', text: label ?? address, url: href, host } : undefined;
}
