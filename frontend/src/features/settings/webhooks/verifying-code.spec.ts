import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { VERIFYING_CODE } from './verifying-code';

const BODY = '{"value":"Grüße"}';

/** What the code for Node.js says of one webhook. */
function verify(signature: string, timestamp: number, body = BODY): boolean {
  const headers = { 'x-snowflow-timestamp': String(timestamp), 'x-snowflow-signature': signature };
  const call = `isFromSnowFlow('whk_ours', ${JSON.stringify(headers)}, Buffer.from(${JSON.stringify(body)}))`;
  const source = `${VERIFYING_CODE['Node.js']}\nconsole.log(${call});`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', source]).toString().trim() === 'true';
}
const sign = (key: string, timestamp: number) =>
  `v1=${createHmac('sha256', key).update(`${timestamp}.${BODY}`).digest('hex')}`;

describe('The code that verifies a webhook', () => {
  const now = Math.floor(Date.now() / 1000);

  it('takes what one of two keys signed just now', () => {
    expect(verify(sign('whk_ours', now), now)).toBe(true);
    expect(verify(`${sign('whk_new', now)},${sign('whk_ours', now)}`, now)).toBe(true);
  });

  it('refuses what another key signed, what was changed, what is old and what is not signed', () => {
    expect(verify(sign('whk_other', now), now)).toBe(false);
    expect(verify(sign('whk_ours', now), now, BODY.replace('value', 'eulav'))).toBe(false);
    expect(verify(sign('whk_ours', now - 600), now - 600)).toBe(false);
    expect(verify('', now)).toBe(false);
  });
});
