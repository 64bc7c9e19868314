import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { extendTo, noSelection, toggle, within } from './selection.ts'

/** The tickets chosen in the list, to be changed together. */
export const useQueueSelection = defineStore('queue-selection', () => {
  const selection = shallowRef(noSelection)

  return {
    ids: computed(() => selection.value.ids),
    isSelecting: computed(() => selection.value.ids.size > 0),
    toggle: (id: string) => void (selection.value = toggle(selection.value, id)),
    extendTo: (id: string, order: readonly string[]) =>
      void (selection.value = extendTo(selection.value, id, order)),
    keepWithin: (order: readonly string[]) => void (selection.value = within(selection.value, order)),
    clear: () => void (selection.value = noSelection),
  }
})
