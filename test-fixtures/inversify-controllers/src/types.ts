export const types = { ToolStore: Symbol.for('ToolStore'), ApiKey: Symbol.for('ApiKey') }
