import { Tabs } from 'radix-ui';
import { CopyBlock } from '../CopyBlock';
import { VERIFYING_CODE } from './verifying-code';
import '../../../components/Tabs.css';

/** What a receiver does with a webhook before it believes it. */
export function VerifyingGuide() {
  return (
    <>
      <ul className="settings-list">
        <li>
          <code>X-SnowFlow-Signature</code> is <code>v1=</code> and the HMAC-SHA256 of the timestamp, a point and the
          body. After a replacement there are two, with a comma between; one that fits is enough.
        </li>
        <li>
          <code>X-SnowFlow-Timestamp</code> is in seconds since 1970. Refuse what is older than five minutes.
        </li>
        <li>
          <code>Idempotency-Key</code> is the same for every try of one step: drop what you have seen.
        </li>
      </ul>
      <Tabs.Root defaultValue="Node.js">
        <Tabs.List className="tabs" aria-label="Language">
          {Object.keys(VERIFYING_CODE).map((language) => (
            <Tabs.Trigger key={language} value={language}>
              {language}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {Object.entries(VERIFYING_CODE).map(([language, code]) => (
          <Tabs.Content key={language} value={language} tabIndex={-1}>
            <CopyBlock label={`Verification in ${language}`} text={code} />
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </>
  );
}
