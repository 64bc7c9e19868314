import type { Component } from 'vue'

/** One choice of a select, picker or combobox. */
export interface Option<T extends string = string> {
  value: T
  label: string
  /** Said beside the label, such as an agent's team. */
  hint?: string
  /** A sentence or two below the label, such as when to choose it. */
  description?: string
  icon?: Component
  disabled?: boolean
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
}

/** The options that hold every word of `query`, accents and case aside, those that begin with it first. */
export function matchOptions<T extends Option>(options: readonly T[], query: string): T[] {
  const words = plain(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...options]
  const matches = options.filter((option) => {
    const text = plain(`${option.label} ${option.hint ?? ''}`)
    return words.every((word) => text.includes(word))
  })
  const start = words.join(' ')
  const begins = (option: T) => (plain(option.label).startsWith(start) ? 0 : 1)
  return matches.sort((a, b) => begins(a) - begins(b))
}
