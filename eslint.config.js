import js from '@eslint/js';
import simpleImportSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', 'resources', '.netmon', 'types'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // A statement without braces stands on the line of its condition.
      curly: ['error', 'multi-line', 'consistent'],
      // Types say what should come; checks at the edges look at what does come.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // A caller names the shape of the JSON that it asks for.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // A test or a loop that has just checked the index says so with "!".
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        module: 'writable',
        require: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // The editor half and the elements run in a browser; Node-RED's types bring Node's along.
    files: ['nodes/**/editor*.ts', 'nodes/**/editor/**', 'nodes/elements/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'Buffer', 'require', 'module', 'global', '__dirname', '__filename'],
        ...['setImmediate', 'clearImmediate'],
      ],
    },
  },
  {
    // Imports stand in one block: Node's own, packages, other folders, this folder.
    plugins: { 'simple-import-sort': simpleImportSort },
    rules: {
      'simple-import-sort/imports': [
        'error',
        { groups: [['^\\u0000', '^node:', '^@?\\w', '^\\.\\.', '^\\.']] },
      ],
      'simple-import-sort/exports': 'error',
    },
  },
  {
    // Mocha's describe and it return nothing to wait for.
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
);
