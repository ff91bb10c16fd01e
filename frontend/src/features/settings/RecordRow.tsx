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
}

/** One thing of a list: its name, its facts with their labels, and what can be done with it. */
export function RecordRow({ title, marks, facts, actions, children }: RecordRowProps) {
  return (
    <li className="record-row">
      <div className="record-head">
        <h3>{title}</h3>
        {marks}
        {actions && <div className="record-actions">{actions}</div>}
      </div>
      <dl>
        {facts.map(({ label, value, title: exact }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd title={exact}>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
    </li>
  );
}
