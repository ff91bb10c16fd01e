import { Link } from 'react-router';
import type { Overview } from '../../../api/tower';
import { bytesText, compactCount } from '../../format/numbers';
import { creditsText } from '../tower-numbers';
import { runsLink } from './runs-link';

/** The totals; each leads to the runs that it is about. */
export function FigureTiles({ overview }: { overview: Overview }) {
  const { totals } = overview;
  const all = runsLink(overview);
  const going = totals.queued + totals.running + totals.waiting;
  const tiles = [
    { name: 'Runs', value: compactCount(totals.runs), to: all, note: `${compactCount(totals.succeeded)} done` },
    {
      name: 'Failed runs',
      value: compactCount(totals.failed),
      to: runsLink(overview, { status: 'failed' }),
      note: `${compactCount(totals.cancelled)} cancelled`,
    },
    {
      name: 'Under way',
      value: compactCount(going),
      to: runsLink(overview, { status: 'queued,running,waiting' }),
      note: `${compactCount(totals.waiting)} waiting`,
    },
    { name: 'Active people', value: compactCount(totals.people), to: all, note: 'who ran something' },
    { name: 'Statements', value: compactCount(totals.statements), to: all, note: 'sent to Snowflake' },
    { name: 'Bytes scanned', value: bytesText(totals.bytesScanned), to: all, note: 'as Snowflake said' },
    {
      name: 'Credits (est.)',
      value: creditsText(totals.estimatedCredits),
      to: '/admin/usage',
      note: totals.unpricedStatements > 0 ? `${compactCount(totals.unpricedStatements)} unknown` : 'by time',
    },
    { name: 'AI tokens', value: compactCount(totals.aiTokens), to: all, note: 'of models in runs' },
  ];
  return (
    <dl className="tower-card tower-tiles" aria-label="Totals">
      {tiles.map(({ name, value, to, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Link to={to} aria-label={`${name}: ${value}`}>
              {value}
            </Link>
          </dd>
          <dd className="tower-note">{note}</dd>
        </div>
      ))}
    </dl>
  );
}
