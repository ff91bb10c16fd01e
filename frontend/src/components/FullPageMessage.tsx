import { useEffect, type ReactNode } from 'react';
import { Logo } from './Logo';
import './EmptyState.css';

/** A page that has only something to say. */
export function FullPageMessage({ title, text, action }: { title: string; text?: string; action?: ReactNode }) {
  useEffect(() => {
    document.title = 'SnowFlow';
  }, []);
  return (
    <main className="full-page-message">
      <Logo size={36} />
      <h1>{title}</h1>
      {text && <p>{text}</p>}
      {action}
    </main>
  );
}
