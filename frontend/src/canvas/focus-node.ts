/** Puts the keyboard on a node once it is drawn. */
export function focusNode(id: string): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`.step-node[data-node-id="${CSS.escape(id)}"]`)?.focus();
    }),
  );
}
