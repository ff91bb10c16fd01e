import type { Row } from '../../../bench/report';
import type { ApiClient } from '../../support/api-client';
import type { ChaosRun } from '../chaos-run';
import { countEffects, type Found, isRight } from '../verdict';

const SHOWN = 5;

interface AcceptedRuns {
  ended: readonly ChaosRun[];
  /** What became of those that did not end. */
  broken: readonly string[];
}

/** Whether what was accepted is there afterwards: each saved workflow, each run and what it left, once. */
export async function acceptedRows(
  api: ApiClient,
  saved: readonly string[],
  { ended, broken }: AcceptedRuns,
  found: Found,
): Promise<{ isGood: boolean; rows: Row[] }> {
  let lost = 0;
  for (const id of saved) if ((await api.call('GET', `/workflows/${id}`)).status !== 200) lost += 1;
  const wrong = ended.filter((one) => !isRight(one));
  const counts = (['table', 'receiver'] as const).map((at) => ({ at, ...countEffects(ended, at, found) }));
  const rows: Row[] = [
    { what: 'workflows told as saved', value: String(saved.length), compared: `${lost} lost; bar: 0` },
    {
      what: 'runs told as accepted',
      value: String(ended.length + broken.length),
      compared: `${broken.length} not ended, ${wrong.length} wrong; bar: 0, 0`,
    },
    ...counts.map(({ at, done, lost: gone, doubled, unasked, inDoubt }) => ({
      what: at === 'table' ? 'writes told as done' : 'webhooks told as done',
      value: String(done),
      compared: `${gone} lost, ${doubled} doubled, ${unasked} of others there, bar: 0, 0, 0; ${inDoubt} told as in doubt`,
    })),
  ];
  broken.slice(0, SHOWN).forEach((line) => console.error(line));
  wrong.slice(0, SHOWN).forEach(({ kind, run }) => console.error(kind.name, run.id, run.status, run.error));
  const isIntact = counts.every(({ lost: gone, doubled, unasked }) => gone + doubled + unasked === 0);
  return { isGood: lost + broken.length + wrong.length === 0 && isIntact, rows };
}
