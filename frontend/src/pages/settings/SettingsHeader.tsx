import { useEffect, type ReactNode } from 'react';
import { useMatch } from 'react-router';

/** The title of a page of the settings or the Control Tower, also in the window's title, with the page's one main action. */
export function SettingsHeader({ title, action }: { title: string; action?: ReactNode }) {
  const area = useMatch('/admin/*') ? 'Control Tower' : 'Settings';
  useEffect(() => {
    document.title = `${title} · ${area} · SnowFlow`;
  }, [title, area]);
  return (
    <header>
      <h1>{title}</h1>
      {action}
    </header>
  );
}
