import { useMutationObserver } from '@vueuse/core'
import { onScopeDispose, watchEffect, type Ref } from 'vue'
import { badgedTitle } from './title-badge.ts'

/** Keeps the number of calling alerts before whatever title the pages give themselves. */
export function useTitleBadge(count: Readonly<Ref<number>>): void {
  function show(): void {
    const title = badgedTitle(document.title, count.value)
    if (title !== document.title) document.title = title
  }

  useMutationObserver(document.head, show, { childList: true, characterData: true, subtree: true })
  watchEffect(show)
  onScopeDispose(() => (document.title = badgedTitle(document.title, 0)))
}
