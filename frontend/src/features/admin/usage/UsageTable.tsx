import type { Usage, UsageRow } from '../../../api/tower';
import { bytesText, compactCount } from '../../format/numbers';
import { CsvButton } from '../CsvButton';
import { creditsText } from '../tower-numbers';

const MEASURES = [
  { id: 'runs', label: 'Runs', text: compactCount },
  { id: 'statements', label: 'Statements', text: compactCount },
  { id: 'bytesScanned', label: 'Bytes', text: bytesText },
  { id: 'aiTokens', label: 'AI tokens', text: compactCount },
  { id: 'estimatedCredits', label: 'Credits (est.)', text: creditsText },
] as const;
const ATTRIBUTED = { id: 'attributedCredits', label: 'Credits (Snowflake)', text: creditsText } as const;

interface UsageTableProps {
  usage: Usage;
  what: string;
  nameOf: (row: UsageRow) => string;
}

/** What was used, the most credits first; those of Snowflake only where it told them. */
export function UsageTable({ usage, what, nameOf }: UsageTableProps) {
  const measures = usage.source === 'snowflake' ? [...MEASURES, ATTRIBUTED] : MEASURES;
  const figures = (row: UsageRow) =>
    measures.map(({ id, text }) => (
      <td key={id} className="number" title={String(row[id] ?? '')}>
        {text(row[id] ?? 0)}
      </td>
    ));
  return (
    <section className="tower-card" aria-label="Usage">
      <div className="tower-scroll" role="region" aria-label="Table of usage" tabIndex={0}>
        <table className="tower-table">
          <caption className="visually-hidden">Usage, the most credits first</caption>
          <thead>
            <tr>
              <th scope="col">{what}</th>
              {measures.map(({ id, label }) => (
                <th key={id} scope="col" className="number">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {usage.items.map((row) => (
              <tr key={row.id ?? ''}>
                <th scope="row">{nameOf(row)}</th>
                {figures(row)}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">All</th>
              {figures(usage.totals)}
            </tr>
          </tfoot>
        </table>
      </div>
      <header>
        <span />
        <CsvButton
          name={`usage-by-${usage.by}`}
          header={[what, ...measures.map(({ label }) => label)]}
          rows={usage.items.map((row) => [nameOf(row), ...measures.map(({ id }) => row[id])])}
        />
      </header>
    </section>
  );
}
