/** The keys of the alert window. Pure. */
export const SNOOZES = [5, 15, 60] as const
/** What `s` does. */
const SNOOZE_BY_KEY = 15

export interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  /** The key is being held down: what it did to this card must not happen to the next. */
  readonly repeat: boolean
}

export type KeyAct =
  | { readonly do: 'open' | 'acknowledge' }
  | { readonly do: 'snooze'; readonly minutes: number }
  | { readonly do: 'hide' }
  | { readonly do: 'focus'; readonly index: number }

/** `count` cards stand there and the keyboard is on the one at `index`. `onButton`: Enter presses that button. Null: not ours. */
export function actOf(
  press: Press,
  { index, count, onButton }: { index: number; count: number; onButton: boolean },
): KeyAct | null {
  const { key, ctrlKey, altKey, metaKey, repeat } = press
  if (ctrlKey || altKey || metaKey) return null
  if (key === 'Escape') return repeat ? null : { do: 'hide' }
  if (count === 0) return null
  if (key === 'ArrowDown') return { do: 'focus', index: Math.min(index + 1, count - 1) }
  if (key === 'ArrowUp') return { do: 'focus', index: Math.max(index - 1, 0) }
  if (repeat) return null
  if (key === 'Enter') return onButton ? null : { do: 'open' }
  if (key.toLowerCase() === 'a') return { do: 'acknowledge' }
  if (key.toLowerCase() === 's') return { do: 'snooze', minutes: SNOOZE_BY_KEY }
  return null
}
