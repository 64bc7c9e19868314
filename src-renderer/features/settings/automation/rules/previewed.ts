import { useLocalStorage } from '@vueuse/core'
import type { RuleDefinition } from '../../../../../server/rules/contract.ts'

/** As many rules as one tries out in a while. */
const REMEMBERED = 60

/** What a rule does, without its name: the same for the form and for what the server answers. */
export function signatureOf({ on, when, after, then, stop }: RuleDefinition): string {
  return hash(JSON.stringify(sorted([[...on].sort(), when, after, then, stop])))
}

/** Which rules were previewed on this device as they are now. */
export function usePreviewed() {
  const known = useLocalStorage<string[]>('balcao.rules.previewed', [])
  return {
    isPreviewed: (rule: RuleDefinition) => known.value.includes(signatureOf(rule)),
    remember(rule: RuleDefinition): void {
      const signature = signatureOf(rule)
      known.value = [signature, ...known.value.filter((each) => each !== signature)].slice(0, REMEMBERED)
    },
  }
}

/** The same content in one order of names. What is null says as little as what is left out. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, each]) => each !== null && each !== undefined)
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, sorted(each)])
}

/** FNV-1a, which is enough to tell one's own rules apart. */
function hash(text: string): string {
  let sum = 0x811c9dc5
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193)
  return `${(sum >>> 0).toString(36)}.${text.length}`
}
