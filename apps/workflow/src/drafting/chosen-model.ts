import type { ModelsView } from '@snowflow/contracts/workflow/models.dto';
import { ENDPOINT_PREFIX } from '../models/model-endpoint';

/** Which model drafts. `leavesSnowflake`: it is not Cortex of the account, so no value may reach it. */
export interface ChosenModel {
  name: string;
  leavesSnowflake: boolean;
}

/** The model that is asked; undefined where none would answer: there is none, or the local warehouse only plays one. */
export function chosenModel({ items }: ModelsView, wanted: string | undefined): ChosenModel | undefined {
  const name = wanted ?? items.find(({ simulated }) => !simulated)?.name;
  if (name === undefined) return undefined;
  const leavesSnowflake = name.startsWith(ENDPOINT_PREFIX);
  // Where one model of the account is played, all are, also those whose names are typed.
  const isPlayed = !leavesSnowflake && items.some(({ provider, simulated }) => provider === 'cortex' && simulated);
  return isPlayed ? undefined : { name, leavesSnowflake };
}
