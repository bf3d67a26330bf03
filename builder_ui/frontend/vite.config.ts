// How the application is built into dist/ and served while developing.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env['FLOWENGINE_ADDRESS'] ?? 'http://127.0.0.1:8000';
const paths = ['/api', '/webchat', '/hooks', '/chat', '/widget.js'];

export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 700 },
  server: { proxy: Object.fromEntries(paths.map((path) => [path, { target: server }])) },
  test: { environment: 'jsdom', setupFiles: ['src/test/setup.ts'], include: ['{src,widget}/**/*.test.{ts,tsx}'] },
});
