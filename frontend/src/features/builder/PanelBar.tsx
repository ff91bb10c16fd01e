import { Plus, TriangleAlert } from 'lucide-react';
import { Button } from '../../components/Button';
import { useBuilder } from '../../store/builder-store';
import { selectProblems } from '../../store/selectors/problem-selectors';

/** The way to the panels where there is no room for a rail. */
export function PanelBar() {
  const open = useBuilder((state) => state.leftPanel);
  const problems = useBuilder(selectProblems).length;
  return (
    <div className="panel-bar">
      <Button look="ghost" aria-expanded={open} onClick={() => useBuilder.getState().toggle('leftPanel')}>
        <Plus size={16} aria-hidden /> Nodes and catalog
      </Button>
      {problems > 0 && (
        <Button look="ghost" onClick={() => useBuilder.getState().showDrawer('problems')}>
          <TriangleAlert size={16} aria-hidden /> {problems} {problems === 1 ? 'problem' : 'problems'}
        </Button>
      )}
    </div>
  );
}
