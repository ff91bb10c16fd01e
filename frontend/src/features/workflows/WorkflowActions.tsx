import { RotateCcw, Trash2, UserRound, Users } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useNavigate } from 'react-router';
import type { WorkflowSummary } from '../../api/types';

export interface WorkflowActionsProps {
  workflow: WorkflowSummary;
  onDelete: (workflow: WorkflowSummary) => void;
  onShare: (workflow: WorkflowSummary) => void;
  onRestore: (workflow: WorkflowSummary) => void;
  /** Where everybody's are listed: gives somebody's to somebody else. */
  onChangeOwner?: ((workflow: WorkflowSummary) => void) | undefined;
}

/** What can be done with one workflow of the list: less with what is shared or in the trash. */
export function WorkflowActions({ workflow, onDelete, onShare, onRestore, onChangeOwner }: WorkflowActionsProps) {
  const navigate = useNavigate();
  if (workflow.trashedAt !== null) {
    return (
      <>
        <DropdownMenu.Item className="menu-item" onSelect={() => onRestore(workflow)}>
          <RotateCcw size={14} aria-hidden /> Restore
        </DropdownMenu.Item>
        <DropdownMenu.Item className="menu-item menu-item-danger" onSelect={() => onDelete(workflow)}>
          <Trash2 size={14} aria-hidden /> Delete for good
        </DropdownMenu.Item>
      </>
    );
  }
  return (
    <>
      {workflow.access !== 'none' && (
        <>
          <DropdownMenu.Item className="menu-item" onSelect={() => void navigate(`/workflows/${workflow.id}`)}>
            Open
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => void navigate(`/runs?workflow=${workflow.id}`)}>
            Show runs
          </DropdownMenu.Item>
        </>
      )}
      {onChangeOwner && workflow.access !== 'own' && (
        <DropdownMenu.Item className="menu-item" onSelect={() => onChangeOwner(workflow)}>
          <UserRound size={14} aria-hidden /> Change owner
        </DropdownMenu.Item>
      )}
      {workflow.access === 'own' && (
        <>
          <DropdownMenu.Item className="menu-item" onSelect={() => onShare(workflow)}>
            <Users size={14} aria-hidden /> Share, tags and owner
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item menu-item-danger" onSelect={() => onDelete(workflow)}>
            <Trash2 size={14} aria-hidden /> Move to trash
          </DropdownMenu.Item>
        </>
      )}
    </>
  );
}
