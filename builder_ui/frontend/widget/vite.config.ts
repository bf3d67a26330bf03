// Builds the web chat into one classic script, dist/widget.js, beside the application.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: here,
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: '../dist',
    emptyOutDir: false, // the application was built into it before
    lib: { entry: 'src/main.ts', formats: ['iife'], name: 'flowengineWidget', fileName: () => 'widget.js' },
  },
});
