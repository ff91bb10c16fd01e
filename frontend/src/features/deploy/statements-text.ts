/** Statements as a file or a worksheet takes them. What undoes them is shown apart, so that nobody runs it along. */
export function statementsText(statements: readonly { sql: string; purpose: string }[]): string {
  return statements
    .filter(({ purpose }) => purpose !== 'undo')
    .map(({ sql }) => `${sql};\n`)
    .join('\n');
}

/** Gives a text to the browser as a file. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/sql' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
