import type { ComponentType } from 'react';
import { SettingsHeader } from '../settings/SettingsHeader';
import type { AdminTab } from './admin-tabs';

/** The page of a tab, under its heading. */
export async function loadTab({ heading, load }: AdminTab): Promise<ComponentType> {
  const Panel = await load();
  if (!heading) return Panel;
  return function TabPage() {
    return (
      <>
        <SettingsHeader title={heading.title} />
        <p className="settings-text">{heading.text}</p>
        <Panel />
      </>
    );
  };
}
