// What a person does in VS Code, by keyboard and on the screen. Every step waits for what it needs, never for a time.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { launch, ROOT, write, type Launch, type Running } from './launch.js'
import { chooseFix, openMenu } from './quickFixMenu.js'

/** Opens the workspace in a new window of a new VS Code. */
export async function openWorkbench(options: Launch): Promise<Workbench> {
  const running = await launch(options)
  const workbench = new Workbench(running)
  try {
    await workbench.open()
  } catch (error) {
    await running.close()
    throw error
  }
  return workbench
}

export class Workbench {
  readonly page: Page

  constructor(readonly running: Running) {
    this.page = running.page
  }

  /** Loads the window anew. */
  async open(): Promise<void> {
    await this.page.goto(`http://127.0.0.1:${this.running.port}/?${this.running.query}`)
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 })
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 })
  }

  /** Runs a command of the palette, by its full title. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1')
    await this.pick(`>${title}`, title.split(': ').at(-1) ?? title)
  }

  /** Opens a file through quick open, and leaves the focus in its editor. A file that is new is not found at once. */
  async openFile(file: string): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      await this.page.keyboard.press('Control+p')
      try {
        await this.pick(file, file.split('/').at(-1) ?? file, 2000)
        break
      } catch (error) {
        if (attempt === 5) throw error
        await this.page.keyboard.press('Escape')
      }
    }
    await this.editor(file).waitFor()
  }

  /** Types into the quick input and takes the row that has this text. Enter pressed before the row is there would do nothing. */
  async pick(text: string, row: string, timeout = 15_000): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input')
    await input.waitFor()
    await input.fill(text)
    await this.page.locator('.quick-input-widget .monaco-list-row.focused').filter({ hasText: row }).waitFor({ timeout })
    await this.page.keyboard.press('Enter')
  }

  async answer(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input')
    await input.waitFor()
    await input.fill(text)
    await this.page.keyboard.press('Enter')
    await input.waitFor({ state: 'hidden' })
  }

  async gotoLine(line: number, column = 1): Promise<void> {
    await this.page.keyboard.press('Control+g')
    await this.answer(`:${line}:${column}`)
  }

  /** The editor of a file in the active group. */
  editor(file: string): Locator {
    return this.page.locator(`.part.editor .editor-group-container.active .monaco-editor[data-uri$="/${file}"]`)
  }

  /** Waits until the Problems panel lists this problem, and answers its row. */
  async problem(text: string | RegExp): Promise<Locator> {
    const row = (await this.problems()).filter({ hasText: text }).first()
    await row.waitFor()
    return row
  }

  /** Waits until no problem of the workspace has this text. */
  async noProblem(text: string | RegExp): Promise<void> {
    await (await this.problems()).filter({ hasText: text }).waitFor({ state: 'detached' })
  }

  /** All rows of the Problems panel. It is made only as far as there is room, so the window is high enough for all that the tests expect. */
  private async problems(): Promise<Locator> {
    const panel = this.page.locator('.markers-panel-container')
    if (!(await panel.isVisible())) await this.command('View: Focus Problems')
    await panel.waitFor()
    return panel.locator('.monaco-list-row')
  }

  /** Opens the quick-fix menu at the cursor and answers its entries. */
  async quickFixes(): Promise<Locator> {
    return openMenu(this.page)
  }

  /** Takes the entry of the quick-fix menu that begins with this text, by keyboard. */
  async applyQuickFix(text: string): Promise<void> {
    await chooseFix(this.page, text)
  }

  /** The text of the hover at the cursor. */
  async hover(text: string | RegExp): Promise<Locator> {
    await this.page.keyboard.press('Control+k')
    await this.page.keyboard.press('Control+i')
    const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-contents, .monaco-hover:not(.hidden) .hover-row')
    const wanted = hover.filter({ hasText: text }).first()
    await wanted.waitFor()
    return wanted
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+s')
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' })
  }

  /** Saves every file. VS Code itself saves what a refactoring changed; an editor that is still at it would take what another program writes in between for its own text, so its mark is waited for and not the disk. */
  async saveAll(): Promise<void> {
    await this.command('File: Save All Files')
    await this.page.locator('.tab.dirty').first().waitFor({ state: 'detached' })
  }

  /** Writes a file of the workspace as another program would. */
  write(file: string, text: string): void {
    write(this.running.folder, { [file]: text })
  }

  /** Changes settings of the workspace while it is open. */
  settings(change: Readonly<Record<string, unknown>>): void {
    const file = '.vscode/settings.json'
    const before = this.read(file)
    this.write(file, JSON.stringify({ ...((before === '' ? {} : JSON.parse(before)) as object), ...change }))
  }

  read(file: string): string {
    const path = join(this.running.folder, file)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }

  /** The newest text of an output channel, as VS Code keeps it on disk. */
  output(channel: string): string {
    const logs = join(this.running.userData, 'logs')
    const files = readdirSync(logs, { recursive: true }).map(String).sort().reverse()
    const newest = files.find((file) => file.endsWith(`${channel}.log`))
    return newest === undefined ? '' : readFileSync(join(logs, newest), 'utf8')
  }

  /** Keeps what is on the screen in .e2e/. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(join(ROOT, '.e2e'), { recursive: true })
    await this.page.screenshot({ path: join(ROOT, '.e2e', `${name}.png`) })
  }

  async close(): Promise<void> {
    await this.running.close()
  }
}
