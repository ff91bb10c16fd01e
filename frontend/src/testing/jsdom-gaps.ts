import { TextDecoder, TextEncoder } from 'node:util';

// Every browser has them; jsdom hands only its own globals to specs.
Object.assign(globalThis, { TextDecoder, TextEncoder });

/** Nothing has a size in jsdom, so nothing is ever told. */
class SizesNeverSeen implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
Object.assign(globalThis, { ResizeObserver: SizesNeverSeen });
