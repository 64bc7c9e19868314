/** What an editor went through: it can be taken back and done again. */
export interface History<State> {
  past: readonly State[]
  present: State
  future: readonly State[]
  /** Names the last step; steps of one name in a row, such as typing in a field, are taken back together. */
  tag: string | null
}

const LONGEST = 200

export const startHistory = <State>(present: State): History<State> => ({
  past: [],
  present,
  future: [],
  tag: null,
})

export function recorded<State>(
  history: History<State>,
  present: State,
  tag: string | null = null,
): History<State> {
  const joins = tag !== null && tag === history.tag
  const past = joins ? history.past : [...history.past, history.present].slice(-LONGEST)
  return { past, present, future: [], tag }
}

export function undone<State>(history: History<State>): History<State> {
  const present = history.past.at(-1)
  if (present === undefined) return history
  return {
    past: history.past.slice(0, -1),
    present,
    future: [history.present, ...history.future],
    tag: null,
  }
}

export function redone<State>(history: History<State>): History<State> {
  const [present, ...future] = history.future
  if (present === undefined) return history
  return { past: [...history.past, history.present], present, future, tag: null }
}
