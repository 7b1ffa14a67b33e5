// What the server says beyond the language server protocol. A client may import this file and nothing else of the server.

/**
 * Sent as `initializationOptions`, and again as the section `parapet` of the settings. Everything may be missing.
 * A client that answers `workspace/configuration` is asked for each folder, and what it answers there wins.
 */
export interface ParapetSettings {
  /** False: nothing is analysed. Default true. */
  readonly enable?: boolean
  /** `onSave`: only what is saved counts, so that the editor says what the command line says of the disk. Default `onType`. */
  readonly run?: 'onType' | 'onSave'
  /** Wins over the preset of parapet.config.json. */
  readonly preset?: 'recommended' | 'strict' | null
  /** Wins over the confidence of parapet.config.json. */
  readonly minConfidence?: 'low' | 'medium' | 'high' | null
  /** The file of accepted findings, seen from the folder. '' for none; without the setting, each parapet.baseline.json that lies there. */
  readonly baseline?: string | null
}

/** What a client hands over in `initialize`. */
export interface InitializationOptions {
  readonly settings?: ParapetSettings
  /** The client registers EXPLAIN_COMMAND itself and shows the answer of EXPLAIN_REQUEST. Without it the server opens the page of the rule. */
  readonly hasExplainCommand?: boolean
  /** The client registers ACCEPT_COMMAND itself: it asks the user for the reason and sends ACCEPT_REQUEST. Without it findings are accepted without one. */
  readonly hasAcceptCommand?: boolean
}

/** Server to client, after each analysis and whenever something else in it changes. */
export const STATUS_NOTIFICATION = 'parapet/status'

export interface StatusParams {
  readonly health: 'ok' | 'warning' | 'error'
  /** True while files are being read or analysed. */
  readonly isBusy: boolean
  /** One sentence for a reader. */
  readonly message: string
  readonly folders: readonly FolderStatus[]
}

export interface FolderStatus {
  readonly uri: string
  readonly name: string
  readonly health: 'ok' | 'warning' | 'error'
  readonly isBusy: boolean
  /** The configuration in use; null for the defaults. */
  readonly configuration: string | null
  /** When the last analysis ended, ISO 8601; null before the first. */
  readonly lastRun: string | null
  /** Milliseconds that it took. */
  readonly duration: number
  readonly files: number
  readonly applications: number
  readonly routes: number
  readonly errors: number
  readonly warnings: number
  readonly infos: number
  /** Files that did not parse; the last good state of each is in use. */
  readonly unparsed: number
  /** Findings that a baseline accepts; they are counted nowhere else. */
  readonly accepted: number
  /** What a user must know: applications not found, ceilings, broken configuration, rules that failed. */
  readonly notices: readonly string[]
}

/** Client to server: the page of a rule, without a network. */
export const EXPLAIN_REQUEST = 'parapet/explain'

export interface ExplainParams {
  readonly ruleId: string
}

/** null for a rule that does not exist. */
export type ExplainResult = { readonly ruleId: string; readonly title: string; readonly markdown: string } | null

/** Client to server: why a finding is a problem, with its evidence. */
export const WHY_REQUEST = 'parapet/why'

export interface WhyParams {
  readonly uri: string
  readonly fingerprint: string
}

/** null when the finding is gone. */
export type WhyResult = { readonly ruleId: string; readonly title: string; readonly markdown: string } | null

/** Client to server: resolved when everything that was sent before is analysed. */
export const SETTLED_REQUEST = 'parapet/settled'

/** `Why is this a problem?`; its only argument is an ExplainArguments. */
export const EXPLAIN_COMMAND = 'parapet.explain'

export interface ExplainArguments extends WhyParams {
  readonly ruleId: string
}

/** `Accept for now`, for clients that ask for the reason; its only argument is an AcceptArguments. */
export const ACCEPT_COMMAND = 'parapet.accept'

export interface AcceptArguments {
  readonly uri: string
  readonly fingerprint: string
}

/** Client to server: accepts a finding for now, by an edit of its baseline that the server sends. Answers with AcceptResult. */
export const ACCEPT_REQUEST = 'parapet/accept'

export interface AcceptParams extends AcceptArguments {
  /** Why; '' for no reason. */
  readonly note: string
}

/** Why it could not be accepted, as a sentence; null when it is. */
export type AcceptResult = string | null

/** Applies all safe fixes of the workspace; its only argument, a FixWorkspaceArguments, may be missing. */
export const FIX_WORKSPACE_COMMAND = 'parapet.fixWorkspace'

export interface FixWorkspaceArguments {
  /** `suggestion` applies both grades, after a confirmation. Default `safe`. */
  readonly grade?: 'safe' | 'suggestion'
}

export const FIX_ALL_KIND = 'source.fixAll.parapet'
export const SUPPRESS_KIND = 'quickfix.suppress.parapet'

/** `data` of every diagnostic. */
export interface DiagnosticData {
  readonly ruleId: string
  readonly fingerprint: string
  readonly confidence: 'high' | 'medium' | 'low'
  readonly why: string
  readonly how: string
  readonly fix: { readonly title: string; readonly safety: 'safe' | 'suggestion' } | null
}

/** Client to server: every route of each folder with the chain in front of it, as text for a reader. Answers with RoutesResult. */
export const ROUTES_REQUEST = 'parapet/routes'

export type RoutesResult = readonly { readonly uri: string; readonly name: string; readonly text: string }[]
