import { Database, History, PanelLeft, Workflow } from 'lucide-react';
import { Link } from 'react-router';
import { Button } from '../../components/Button';
import { Logo } from '../../components/Logo';
import { useBuilder } from '../../store/builder-store';
import { AccountMenu } from '../session/AccountMenu';

/** The sidebar, narrowed to icons to leave room for the canvas. */
export function Rail() {
  const open = useBuilder((state) => state.leftPanel);
  return (
    <nav className="rail" id="rail" aria-label="Main" tabIndex={-1}>
      <Link to="/workflows" className="rail-logo" aria-label="SnowFlow, all workflows">
        <Logo size={22} />
      </Link>
      <Link
        to="/workflows"
        className="button button-ghost button-icon button-md"
        aria-label="Workflows"
        title="Workflows"
      >
        <Workflow size={18} aria-hidden />
      </Link>
      <Link to="/catalog" className="button button-ghost button-icon button-md" aria-label="Catalog" title="Catalog">
        <Database size={18} aria-hidden />
      </Link>
      <Link to="/runs" className="button button-ghost button-icon button-md" aria-label="Runs" title="Runs">
        <History size={18} aria-hidden />
      </Link>
      <Button
        look="ghost"
        iconOnly="Nodes and catalog (Ctrl B)"
        aria-expanded={open}
        onClick={() => useBuilder.getState().toggle('leftPanel')}
      >
        <PanelLeft size={18} aria-hidden />
      </Button>
      <div className="rail-foot">
        <AccountMenu />
      </div>
    </nav>
  );
}
