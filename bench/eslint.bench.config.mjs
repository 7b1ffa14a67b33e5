// What Parapet is compared with: ESLint with its security plugin and the parser of TypeScript, without type information.
import security from 'eslint-plugin-security'
import { parser } from 'typescript-eslint'

export default [
  {
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    plugins: security.configs.recommended.plugins,
    rules: security.configs.recommended.rules,
  },
]
