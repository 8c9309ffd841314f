import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** The backend made up for development must never ship: a build that contains it fails. */
function refuseFakeBackend(): Plugin {
  return {
    name: 'refuse-fake-backend',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const found = Object.keys(chunk.modules).find((id) => id.includes('/ipc/fake/'));
        if (found) this.error(`${chunk.fileName} contains the fake backend (${found}).`);
      }
    },
  };
}

export default defineConfig({
  plugins: [svelte(), svelteTesting(), refuseFakeBackend()],
  // The shell waits for this very port in development.
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  // WebKitGTK 2.40 is the oldest web view the shell runs in.
  build: { target: 'safari16.4', outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0 },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/test-setup.ts'],
    restoreMocks: true,
    // A whole window is opened for a test; on two busy cores that takes its time.
    testTimeout: 20_000,
  },
});
