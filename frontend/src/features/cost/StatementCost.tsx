import { DatabaseZap, TriangleAlert } from 'lucide-react';
import type { StatementPreview } from '../../api/cost';
import { AccessFact } from './AccessFact';
import { useBuilder } from '../../store/builder-store';
import { selectNode } from '../../store/selectors/node-selectors';
import { bytesText, compactCount } from '../format/numbers';

const WRITES = {
  create: 'Makes the table',
  replace: 'Replaces the rows of',
  append: 'Adds rows to',
  merge: 'Merges rows into',
} as const;

/** One statement of a preview: what it reads at most, what it writes, what is wrong with it. */
export function StatementCost({ statement }: { statement: StatementPreview }) {
  const { step, nodes, known, bytes, partitions, writes, access, problem } = statement;
  const label = useBuilder(selectNode(step))?.data.label;
  return (
    <li>
      <div className="cost-statement">
        <strong>{label || step}</strong>
        <span className="cost-size">{sizeText(known, bytes.atMost)}</span>
      </div>
      <p className="field-hint">
        {nodes.length} {nodes.length === 1 ? 'node' : 'nodes'} in one statement
        {partitions && (
          <>
            , {compactCount(partitions.assigned)} of {compactCount(partitions.total)}{' '}
            {partitions.total === 1 ? 'partition' : 'partitions'}
          </>
        )}
      </p>
      {writes && (
        <p className="cost-fact">
          <DatabaseZap size={14} aria-hidden />
          <span>
            {WRITES[writes.mode]}{' '}
            <code>
              {writes.database}.{writes.schema}.{writes.table}
            </code>
          </span>
        </p>
      )}
      <AccessFact access={access} refused={problem !== undefined} />
      {problem && (
        <p className="cost-fact cost-problem">
          <TriangleAlert size={14} aria-hidden />
          <span>
            {problem.message} <code>{problem.code}</code>
          </span>
        </p>
      )}
    </li>
  );
}

function sizeText(known: StatementPreview['known'], atMost: number | null): string {
  if (known === 'at run time') return 'Known at run time';
  return atMost === null ? 'Not known' : `${bytesText(atMost)} at most`;
}
