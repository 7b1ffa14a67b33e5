import { injectable } from 'inversify'

@injectable()
export class ToolStore {
  private readonly tools = new Map([['1', 'hammer']])

  all(): string[] {
    return [...this.tools.values()]
  }

  find(id: string): string {
    const tool = this.tools.get(id)
    if (tool === undefined) throw new Error(`nothing in drawer ${id}`)
    return tool
  }

  add(name: string): void {
    this.tools.set(String(this.tools.size + 1), name)
  }
}
