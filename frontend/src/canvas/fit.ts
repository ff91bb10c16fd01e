/** How the whole drawing is shown: with room around it, and a small one no larger than it is. */
export const FIT = { padding: 0.15, maxZoom: 1 };
