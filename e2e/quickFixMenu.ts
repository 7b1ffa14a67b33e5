// The quick-fix menu of the editor, by keyboard.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'

/** The entries of the menu at the cursor. It closes when the text moves under it, and a press can be too early: so it is asked again. */
export async function openMenu(page: Page): Promise<Locator> {
  const items = page.locator('.context-view > .action-widget .monaco-list-row.action')
  for (let attempt = 0; attempt < 5; attempt++) {
    await page.keyboard.press('Control+.')
    const isThere = await items
      .first()
      .waitFor({ timeout: 3000 })
      .then(
        () => true,
        () => false,
      )
    await sleep(200)
    if (isThere && (await items.first().isVisible())) return items
  }
  throw new Error('The quick-fix menu did not open.')
}

/** Takes the entry that begins with this text. The menu scrolls and begins anew after its end. */
export async function chooseFix(page: Page, text: string): Promise<void> {
  const seen: string[] = []
  // What was just written to the disk may not have been looked at when the menu opens.
  for (let opened = 0; opened < 4; opened++) {
    const focused = (await openMenu(page)).and(page.locator('.focused')).first()
    let label = await focused.innerText()
    for (let moves = 0; moves < 40; moves++, label = await nextFocused(page, focused, label)) {
      seen.push(label)
      if (!label.trim().startsWith(text)) continue
      await page.keyboard.press('Enter')
      return
    }
    await page.keyboard.press('Escape')
    await sleep(1500)
  }
  throw new Error(`No quick fix begins with "${text}": ${[...new Set(seen)].join(' | ')}`)
}

/** Goes one entry down and answers the entry that has the focus then. */
async function nextFocused(page: Page, focused: Locator, before: string): Promise<string> {
  await page.keyboard.press('ArrowDown')
  for (let attempt = 0; attempt < 20; attempt++) {
    const label = await focused.innerText()
    if (label !== before) return label
    await sleep(25)
  }
  return before
}
