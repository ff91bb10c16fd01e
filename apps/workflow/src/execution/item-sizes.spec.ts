import fc from 'fast-check';
import { type CallEnd, resultOf } from '@snowflow/nodes/kit/workflow-calls';
import { ItemSizes } from './item-sizes';

const ends = fc.array(
  fc.oneof(
    fc.record({
      state: fc.constant('succeeded' as const),
      value: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
    }),
    fc.record({ state: fc.constant('failed' as const), code: fc.string(), message: fc.string() }),
  ),
  { minLength: 1, maxLength: 20 },
);

describe('What the items of a map give', () => {
  it('may be as long as the limit as JSON, in whatever order they end, each counted once', () => {
    fc.assert(
      fc.property(ends, fc.integer({ min: 2, max: 400 }), (all: CallEnd[], most) => {
        const sizes = new ItemSizes('m', all.length, most);
        const order = all.map((_, index) => index).reverse();
        const refused = [...order, ...order].map((index) => sizes.refusal(index, all[index] as CallEnd));
        const length = JSON.stringify(all.map(resultOf)).length;
        expect(refused.at(-1) !== undefined).toBe(length > most);
      }),
    );
  });

  it('is refused with the node, the limit, how many items there were and what to do', () => {
    const sizes = new ItemSizes('each region', 1_000, 262_144);
    const large: CallEnd = { state: 'succeeded', value: 'x'.repeat(200_000) };
    expect(sizes.refusal(0, large)).toBeUndefined();
    expect(sizes.refusal(1, large)).toMatchObject({
      code: 'LOOP_TOO_LARGE',
      message: expect.stringMatching(
        /“each region” are larger than 256 KiB together after 2 of 1000 items, so no other item was begun\. Let the called/,
      ) as string,
    });
  });
});
