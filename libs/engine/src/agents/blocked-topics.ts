/** The first of some topics that stands in a text, as whole words and in whatever case. */
export function blockedTopic(text: string, topics: readonly string[]): string | undefined {
  return topics.find((topic) => {
    const escaped = topic
      .trim()
      .replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
      .replaceAll(/\s+/g, String.raw`\s+`);
    return escaped !== '' && new RegExp(String.raw`(?<![\p{L}\p{N}_])${escaped}(?![\p{L}\p{N}_])`, 'iu').test(text);
  });
}
