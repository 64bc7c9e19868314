import { readonly, ref } from 'vue'

const STORAGE_KEY = 'balcao.keys'
const SINGLE_KEYS_KEY = 'balcao.singleKeys'

/** The user's own keys by command id; null where they took the keys away. */
type Overrides = Record<string, string | null>

function read(): Overrides {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    const entries = Object.entries(kept).filter(([, keys]) => typeof keys === 'string' || keys === null)
    return Object.fromEntries(entries) as Overrides
  } catch {
    // Somebody edited it by hand: the default keys are better than no start.
    return {}
  }
}

const own = ref<Overrides>(read())
const single = ref(localStorage.getItem(SINGLE_KEYS_KEY) !== 'off')

export const overrides = readonly(own)

/** Whether keys without Ctrl, ⌘ or Alt act at all; speech input and some screen readers want them off. */
export const singleKeys = readonly(single)

function keep(next: Overrides): void {
  own.value = next
  localStorage.setItem(STORAGE_KEY, JSON.stringify(next))
}

/** Gives a command other keys on this device, or none. */
export function setKeys(commandId: string, keys: string | null): void {
  keep({ ...own.value, [commandId]: keys })
}

export function resetKeys(commandId: string): void {
  keep(Object.fromEntries(Object.entries(own.value).filter(([id]) => id !== commandId)))
}

export function resetAllKeys(): void {
  keep({})
}

export function setSingleKeys(on: boolean): void {
  single.value = on
  localStorage.setItem(SINGLE_KEYS_KEY, on ? 'on' : 'off')
}
