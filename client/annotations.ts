// Suggestions that touch several files carry a change annotation. This is how it reaches the user of this editor.

interface AnnotatedAction {
  readonly edit?: { readonly changeAnnotations?: Readonly<Record<string, { readonly needsConfirmation?: boolean }>> }
}

/**
 * The same action, with the label of its annotation and without the demand for a confirmation. This editor meets the demand with a preview in which every
 * text edit is unticked and every new file is ticked, so that its button "Apply" makes an empty file and nothing else. Whoever picks a suggestion has read
 * its title, sees the changed files unsaved in tabs, can undo them in one step, and can ask for the preview from the menu (Ctrl+Enter).
 */
export function withoutPreview(action: unknown): unknown {
  const { edit } = action as AnnotatedAction
  if (edit?.changeAnnotations === undefined) return action
  const annotations = Object.entries(edit.changeAnnotations).map(([id, annotation]) => [id, { ...annotation, needsConfirmation: false }])
  return { ...(action as AnnotatedAction), edit: { ...edit, changeAnnotations: Object.fromEntries(annotations) as unknown } }
}
