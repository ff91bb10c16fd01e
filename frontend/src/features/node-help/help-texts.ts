const texts = import.meta.glob<string>('../../../../libs/nodes/src/*/*.md', { query: '?raw', import: 'default' });

/** The help of a node type, which stands beside its definition. */
export async function helpTextOf(type: string): Promise<string> {
  const folder = type.replace('.', '-');
  const load = texts[`../../../../libs/nodes/src/${folder}/${folder}.md`];
  return load ? load() : '';
}
