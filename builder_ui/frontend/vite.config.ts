// How the application is built into dist/, with the web chat's script beside it, and served while developing.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const server = process.env['FLOWENGINE_ADDRESS'] ?? 'http://127.0.0.1:8000';
const paths = ['/api', '/webchat', '/hooks', '/chat', '/widget.js'];

/** Building the application empties dist/, so whoever builds it gets widget.js as well. */
const withWebChat: Plugin = {
  name: 'with-web-chat',
  apply: 'build',
  closeBundle: async () => {
    await build({ configFile: fileURLToPath(new URL('widget/vite.config.ts', import.meta.url)) });
  },
};

export default defineConfig({
  plugins: [react(), withWebChat],
  build: { outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 700 },
  server: { proxy: Object.fromEntries(paths.map((path) => [path, { target: server }])) },
  test: { environment: 'jsdom', setupFiles: ['src/test/setup.ts'], include: ['{src,widget}/**/*.test.{ts,tsx}'] },
});
