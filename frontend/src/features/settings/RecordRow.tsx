import type { ReactNode } from 'react';

export interface Fact {
  label: string;
  value: ReactNode;
  /** The exact value behind a rounded one. */
  title?: string;
}

interface RecordRowProps {
  title: ReactNode;
  marks?: ReactNode;
  facts: readonly Fact[];
  actions?: ReactNode;
  children?: ReactNode;
  /** One below the heading that the list stands under. */
  level?: 2 | 3;
}

/** One thing of a list: its name, its facts with their labels, and what can be done with it. */
export function RecordRow({ title, marks, facts, actions, children, level = 2 }: RecordRowProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <li className="record-row">
      <div className="record-head">
        <Heading>{title}</Heading>
        {marks}
        {actions && <div className="record-actions">{actions}</div>}
      </div>
      {facts.length > 0 && (
        <dl>
          {facts.map(({ label, value, title: exact }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd title={exact}>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {children}
    </li>
  );
}
