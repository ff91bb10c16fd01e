import { TextDecoder, TextEncoder } from 'node:util';
import { deserialize, serialize } from 'node:v8';

// Every browser has them; jsdom hands only its own globals to specs.
const structuredClone = (value: unknown): unknown => deserialize(serialize(value));
Object.assign(globalThis, { TextDecoder, TextEncoder, structuredClone });

/** Nothing is laid out in jsdom, so nothing ever changes its size. */
class StillObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
Object.assign(globalThis, { ResizeObserver: StillObserver });

// Ids of nodes hold nothing that needs escaping.
Object.assign(globalThis, { CSS: { escape: (text: string) => text } });

// Specs that ask for Node have no page at all.
if (typeof document !== 'undefined') {
  // Nothing is painted there either, and jsdom says so aloud.
  HTMLCanvasElement.prototype.getContext = () => null;
  // Nor has a text any place on the page, which CodeMirror measures.
  Object.assign(Range.prototype, { getClientRects: () => [] });
}
