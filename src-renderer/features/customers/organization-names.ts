import { shallowReactive } from 'vue'

/** Names of organisations that were seen here, for what is shown before the server has answered. */
const names = shallowReactive(new Map<string, string>())

export const organizationName = (id: string): string | null => names.get(id) ?? null

export function rememberOrganizations(organizations: readonly { id: string; name: string }[]): void {
  for (const { id, name } of organizations) names.set(id, name)
}
