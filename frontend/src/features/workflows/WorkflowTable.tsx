import { Ellipsis } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { Link, useNavigate } from 'react-router';
import type { WorkflowSummary } from '../../api/types';
import { StateChip } from '../../components/StateChip';
import { useLate } from '../../components/use-late';
import { absoluteTime, timeAgo } from '../format/moments';
import { WorkflowActions, type WorkflowActionsProps } from './WorkflowActions';
import '../../components/Menu.css';
import './WorkflowTable.css';

interface WorkflowTableProps extends Omit<WorkflowActionsProps, 'workflow'> {
  /** Undefined while the first page is on its way. */
  workflows: readonly WorkflowSummary[] | undefined;
}

/** What is in the trash can't be opened, nor what only an admin's list of everybody's shows. */
const opens = ({ trashedAt, access }: WorkflowSummary) => trashedAt === null && access !== 'none';

const SKELETON_ROWS = [0, 1, 2, 3, 4];

export function WorkflowTable({ workflows, ...actions }: WorkflowTableProps) {
  const navigate = useNavigate();
  const late = useLate(workflows === undefined);
  if (!workflows && !late) return null;
  return (
    <table className="workflow-table" aria-busy={!workflows}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className="number">
            Nodes
          </th>
          <th scope="col">Last run</th>
          <th scope="col">Updated</th>
          <th scope="col">Owner</th>
          <th scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {!workflows &&
          SKELETON_ROWS.map((row) => (
            <tr key={row} aria-hidden>
              <td colSpan={6}>
                <span className="skeleton">Loading</span>
              </td>
            </tr>
          ))}
        {workflows?.map((workflow) => (
          <tr key={workflow.id} onClick={() => opens(workflow) && void navigate(`/workflows/${workflow.id}`)}>
            <th scope="row">
              {opens(workflow) ? (
                <Link to={`/workflows/${workflow.id}`} onClick={(event) => event.stopPropagation()}>
                  {workflow.name}
                </Link>
              ) : (
                workflow.name
              )}
              {workflow.tags.map((tag) => (
                <Link
                  key={tag}
                  className="workflow-tag"
                  to={`/workflows?tag=${encodeURIComponent(tag)}`}
                  onClick={(event) => event.stopPropagation()}
                >
                  {tag}
                </Link>
              ))}
            </th>
            <td className="number">{workflow.nodeCount}</td>
            <td>
              {workflow.lastRun ? (
                <Link
                  className="workflow-run"
                  to={`/runs/${workflow.lastRun.id}`}
                  title={absoluteTime(workflow.lastRun.at)}
                  onClick={(event) => event.stopPropagation()}
                >
                  <span className="visually-hidden">Last run of {workflow.name}: </span>
                  <StateChip status={workflow.lastRun.status} />
                  <span>{timeAgo(workflow.lastRun.at)}</span>
                </Link>
              ) : (
                <span className="quiet">Never run</span>
              )}
            </td>
            <td className="quiet" title={absoluteTime(workflow.updatedAt)}>
              {timeAgo(workflow.updatedAt)}
            </td>
            <td className="quiet">
              {workflow.owner}
              {!['own', 'none'].includes(workflow.access) && `, shared with you: ${workflow.access}`}
              {workflow.access === 'own' && workflow.shared && ', shared'}
            </td>
            <td onClick={(event) => event.stopPropagation()}>
              <DropdownMenu.Root>
                <DropdownMenu.Trigger
                  className="button button-ghost button-sm button-icon"
                  aria-label={`Actions for ${workflow.name}`}
                >
                  <Ellipsis size={16} aria-hidden />
                </DropdownMenu.Trigger>
                <DropdownMenu.Portal>
                  <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
                    <WorkflowActions workflow={workflow} {...actions} />
                  </DropdownMenu.Content>
                </DropdownMenu.Portal>
              </DropdownMenu.Root>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
