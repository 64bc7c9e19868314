import { onScopeDispose } from 'vue'
import { createDispatcher, type KeyContext } from './dispatcher.ts'
import { singleKeys } from './key-bindings.ts'
import { isMac } from './keys.ts'
import { availableCommands } from './registry.ts'

const CONTROLS = 'button, a[href], summary, select, input, [role="option"], [role^="menuitem"], [role="tab"]'
const MODALS =
  '[role="dialog"]:not([aria-modal="false"]), [role="alertdialog"], [role="menu"], [role="listbox"][data-state="open"]'
const NOT_TYPED_INTO = new Set([
  'button',
  'checkbox',
  'radio',
  'range',
  'color',
  'file',
  'image',
  'reset',
  'submit',
])

function isTypedInto(target: HTMLElement): boolean {
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !NOT_TYPED_INTO.has(target.type)
}

function contextOf(event: KeyboardEvent): KeyContext {
  const target = event.target instanceof HTMLElement ? event.target : document.body
  return {
    typing: isTypedInto(target),
    modal: document.querySelector(MODALS) !== null,
    onControl: target.matches(CONTROLS),
    repeat: event.repeat,
  }
}

/** Lets the keys of all registered commands act, for as long as the calling component lives. */
export function useShortcuts(): void {
  const dispatcher = createDispatcher({
    commands: availableCommands,
    singleKeys: () => singleKeys.value,
    now: Date.now,
    isMac,
  })

  function onKeydown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event
    const altGraph = event.getModifierState('AltGraph')
    const found = dispatcher.handle({ key, ctrlKey, metaKey, altKey, shiftKey, altGraph }, contextOf(event))
    if (!found) return
    event.preventDefault()
    if (found !== 'pending') void found.run()
  }

  document.addEventListener('keydown', onKeydown)
  onScopeDispose(() => document.removeEventListener('keydown', onKeydown))
}
