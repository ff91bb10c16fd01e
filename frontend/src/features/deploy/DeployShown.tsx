import { Copy, Download } from 'lucide-react';
import type { DeployPreview } from '../../api/types';
import { Button } from '../../components/Button';
import { showToast } from '../../components/toast-store';
import { SqlText } from '../sql/SqlText';
import { DeployProblems } from './DeployProblems';
import { RightsList } from './RightsList';
import { download, statementsText } from './statements-text';

interface DeployShownProps {
  shown: DeployPreview;
  fileName: string;
  onLeave: () => void;
}

/** What would be made: problems, whose rights readers get, and the SQL. */
export function DeployShown({ shown, fileName, onLeave }: DeployShownProps) {
  const { statements, problems, rights } = shown;
  const text = statementsText(statements);
  const undo = statements.filter(({ purpose }) => purpose === 'undo');
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => showToast('SQL copied'),
      () => showToast('The browser did not allow copying. Select the text instead.'),
    );
  return (
    <div className="deploy-shown">
      {problems.length > 0 && <DeployProblems problems={problems} onShow={onLeave} />}
      {statements.length > 0 && (
        <>
          <RightsList rights={rights} />
          <div className="deploy-sql">
            <SqlText sql={text} />
          </div>
          <div className="deploy-tools">
            <Button size="sm" onClick={copy}>
              <Copy size={14} aria-hidden /> Copy SQL
            </Button>
            <Button size="sm" onClick={() => download(fileName, text)}>
              <Download size={14} aria-hidden /> Download SQL
            </Button>
          </div>
          {undo.length > 0 && (
            <details className="deploy-undo">
              <summary>To take it away again</summary>
              <div className="deploy-sql">
                <SqlText sql={undo.map(({ sql }) => `${sql};`).join('\n')} />
              </div>
            </details>
          )}
        </>
      )}
    </div>
  );
}
