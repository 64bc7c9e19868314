import { onMounted, onUnmounted, type Ref } from 'vue'

/** What a screen reader can name when it arrives there. */
const PART = 'li, ul, ol, form, section, article, nav, aside, header, main, [role]'

/**
 * Keeps the focus in the part of the page in which it was when what had it is taken away, such as an archived row or the form that
 * was closed: left to the browser it falls to the top of the page. A part takes it, never the next control, which the same
 * key would press. Only in `content`, and in no part that floats above it (`data-floating`): cards wait
 * for as long as they have the focus.
 */
export function useKeptFocus(content: Readonly<Ref<HTMLElement | null>>): void {
  let held: HTMLElement | null = null
  let parts: HTMLElement[] = []

  function remember({ target }: FocusEvent): void {
    held = target instanceof HTMLElement && content.value?.contains(target) ? target : null
    parts = []
    for (let part = held?.parentElement; part && content.value?.contains(part); part = part.parentElement)
      if (part.matches(PART)) parts.push(part)
  }

  function keep(): void {
    if (!held || held.isConnected) return
    held = null
    // Whoever took it away may have a better place for the focus, a moment later.
    setTimeout(() => {
      if (document.activeElement !== document.body) return
      const part = parts.find(
        (each) => each.isConnected && !each.closest('[data-floating], [aria-hidden="true"], [inert]'),
      )
      if (!part) return
      if (!part.hasAttribute('tabindex')) part.tabIndex = -1
      part.focus({ preventScroll: true })
    })
  }

  const observer = new MutationObserver(keep)
  onMounted(() => {
    document.addEventListener('focusin', remember)
    if (content.value) observer.observe(content.value, { childList: true, subtree: true })
  })
  onUnmounted(() => {
    document.removeEventListener('focusin', remember)
    observer.disconnect()
  })
}
