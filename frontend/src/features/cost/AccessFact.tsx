import { KeyRound } from 'lucide-react';
import type { StatementPreview } from '../../api/cost';

interface AccessFactProps {
  access: StatementPreview['access'];
  /** What refuses it is said beside. */
  refused: boolean;
}

/** Whether the role may do it, and what proves that. */
export function AccessFact({ access: { state, missing = [], by }, refused }: AccessFactProps) {
  if (refused && missing.length === 0) return null;
  return (
    <p className={state === 'missing' ? 'cost-fact cost-problem' : 'cost-fact'}>
      <KeyRound size={14} aria-hidden />
      <span>
        {state === 'granted' && `Your role may do this, by ${by === 'explain' ? 'EXPLAIN' : 'EXPLAIN_PRIVILEGES'}`}
        {state === 'unknown' && 'Whether your role may do this is unknown until it runs'}
        {state === 'missing' && missing.length === 0 && 'Your role may not do this'}
        {missing.length > 0 && 'Your role lacks '}
        {missing.map(({ object, privilege }, index) => (
          <span key={`${privilege} ${object}`}>
            {index > 0 && ', '}
            {privilege} on <code>{object}</code>
          </span>
        ))}
      </span>
    </p>
  );
}
