import { TextDecoder, TextEncoder } from 'node:util';

// Every browser has them; jsdom hands only its own globals to specs.
Object.assign(globalThis, { TextDecoder, TextEncoder });
