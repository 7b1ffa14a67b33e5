// Which files a command was asked about.

/** Whether a file is asked about: itself, or a folder that holds it. */
export function selects(selection: readonly string[] | null): (file: string) => boolean {
  if (selection === null) return () => true
  return (file) => selection.some((path) => path === '' || file === path || file.startsWith(`${path}/`))
}
