import { ReactFlowProvider } from '@xyflow/react';
import { useEffect } from 'react';
import { workflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { Canvas } from '../../canvas/Canvas';
import { openWorkflow, useBuilder } from '../../store/builder-store';
import type { Embedded } from './embed-api';

/** The drawing of one revision, to look at. */
export function EmbedCanvas({ embedded }: { embedded: Embedded }) {
  const { name, revision, definition } = embedded;
  const opened = useBuilder((state) => state.openedAs);

  useEffect(() => {
    openWorkflow({ id: 'embedded', revision, definition: workflowDocument.parse(definition) });
    useBuilder.getState().setReadOnly(true);
  }, [revision, definition]);

  if (opened === undefined) return null;
  return (
    <main className="embed-canvas" aria-label={name}>
      <ReactFlowProvider key={opened}>
        <Canvas />
      </ReactFlowProvider>
    </main>
  );
}
