// What the linter asks of every folder, and the purity that it asks of analyzer/ and rules/.
import eslint from '@eslint/js'
import tseslint from 'typescript-eslint'

const booleanParameter = {
  selector: ':function > Identifier.params[typeAnnotation.typeAnnotation.type="TSBooleanKeyword"]',
  message: 'A boolean parameter does not say at the call what it means: split the function or pass a named option.',
}

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', '.tsbuild/', 'coverage/', 'test-fixtures/', 'docs/examples/', '**/*.d.ts'] },
  eslint.configs.recommended,
  tseslint.configs.strict,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // `== null` asks for null and undefined at once.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', booleanParameter],
      'object-shorthand': 'error',
      'prefer-template': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // A dispatcher of a closed set of tuples reads best as `case` after `case`.
      'no-case-declarations': 'off',
    },
  },
  {
    // The pipeline talks to nobody: no process, no console, no clock, no chance.
    files: ['analyzer/**/*.ts', 'rules/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-globals': [
        'error',
        'process',
        'console',
        'setTimeout',
        'setInterval',
        'setImmediate',
        'queueMicrotask',
        'fetch',
        'performance',
        'Buffer',
        'require',
        '__dirname',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The pipeline has no clock: results depend on the text alone.' },
        { object: 'Math', property: 'random', message: 'The pipeline has no chance: results depend on the text alone.' },
      ],
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*', 'fs', 'path', 'crypto'], message: 'Only workspace/ talks to the disk.' }] },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: named('process', 'console', 'URL', 'Buffer', 'setTimeout', 'clearTimeout', 'setImmediate', 'fetch', 'performance'),
    },
  },
  {
    // What is loaded into a CommonJS application has to be CommonJS itself.
    files: ['**/*.cjs', 'testing/oracle/stand-ins/**/*.js'],
    languageOptions: { sourceType: 'commonjs', globals: named('require', 'module', 'exports', '__filename', '__dirname') },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
)

function named(...names) {
  return Object.fromEntries(names.map((name) => [name, 'readonly']))
}
