import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SourceRef } from '../../api/catalog';
import { fetchSemanticModel, saveSemanticModel } from '../../api/semantic-models';

/** The view as it was read, to see whether somebody else changed it since. */
export interface ReadModel {
  place: SourceRef;
  yaml: string;
}

export interface SaveRequest {
  database: string;
  schema: string;
  name: string;
  yaml: string;
  replace: boolean;
  /** Whatever somebody else made of it meanwhile. */
  regardless: boolean;
}

/** The view is another than the one that was opened. */
export class ChangedMeanwhile extends Error {}

export const modelKey = ({ database, schema, name }: SourceRef) => ['semantic-models', database, schema, name];

export const isSamePlace = (a: SourceRef, b: SourceRef) =>
  a.database === b.database && a.schema === b.schema && a.name === b.name;

/** Makes the view, and reads it back as Snowflake tells it. */
export function useSaveModel(read: ReadModel | undefined, onSaved: (saved: ReadModel, text: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ database, schema, name, yaml, replace, regardless }: SaveRequest): Promise<ReadModel> => {
      const target = { database, schema, name: name.toUpperCase() };
      if (replace && !regardless && read && isSamePlace(read.place, target)) {
        const now = await fetchSemanticModel(target);
        if (now.yaml !== read.yaml) {
          throw new ChangedMeanwhile('Somebody changed the view since you opened it. Yours would take its place.');
        }
      }
      const place = await saveSemanticModel({ database, schema, yaml, replace });
      // It is made: where it can't be read back, what was sent stands for it.
      const detail = await fetchSemanticModel(place).catch(() => ({ yaml }));
      return { place, yaml: detail.yaml };
    },
    onSuccess: (saved, { yaml }) => {
      void queries.invalidateQueries({ queryKey: ['semantic-models'] });
      onSaved(saved, yaml);
    },
  });
}
