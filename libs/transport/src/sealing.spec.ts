import { KeyRing } from '@snowflow/platform/security/key-ring';
import fc from 'fast-check';
import { openOutcome, readData, sealOutcome, writeData } from './sealing';

const sealer = new KeyRing(`k1:${Buffer.alloc(32, 1).toString('base64')}`);
const plainObject = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.parse(JSON.stringify(value)));
const envelope = { replyTo: '', context: { correlationId: 'c' }, deadlineAtMs: 0, id: 'a.1', pattern: 'auth.connect' };

describe('what a request carries', () => {
  it('comes out as it went in, sealed or not', () => {
    fc.assert(
      fc.property(plainObject, fc.boolean(), (input, sealed) => {
        const data = writeData(input, envelope, sealed ? sealer : null);
        expect(readData({ ...envelope, sealed, data }, sealer)).toEqual(input);
      }),
    );
  });

  it('opens for no other request, and a reply not as a request', () => {
    const data = writeData({ password: 'x' }, envelope, sealer);
    const sealed = { ...envelope, sealed: true, data };
    expect(() => readData({ ...sealed, id: 'a.2' }, sealer)).toThrow('unable to authenticate');
    expect(() => readData({ ...sealed, pattern: 'auth.me' }, sealer)).toThrow('unable to authenticate');
    expect(() => openOutcome(data, envelope, sealer)).toThrow('unable to authenticate');
    expect(openOutcome(sealOutcome({ value: 1 }, envelope, sealer), envelope, sealer)).toEqual({ value: 1 });
  });
});
