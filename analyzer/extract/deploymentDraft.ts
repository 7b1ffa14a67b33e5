// The facts of a deployment file while they grow.
import type { DeploymentEntry, NodeId } from './facts.js'

export interface DeploymentDraft {
  readonly entries: DeploymentEntry[]
  readonly spans: number[]
}

/** A reader fills a draft from a text. It answers with null, or with why the text cannot be read and where. */
export type DeploymentReader = (text: string, draft: DeploymentDraft) => { readonly message: string; readonly offset: number } | null

export function addSpan(draft: DeploymentDraft, start: number, end: number): NodeId {
  return draft.spans.push(start, end) / 2 - 1
}

export function addEntry(draft: DeploymentDraft, key: readonly string[], value: string, start: number, end: number): void {
  draft.entries.push({ node: addSpan(draft, start, end), key, value })
}
