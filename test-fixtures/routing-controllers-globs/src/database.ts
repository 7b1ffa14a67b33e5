class QueryFailed extends Error {
  constructor(
    readonly query: string,
    readonly host: string,
  ) {
    super(`no such table: ${query}`)
  }
}

export async function query(text: string): Promise<unknown> {
  throw new QueryFailed(text, 'db.internal:5432')
}
