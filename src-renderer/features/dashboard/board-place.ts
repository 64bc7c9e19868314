import { inject, provide, type InjectionKey } from 'vue'

/** Where tiles are shown: on somebody's page, or on a wall, which nobody touches and where everything must fit. */
interface BoardPlace {
  kind: 'page' | 'wall'
  /** Numbers lead to what they count. */
  leads: boolean
  /** The reader oversees the desk: they see all tickets, and act on agents and tickets from here. */
  oversees: boolean
}

const key: InjectionKey<BoardPlace> = Symbol('boardPlace')

export const provideBoardPlace = (place: BoardPlace): void => provide(key, place)

export function useBoardPlace(): BoardPlace {
  const place = inject(key, null)
  if (!place) throw new Error('provideBoardPlace was not called')
  return place
}
