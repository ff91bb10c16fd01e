import fc from 'fast-check';
import { hostOf } from './url-problems';

describe('The host of an address', () => {
  it.each([
    ['https://agent.example.com/secret-path', 'agent.example.com'],
    ['A:', 'without an address'],
    ['not an address', 'without an address'],
  ])('%s is shown as %s', (address, host) => expect(hostOf(address)).toBe(host));

  it('is never shown as nothing', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl()), (address) => expect(hostOf(address)).not.toBe('')));
  });
});
