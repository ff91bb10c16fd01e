import { draw, tpch } from '@snowflow/engine/fixtures/draw';
import { tpchKnowledge } from '@snowflow/engine/fixtures/tpch-tables';
import { makePlan } from '@snowflow/engine/plan/make-plan';
import { validate } from '@snowflow/engine/validate/validate';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { openPlan, type PinnedPlan, runBinding, sealPlan } from './sealed-run';

const sealer = new KeyRing(`k1:${Buffer.alloc(32, 7).toString('base64')}`);

/** A chain in which every other node adds a column. */
function pinned(nodes: number): PinnedPlan {
  const chain = Array.from({ length: nodes }, (_, place) =>
    place % 2 === 0
      ? ([
          `n${place}`,
          'shape.select',
          { keepOthers: true, columns: [{ expression: 'N_REGIONKEY', as: `C${place}` }] },
          place === 0 ? 't' : `n${place - 1}`,
        ] as const)
      : ([`n${place}`, 'shape.filter', { expression: 'N_NATIONKEY > 1' }, `n${place - 1}`] as const),
  );
  const document = draw(tpch('t', 'NATION'), ...chain, ['out', 'output.result', { name: 'R' }, `n${nodes - 1}`]);
  const { graph } = validate(document, tpchKnowledge(document));
  if (!graph) throw new Error('no graph');
  return { plan: makePlan(graph), parameters: { text: 'zürich' }, view: [], children: {} };
}

describe('A sealed plan', () => {
  it.each([2, 60])('opens as it was sealed, with %i nodes in a row', (nodes) => {
    const plan = pinned(nodes);
    for (let again = 0; again < 2; again++) {
      expect(openPlan(sealer, 't1', sealPlan(sealer, 't1', plan))).toEqual(plan);
    }
  });

  it('opens where columns were stored in the nodes', () => {
    const plan = pinned(2);
    expect(openPlan(sealer, 't1', sealer.seal(JSON.stringify(plan), runBinding('t1')))).toEqual(plan);
  });

  it('is small where many nodes give the same columns', () => {
    const plan = pinned(60);
    expect(sealPlan(sealer, 't1', plan).length).toBeLessThan(JSON.stringify(plan).length / 8);
  });
});
