import type { Template } from '../../api/templates';
import { Notice } from '../../components/Notice';
import { CopyBlock } from '../settings/CopyBlock';

/** What the template finds in the account, what of it is not there, and what its maker's workflow had besides. */
export function TemplateMissing({ template }: { template: Template }) {
  const { needs, missing, takenOut } = template;
  return (
    <>
      {needs.length > 0 && (
        <div className="template-needs">
          <h3>Needs</h3>
          <ul>
            {needs.map(({ kind, name }) => (
              <li key={`${kind} ${name}`}>
                {KINDS[kind]} <span className="mono">{name}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {missing.map(({ kind, name, sentence, sql }) => (
        <Notice key={`${kind} ${name}`} tone="warning" title={`Missing: ${name}.`}>
          {sentence}
          {sql && <CopyBlock label={`Statement for ${name}`} text={sql} />}
        </Notice>
      ))}
      {takenOut.length > 0 && (
        <Notice title="To be filled in.">
          The workflow that it was made of had {takenOut.map(({ path, kind }) => `${TAKEN[kind]} (${path})`).join(', ')}
          .
        </Notice>
      )}
    </>
  );
}

const KINDS: Readonly<Record<Template['needs'][number]['kind'], string>> = {
  table: 'Table',
  target: 'Writes into',
  schema: 'Reads from',
  'semantic-view': 'Semantic view',
  'search-service': 'Search service',
  model: 'Model',
  cortex: 'Snowflake’s',
  host: 'Calls',
  webhook: 'Tells',
};

const TAKEN: Readonly<Record<Template['takenOut'][number]['kind'], string>> = {
  credential: 'a credential',
  address: 'an address',
  header: 'headers with secrets',
  secret: 'a secret',
  'pinned-result': 'a pinned result',
  people: 'names of people',
};
