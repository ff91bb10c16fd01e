import { useEffect, useRef, useState } from 'react';
import { LiveRegions } from '../LiveRegions';
import { ProgressVoice } from '../progress-voice';
import type { NodeNames } from './node-names';
import type { LiveRun } from './use-live-run';

/** Reads aloud what happens in the run from now on. */
export function DetailsAnnouncer({ run, names }: { run: LiveRun; names: NodeNames }) {
  const [polite, setPolite] = useState('');
  const [urgent, setUrgent] = useState('');
  const [voice] = useState(() => new ProgressVoice({ polite: setPolite, urgent: setUrgent }));
  const before = useRef(run);

  useEffect(() => {
    if (before.current !== run) voice.tell(before.current, run, (id) => names.of(id).label);
    before.current = run;
  }, [run, names, voice]);
  useEffect(() => () => voice.stop(), [voice]);

  return <LiveRegions polite={polite} urgent={urgent} />;
}
