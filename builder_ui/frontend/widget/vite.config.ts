// Builds the web chat into one classic script, dist/widget.js, beside the application.
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Pages in other encodings than UTF-8 would garble our words: write every other letter as its escape. */
const asciiOnly: Plugin = {
  name: 'ascii-only',
  generateBundle: (_options, bundle) => {
    for (const file of Object.values(bundle)) {
      if (file.type === 'chunk') file.code = file.code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    }
  },
};

export default defineConfig({
  root: here,
  publicDir: false,
  plugins: [asciiOnly],
  build: {
    target: 'es2022',
    outDir: '../dist',
    emptyOutDir: false, // the application was built into it before
    lib: { entry: 'src/main.ts', formats: ['iife'], name: 'flowengineWidget', fileName: () => 'widget.js' },
  },
});
