// The rules of the front end: typed, layered, one door to the network.
import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const doors = {
  xyflow: { group: ['@xyflow/*'], message: 'Only src/canvas draws with xyflow.' },
  react: { group: ['react', 'react-*', '@mantine/*', 'zustand'], message: 'src/document is pure.' },
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-invalid-void-type': 'off', // `request<void>` reads well
      'no-restricted-globals': ['error', { name: 'fetch', message: 'src/api.ts is the only fetcher.' }],
      'no-restricted-imports': ['error', { patterns: [doors.xyflow] }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, varsIgnorePattern: '^_' }], // to leave a key out
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  { files: ['src/document/**'], rules: { 'no-restricted-imports': ['error', { patterns: [doors.xyflow, doors.react] }] } },
  { files: ['src/canvas/**'], rules: { 'no-restricted-imports': 'off' } },
  // The widget is a program of its own that speaks to another API.
  { files: ['src/api.ts', 'widget/**'], rules: { 'no-restricted-globals': 'off' } },
  {
    files: ['**/*.test.{ts,tsx}', 'src/test/**'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-globals': 'off',
    },
  },
);
