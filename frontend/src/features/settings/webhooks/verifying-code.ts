/** How a receiver knows that a webhook is ours and fresh, in the languages most of them are written in. */
export const VERIFYING_CODE = {
  'Node.js': `import { createHmac, timingSafeEqual } from 'node:crypto';

// key: the text from whk_ on; headers: their names in lower case;
// body: the bytes as they came, before any JSON is parsed.
export function isFromSnowFlow(key, headers, body) {
  const timestamp = headers['x-snowflow-timestamp'] ?? '';
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300)) return false;
  const expected = createHmac('sha256', key).update(timestamp + '.').update(body).digest();
  return (headers['x-snowflow-signature'] ?? '').split(',').some((signature) => {
    const given = Buffer.from(signature.trim().replace(/^v1=/, ''), 'hex');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}`,
  Python: `import hashlib, hmac, time

# key: the text from whk_ on; headers: their names in lower case;
# body: the bytes as they came, before any JSON is parsed.
def is_from_snowflow(key: str, headers: dict, body: bytes) -> bool:
    timestamp = headers.get("x-snowflow-timestamp", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > 300:
        return False
    expected = "v1=" + hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    given = headers.get("x-snowflow-signature", "").encode().split(b",")
    return any(hmac.compare_digest(each.strip(), expected.encode()) for each in given)`,
} as const;
