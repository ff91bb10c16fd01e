import { Ellipsis, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { Link, useNavigate } from 'react-router';
import type { WorkflowSummary } from '../../api/types';
import { StateChip } from '../../components/StateChip';
import { useLate } from '../../components/use-late';
import { absoluteTime, timeAgo } from '../format/moments';
import '../../components/Menu.css';
import './WorkflowTable.css';

interface WorkflowTableProps {
  /** Undefined while the first page is on its way. */
  workflows: readonly WorkflowSummary[] | undefined;
  onDelete: (workflow: WorkflowSummary) => void;
}

const SKELETON_ROWS = [0, 1, 2, 3, 4];

export function WorkflowTable({ workflows, onDelete }: WorkflowTableProps) {
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
          <tr key={workflow.id} onClick={() => void navigate(`/workflows/${workflow.id}`)}>
            <th scope="row">
              <Link to={`/workflows/${workflow.id}`} onClick={(event) => event.stopPropagation()}>
                {workflow.name}
              </Link>
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
            <td className="quiet">{workflow.createdBy}</td>
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
                    <DropdownMenu.Item
                      className="menu-item"
                      onSelect={() => void navigate(`/workflows/${workflow.id}`)}
                    >
                      Open
                    </DropdownMenu.Item>
                    <DropdownMenu.Item
                      className="menu-item"
                      onSelect={() => void navigate(`/runs?workflow=${workflow.id}`)}
                    >
                      Show runs
                    </DropdownMenu.Item>
                    <DropdownMenu.Item className="menu-item menu-item-danger" onSelect={() => onDelete(workflow)}>
                      <Trash2 size={14} aria-hidden /> Delete workflow
                    </DropdownMenu.Item>
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
