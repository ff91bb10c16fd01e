import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const lib = (name: string) => path(`../libs/${name}/src`);

export default defineConfig({
  root: path('.'),
  plugins: [react()],
  resolve: {
    alias: {
      '@snowflow/contracts': lib('contracts'),
      '@snowflow/nodes': lib('nodes'),
      '@snowflow/engine': lib('engine'),
    },
  },
  // The gateway replaces the placeholder with a fresh nonce in every answer.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: path('../dist/frontend'),
    emptyOutDir: true,
    target: 'es2022',
    // Data URLs would need `font-src data:`, which the content security policy does not give.
    assetsInlineLimit: 0,
  },
  server: { port: 5173, proxy: { '/api': 'http://localhost:3000' } },
  preview: { port: 4173 },
});
