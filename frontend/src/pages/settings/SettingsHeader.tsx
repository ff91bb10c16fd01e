import { useEffect, type ReactNode } from 'react';

/** The title of a settings page, also in the window's title, with the page's one main action. */
export function SettingsHeader({ title, action }: { title: string; action?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Settings · SnowFlow`;
  }, [title]);
  return (
    <header>
      <h1>{title}</h1>
      {action}
    </header>
  );
}
