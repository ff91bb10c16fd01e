import type { ReactNode } from 'react';
import { Sidebar } from './Sidebar';
import './PageFrame.css';

/** The frame of a page beside the sidebar. `skipTo` names its content for who jumps over the navigation. */
export function PageFrame({ skipTo, children }: { skipTo: string; children: ReactNode }) {
  return (
    <div className="page-frame">
      <a className="skip-link" href="#main">
        Skip to {skipTo}
      </a>
      <Sidebar />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
