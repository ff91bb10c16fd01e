import type { DeployRights } from '../../api/types';
import { Notice } from '../../components/Notice';

const named = (objects: DeployRights['reads']) => [
  ...new Set(objects.map(({ object, nodeId }) => object ?? `what the SQL of “${nodeId}” names`)),
];

/** Whose rights readers get, before anything is made. */
export function RightsList({ rights }: { rights: DeployRights }) {
  const { summary, consequences, needs, role, decidedBy } = rights;
  const lists = [
    {
      title: decidedBy === 'owner' ? `Read with the rights of ${role ?? 'your default role'}` : 'Reads',
      of: named(rights.reads),
    },
    { title: 'Writes', of: named(rights.writes) },
    { title: 'To make it you need', of: needs },
  ];
  return (
    <section className="deploy-rights" aria-label="Whose rights readers get">
      <Notice tone={decidedBy === 'owner' ? 'warning' : 'neutral'} title="Whose rights readers get.">
        {summary}
      </Notice>
      {consequences.length > 0 && (
        <ul>
          {consequences.map((consequence) => (
            <li key={consequence}>{consequence}</li>
          ))}
        </ul>
      )}
      <dl>
        {lists
          .filter(({ of }) => of.length > 0)
          .map(({ title, of }) => (
            <div key={title}>
              <dt>{title}</dt>
              {of.map((each) => (
                <dd key={each}>{each}</dd>
              ))}
            </div>
          ))}
      </dl>
    </section>
  );
}
