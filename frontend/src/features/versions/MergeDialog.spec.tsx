import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { documentOf, openWorkflow, redo, undo, useBuilder } from '../../store/builder-store';
import { aDocument, aNode } from '../../testing/a-document';
import { mergeAlone } from './merge-alone';
import { MergeDialog } from './MergeDialog';

const rows = (count: number) => ({ config: { rows: count } });
const base = aDocument([aNode('a', rows(1)), aNode('b')]);

function draw(mine: WorkflowDocument): void {
  openWorkflow({ id: 'wf_1', revision: 3, definition: mine });
}

function open(mine: WorkflowDocument, theirs: WorkflowDocument, by = 'JON') {
  draw(mine);
  const saving = { saveCopy: jest.fn(), resolve: jest.fn() };
  const onClose = jest.fn();
  render(<MergeDialog revision={4} by={by} stale={{ base, theirs }} saving={saving} onClose={onClose} />);
  return { user: userEvent.setup(), saving, onClose };
}

describe('The dialog that merges', () => {
  const mine = aDocument([aNode('a', rows(2)), aNode('b', { label: 'Mine only' })]);
  const theirs = aDocument([aNode('a', rows(3)), aNode('b')]);

  it('shows what each side made of a node, and takes the chosen one with what only one side changed', async () => {
    const { user, saving, onClose } = open(mine, theirs);
    const choice = screen.getByRole('group', { name: 'Node a' });
    within(choice).getByText('rows: 2');
    within(choice).getByText('rows: 3');
    await user.click(screen.getByRole('button', { name: 'Keep both changes' }));
    expect(saving.resolve).not.toHaveBeenCalled();
    await user.click(within(choice).getByRole('radio', { name: 'JON’s' }));
    await user.click(screen.getByRole('button', { name: 'Keep both changes' }));
    const merged = aDocument([aNode('a', rows(3)), aNode('b', { label: 'Mine only' })]);
    expect(saving.resolve).toHaveBeenCalledWith(4, { base, theirs }, merged);
    expect(onClose).toHaveBeenCalled();
  });

  it('is worked by keyboard alone', async () => {
    const { user, saving } = open(mine, theirs);
    screen.getByRole('radio', { name: 'Mine' }).focus();
    await user.keyboard(' ');
    await user.tab();
    await user.tab();
    expect(document.activeElement?.textContent).toBe('Keep both changes');
    await user.keyboard('{Enter}');
    expect(saving.resolve).toHaveBeenCalledWith(4, { base, theirs }, mine);
  });

  it('says that a node was removed on one side, and which connections cannot stay', () => {
    const edge = { id: 'e', source: 'a', sourcePort: 'out', target: 'b', targetPort: 'in' };
    open(aDocument([...base.nodes], { edges: [edge] }), aDocument([aNode('a', rows(1))]));
    screen.getByText('A connection cannot stay.');
  });

  it('names connections by their nodes, and groups and notes by their words', () => {
    const parts = (port: string, name: string, text: string) =>
      aDocument([...base.nodes], {
        edges: [{ id: 'e', source: 'a', sourcePort: 'out', target: 'b', targetPort: port }],
        groups: [{ id: 'g', name, nodes: ['a'] }],
        notes: [{ id: 'n', text, position: { x: 0, y: 0 } }],
      });
    open(parts('in', 'Clean', 'Look here'), parts('left', 'Tidy', 'Look there'));
    screen.getByRole('group', { name: 'Connection a → b' });
    screen.getByRole('group', { name: 'Group Clean' });
    screen.getByRole('group', { name: 'Note Look here' });
  });

  it('calls nobody by name who works in two places', () => {
    open(mine, theirs, 'you');
    screen.getByRole('dialog', { name: 'You changed this elsewhere too' });
    screen.getByRole('radio', { name: 'Saved elsewhere' });
  });

  it('has nothing that axe finds wrong', async () => {
    open(mine, theirs);
    const rules = { 'color-contrast': { enabled: false } };
    expect((await axe.run(screen.getByRole('dialog'), { rules })).violations).toEqual([]);
  });
});

describe('A stale save', () => {
  it('merges by itself what is about different things, and leaves the selection as it was', () => {
    draw(aDocument([aNode('a', rows(2)), aNode('b')]));
    useBuilder.getState().select(['a']);
    expect(mergeAlone({ base, theirs: aDocument([aNode('a', rows(1)), aNode('b', { label: 'B' }), aNode('c')]) })).toBe(
      true,
    );
    const state = useBuilder.getState();
    expect(documentOf(state).nodes).toEqual([aNode('a', rows(2)), aNode('b', { label: 'B' }), aNode('c')]);
    expect(state.nodes.filter(({ selected }) => selected).map(({ id }) => id)).toEqual(['a']);
  });

  it('is no undo step, and undoing one’s own work keeps the other’s', () => {
    draw(base);
    useBuilder.getState().setLabel('a', 'Mine');
    expect(mergeAlone({ base, theirs: aDocument([base.nodes[0] ?? aNode('a'), aNode('b', { label: 'B' })]) })).toBe(
      true,
    );
    const labels = () => documentOf(useBuilder.getState()).nodes.map(({ label }) => label);
    expect(labels()).toEqual(['Mine', 'B']);
    undo();
    expect(labels()).toEqual(['a', 'B']);
    redo();
    expect(labels()).toEqual(['Mine', 'B']);
  });

  it('changes nothing where somebody has to choose', () => {
    const mine = aDocument([aNode('a', rows(2)), aNode('b')]);
    draw(mine);
    expect(mergeAlone({ base, theirs: aDocument([aNode('a', rows(3)), aNode('b')]) })).toBe(false);
    expect(documentOf(useBuilder.getState())).toEqual(mine);
  });
});
