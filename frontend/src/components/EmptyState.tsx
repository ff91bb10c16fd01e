import type { ReactNode } from 'react';
import './EmptyState.css';

interface EmptyStateProps {
  title: string;
  text: string;
  action?: ReactNode;
  picture?: ReactNode;
}

/** Why there is nothing here, and what to do about it. */
export function EmptyState({ title, text, action, picture }: EmptyStateProps) {
  return (
    <div className="empty-state">
      {picture}
      <p>
        <strong>{title}</strong> {text}
      </p>
      {action && <div className="empty-state-action">{action}</div>}
    </div>
  );
}
