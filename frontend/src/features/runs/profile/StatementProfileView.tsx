import { Notice } from '../../../components/Notice';
import { profileHints } from './profile-hints';
import { profileFacts, type StatementProfile } from './statement-profile';
import './StatementProfileView.css';

/** What a statement took, and what in it tells of a problem. Nothing before Snowflake has said any of it. */
export function StatementProfileView({ profile, label }: { profile: StatementProfile; label: string }) {
  const facts = profileFacts(profile);
  if (facts.length === 0) return null;
  return (
    <div className="statement-profile" role="group" aria-label={label}>
      {profileHints(profile).map(({ what, advice }) => (
        <Notice key={what} tone="warning" title={what}>
          {advice}
        </Notice>
      ))}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
