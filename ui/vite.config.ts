import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// Everything is a file of its own: the door's policy allows no inline script, style or data: font.
export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  build: {
    outDir: '../backend/web',
    emptyOutDir: true,
    target: ['chrome87', 'safari15.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  test: { include: ['src/**/*.test.ts'], restoreMocks: true },
}));
