import { useEffect, useState } from 'react';
import { useBuilder } from '../../store/builder-store';
import { LiveRegions } from './LiveRegions';
import { ProgressVoice } from './progress-voice';

/** Reads the progress of the builder's run aloud. */
export function RunAnnouncer() {
  const [polite, setPolite] = useState('');
  const [urgent, setUrgent] = useState('');

  useEffect(() => {
    const voice = new ProgressVoice({ polite: setPolite, urgent: setUrgent });
    const stop = useBuilder.subscribe(({ run, nodes }, before) => {
      if (!run || run === before.run) return;
      voice.tell(before.run, run, (nodeId) => nodes.find(({ id }) => id === nodeId)?.data.label);
    });
    return () => {
      stop();
      voice.stop();
    };
  }, []);

  return <LiveRegions polite={polite} urgent={urgent} />;
}
