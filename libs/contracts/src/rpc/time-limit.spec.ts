import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { timeLimit } from './time-limit';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('A limit of time', () => {
  it('holds within a composed signal, whatever is collected meanwhile', async () => {
    const composed = AbortSignal.any([new AbortController().signal, timeLimit(200)]);
    const aborted = once(composed, 'abort');
    await new Promise(setImmediate);
    collectGarbage();
    await aborted;
    expect(composed.reason).toMatchObject({ name: 'TimeoutError' });
  });
});
