/** What was written and not saved, by who wrote it and where: leaving a page loses nothing. It goes with the page's memory. */
const kept = new Map<string, string>();

const key = (person: string, address: string) => JSON.stringify([person, address]);

export const unsavedText = (person: string, address: string) => kept.get(key(person, address));

/** Keeps a text, or forgets the one there was. */
export function keepUnsaved(person: string, address: string, text: string | undefined): void {
  if (text === undefined) kept.delete(key(person, address));
  else kept.set(key(person, address), text);
}
