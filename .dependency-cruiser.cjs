// The arrows between folders, each with its reason. The reasons are printed with a violation.
const runtime = { dependencyTypesNot: ['type-only'] }
const production = '\\.test\\.ts$'

/** Stages of analyzer/ in order: each may import from those before it, and type contracts from anywhere. */
const STAGES = ['text', 'syntax', 'extract', 'link', 'frameworks', 'model', 'check', 'fix', 'readiness']

/** The one place where the boot is given its frameworks. */
const PLUG = '^analyzer/link/machines\\.ts$'
/** How a fix is said. It depends on types alone, so that fixes which several rules offer can stand in the model beside what they look at. */
const VOCABULARY = '^analyzer/fix/fix\\.ts$'
/** What packages do, as data. */
const REGISTRY = '^analyzer/frameworks/(knownPackages|packageTable|packages/.*)\\.ts$'

module.exports = {
  forbidden: [
    {
      name: 'analyzer-imports-nothing',
      comment: 'The analyzer talks to nobody, so that the editor, the command line and a test run the very same engine.',
      severity: 'error',
      from: { path: '^analyzer/', pathNot: production },
      to: { path: '^(rules|workspace|cli|server|client|e2e|testing|scripts|bench)/' },
    },
    {
      name: 'analyzer-and-rules-are-pure',
      comment: 'No disk, no process, no clock: results depend on the text alone, and the engine runs in any host.',
      severity: 'error',
      from: { path: '^(analyzer|rules)/', pathNot: production },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'rules-see-the-model-only',
      comment: 'A rule never sees a syntax node nor the boot: what it cannot ask is a question that the model lacks.',
      severity: 'error',
      from: { path: '^rules/', pathNot: production },
      to: {
        path: '^analyzer/',
        pathNot: [
          '^analyzer/check/rule\\.ts$',
          '^analyzer/model/',
          '^analyzer/fix/fix\\.ts$',
          '^analyzer/text/location\\.ts$',
          '^analyzer/link/value\\.ts$',
        ],
      },
    },
    {
      name: 'rules-import-analyzer-only',
      comment: 'Rules are read by every host; a rule that knows one of them runs in that one only.',
      severity: 'error',
      from: { path: '^rules/', pathNot: production },
      to: { path: '^(workspace|cli|server|client|e2e|testing|scripts|bench)/' },
    },
    {
      name: 'workspace-below-its-hosts',
      comment: 'The disk is read for the command line and the language server alike, and knows neither.',
      severity: 'error',
      from: { path: '^workspace/', pathNot: production },
      to: { path: '^(cli|server|client|e2e|testing|scripts|bench)/' },
    },
    {
      name: 'hosts-do-not-know-each-other',
      comment: 'Two hosts that share code have found something that belongs below them.',
      severity: 'error',
      from: { path: '^(cli|server|client)/([^/]+)', pathNot: production },
      to: { path: '^(cli|server|client|e2e|testing|scripts|bench)/', pathNot: ['^$1/', '^server/protocol', '^server/start\\.ts$'] },
    },
    {
      name: 'editor-in-client',
      comment: 'The editor gives `vscode` to its extensions alone: what imports it runs nowhere else.',
      severity: 'error',
      from: { path: '^(analyzer|rules|workspace|cli|server)/' },
      to: { path: '(^vscode$|node_modules/(@types/vscode|vscode-languageclient)/)' },
    },
    {
      name: 'protocol-in-server',
      comment: 'Which editor asks, and in which protocol, is known at the edge.',
      severity: 'error',
      from: { path: '^(analyzer|rules|workspace|cli)/', pathNot: production },
      to: { path: 'node_modules/vscode-(languageserver|jsonrpc)' },
    },
    {
      name: 'browser-in-e2e',
      comment: 'Only the end-to-end tests have a screen.',
      severity: 'error',
      from: { pathNot: '^e2e/' },
      to: { path: 'node_modules/playwright-core/' },
    },
    {
      name: 'testing-stays-in-tests',
      comment: 'What only tests need must not ship.',
      severity: 'error',
      from: { path: '^(analyzer|rules|workspace|cli|server)/', pathNot: production },
      to: { path: '^testing/' },
    },
    ...STAGES.map((stage, index) => ({
      name: `stage-${stage}`,
      comment: `Stages run in order (${STAGES.join(', ')}): what imports a later stage can no longer be tested, cached or replaced alone.`,
      severity: 'error',
      from: { path: `^analyzer/${stage}/`, pathNot: [production, PLUG] },
      to: { path: `^analyzer/(${STAGES.slice(index + 1).join('|') || 'no-later-stage'})/`, pathNot: [REGISTRY, VOCABULARY], ...runtime },
    })),
    {
      name: 'frameworks-plug-into-the-machine',
      comment:
        'A framework gives meaning to calls that the boot meets. It knows the machine, its heap, scopes, registrations and records, what stands around the code that runs, promises, who listens to events, values and the functions behind them, classes with their decorators, how what serves is called and what a first request would run, which version of a package is installed, and whether a package is of the same house; nothing of how the boot goes on.',
      severity: 'error',
      from: { path: '^analyzer/frameworks/', pathNot: production },
      to: {
        path: '^analyzer/link/',
        pathNot:
          '^analyzer/link/(machine|newScope|heapLog|table|registrations|records|surroundings|promises|events|values?|truth|handlers|places|members|classMembers|decorators|roles|serving|firstRequest|handingOn|returnedAnswers|hooks|routeSettings|packageVersions|ownPackages|filePath|projectPath)\\.ts$',
      },
    },
    {
      name: 'registry-is-data',
      comment: 'Every stage may look a package up, so the registry itself depends on none of them.',
      severity: 'error',
      from: { path: REGISTRY },
      to: { path: '^analyzer/(link|check|fix)/', ...runtime },
    },
    {
      name: 'vocabulary-of-fixes-depends-on-types',
      comment: 'Every stage may say what a fix would write, so saying it must need no stage.',
      severity: 'error',
      from: { path: VOCABULARY },
      to: { path: '^analyzer/', ...runtime },
    },
    {
      name: 'parsers-in-syntax',
      comment: 'The parser can be replaced, and trees dropped, only where one folder knows it.',
      severity: 'error',
      from: { path: '^(analyzer|rules|workspace|cli|server)/', pathNot: ['^analyzer/syntax/', production] },
      to: { path: 'node_modules/(oxc-parser|typescript|@typescript-eslint/typescript-estree|@oxc-project)/', ...runtime },
    },
    {
      name: 'data-formats-in-their-places',
      comment: 'YAML and JSON with comments are read for facts, for edits of package.json and for settings, nowhere else.',
      severity: 'error',
      from: {
        path: '^(analyzer|rules|workspace|cli|server)/',
        pathNot: ['^analyzer/(extract|fix)/', '^analyzer/check/configuration', '^workspace/', production],
      },
      to: { path: 'node_modules/(yaml|jsonc-parser)/' },
    },
    {
      name: 'terminal-in-cli',
      comment: 'Colours and argument parsing belong to the host that has a terminal.',
      severity: 'error',
      from: { path: '^(analyzer|rules|workspace)/' },
      to: { path: 'node_modules/(commander|picocolors)/' },
    },
    {
      name: 'disk-in-workspace',
      comment: 'One folder reads and writes the disk: ceilings, symlinks, encodings and atomic writes are decided once.',
      severity: 'error',
      from: { path: '^(analyzer|rules|cli|server)/', pathNot: [production, '^cli/testTerminal\\.ts$'] },
      to: { path: '^(node:)?fs(/promises)?$', dependencyTypes: ['core'] },
    },
    {
      name: 'no-undeclared-package',
      comment: 'What ships must be among the dependencies, or it breaks on the first fresh install. Types of formats are gone by then.',
      severity: 'error',
      from: { path: '^(analyzer|rules|workspace|cli|server)/', pathNot: production },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '^node_modules/@types/sarif/' },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere fails at run time at the latest.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycles',
      comment: 'In a cycle of modules the order of evaluation decides whether it works, and no part can be read alone.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports is either forgotten or misses its test. Stand-ins are linked as packages.',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.test\\.ts$', '^scripts/', '^bench/', '^testing/oracle/stand-ins/', '\\.d\\.ts$', 'tsconfig'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(test-fixtures|dist|\\.tsbuild)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
}
