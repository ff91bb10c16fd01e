import { newTraceparent } from './traceparent';

describe('The traceparent of a request', () => {
  it('is one of W3C, sampled, and never the same', () => {
    const drawn = Array.from({ length: 200 }, newTraceparent);
    for (const one of drawn) expect(one).toMatch(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01$/);
    expect(new Set(drawn).size).toBe(200);
  });
});
