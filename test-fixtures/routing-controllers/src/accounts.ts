export interface User {
  name: string
  roles: readonly string[]
}

const users = new Map<string, User>([
  ['guest', { name: 'guest', roles: [] }],
  ['clerk', { name: 'clerk', roles: ['clerk'] }],
])

export async function userOf(request: { headers: Record<string, string | undefined> }): Promise<User | null> {
  const [, token] = (request.headers.authorization ?? '').split(' ')
  return users.get(token ?? '') ?? null
}

export function mayDo(user: User, roles: readonly string[]): boolean {
  return roles.length === 0 || user.roles.some((role) => roles.includes(role))
}
